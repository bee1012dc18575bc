import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { readTuning } from '../core/configuration.ts'
import { CONFIG_FILE } from '../core/tuning/load.ts'

const ROOT = join(import.meta.dirname, '..')
const DEFAULT_FOLDER = join(ROOT, 'dist/package')
/** All that a build writes, and all that the next one removes. */
const WRITTEN = ['dist', 'host.json', 'package.json', CONFIG_FILE]

/**
 * Writes the deployable app: one bundle, host.json and a package.json, no node_modules. `@azure/functions` looks for
 * the host's core with `require` inside a try, so an ES module needs a `require` of its own: without the banner
 * every function is lost without an error.
 *
 * What tunes detections goes along where there is any: the file that `config` names, or waxseal.config.json beside
 * package.json. One that would not be accepted ends the build, and not the app in the cloud.
 *
 * The same sources give the same bytes whatever the folder: the source map is made for the default one, or it would
 * tell where on which machine it was built.
 *
 * Returns what went into the bundle, with paths from the root of the project.
 */
export async function bundle(folder: string, config?: string): Promise<Metafile> {
  const tuning = readTuning({ WAXSEAL_CONFIG: config }, [ROOT], Date.now() / 1000)
  await clear(folder)
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['functions/index.ts'],
    outfile: join(DEFAULT_FOLDER, 'dist/index.mjs'),
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minify: true,
    sourcemap: true,
    // Lines and names are enough to read a stack; the sources themselves would triple the package.
    sourcesContent: false,
    legalComments: 'linked',
    external: ['@azure/functions-core'],
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  })
  await mkdir(join(folder, 'dist'))
  for (const { path, contents } of outputFiles)
    await writeFile(join(folder, 'dist', basename(path)), contents)
  await copyFile(join(ROOT, 'host.json'), join(folder, 'host.json'))
  if (tuning !== undefined) await copyFile(tuning.path, join(folder, CONFIG_FILE))
  const manifest = { name: 'waxseal', private: true, type: 'module', main: 'dist/index.mjs' }
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return metafile
}

/** A folder named on the command line may be anybody's: one that holds more than an earlier build is left alone. */
async function clear(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const other = (await readdir(folder)).find(name => !WRITTEN.includes(name))
  if (other !== undefined)
    throw new Error(`${folder} holds ${other}, which no build wrote; name a new or an empty folder.`)
  for (const name of WRITTEN) await rm(join(folder, name), { recursive: true, force: true })
}

if (import.meta.main) {
  const folder = process.argv[2] ?? DEFAULT_FOLDER
  await bundle(folder, process.env.WAXSEAL_CONFIG)
  console.log(`The deployable app is in ${folder}`)
}
