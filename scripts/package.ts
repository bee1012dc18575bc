import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { bundle } from './bundle.ts'
import { bundledPackages } from './package/bundled.ts'
import { licences } from './package/licences.ts'
import { sbom } from './package/sbom.ts'
import { zip } from './package/zip.ts'

const ROOT = join(import.meta.dirname, '..')
/** Bytes. Each cold start fetches the archive; what makes it grow beyond this was most likely not meant to be in it. */
const LARGEST = 1_500_000

export interface Package {
  readonly archive: string
  readonly bytes: number
  readonly sha256: string
  readonly packages: number
}

/**
 * Writes what is deployed, `waxseal.zip`, and beside it the licences of the packages in it and a bill of materials. The
 * source map stays in `package/`, where stacks are read. Rejects an archive that has grown too large.
 */
export async function makePackage(folder: string, largest = LARGEST): Promise<Package> {
  const unpacked = join(folder, 'package')
  await mkdir(folder, { recursive: true })
  const bundled = bundledPackages(ROOT, await bundle(unpacked))
  const archive = zip(await filesOf(unpacked))
  if (archive.length > largest)
    throw new Error(`The archive has ${archive.length} bytes; ${largest} are allowed. See what was added.`)

  const { name, version, license } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  const product = { name, version, licence: license, archive }
  await writeFile(join(folder, 'waxseal.zip'), archive)
  await writeFile(join(folder, 'waxseal.licences.txt'), licences(bundled.packages))
  await writeFile(join(folder, 'waxseal.cdx.json'), sbom(product, bundled))
  return {
    archive: join(folder, 'waxseal.zip'),
    bytes: archive.length,
    sha256: createHash('sha256').update(archive).digest('hex'),
    packages: bundled.packages.length,
  }
}

async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter(entry => entry.isFile() && !entry.name.endsWith('.map'))
    .map(({ parentPath, name }) => join(parentPath, name))
  const read = paths.map(
    async path => [relative(folder, path).split(sep).join('/'), await readFile(path)] as const,
  )
  return new Map(await Promise.all(read))
}

if (import.meta.main) {
  const { archive, bytes, sha256, packages } = await makePackage(process.argv[2] ?? join(ROOT, 'dist'))
  console.log(`${archive}: ${(bytes / 1e6).toFixed(2)} MB, ${packages} packages in it`)
  console.log(`SHA-256 ${sha256}`)
}
