import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * Writes the deployable app: one bundle, host.json and a package.json, no node_modules. `@azure/functions` looks for
 * the host's core with `require` inside a try, so an ES module needs a `require` of its own: without the banner
 * every function is lost without an error.
 */
export async function bundle(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'dist'), { recursive: true })
  await build({
    entryPoints: [join(import.meta.dirname, '../functions/index.ts')],
    outfile: join(folder, 'dist/index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minify: true,
    sourcemap: true,
    legalComments: 'linked',
    external: ['@azure/functions-core'],
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  })
  await copyFile(join(import.meta.dirname, '../host.json'), join(folder, 'host.json'))
  const manifest = { name: 'waxseal', private: true, type: 'module', main: 'dist/index.mjs' }
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

if (import.meta.main) {
  const folder = process.argv[2] ?? join(import.meta.dirname, '../dist/package')
  await bundle(folder)
  console.log(`The deployable app is in ${folder}`)
}
