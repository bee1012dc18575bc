import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { makePackage } from '../scripts/package.ts'
import { print, rounded } from './report.ts'

/**
 * Cold import of the deployed bundle in a process of its own, against the same code with its packages left in node_modules. Ours
 * is one file in both, so the floor is kinder than what a build without a bundler would ship. Processor time of the
 * main thread; the two take turns.
 */
const ROUNDS = 11

const root = join(import.meta.dirname, '..')
// Inside the project: its imports are looked for upwards from where it lies.
const plain = join(root, 'node_modules/.cache/waxseal-bench/index.mjs')
await build({
  absWorkingDir: root,
  entryPoints: ['functions/index.ts'],
  outfile: plain,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node22',
})
const folder = await mkdtemp(join(tmpdir(), 'waxseal-bench-'))
const { bytes } = await makePackage(folder)

const SCRIPT = `
const before = process.threadCpuUsage()
await import(process.argv[1])
const { user, system } = process.threadCpuUsage(before)
console.log((user + system) / 1000)`

const imported = (file: string) =>
  Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', SCRIPT, pathToFileURL(file).href], {
      encoding: 'utf8',
      // The library warns that no host is there.
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
const files = { unbundled: plain, bundle: join(folder, 'package/dist/index.mjs') }
const times = { unbundled: [] as number[], bundle: [] as number[] }
for (let round = 0; round < ROUNDS; round++)
  for (const name of ['unbundled', 'bundle'] as const) times[name].push(imported(files[name]))

const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
print({
  bench: 'bundle',
  about: `cold import in ${ROUNDS} processes each`,
  rows: (['unbundled', 'bundle'] as const).map(name => ({
    name,
    medianMs: rounded(median(times[name])),
    bestMs: rounded(Math.min(...times[name])),
    worstMs: rounded(Math.max(...times[name])),
  })),
  targets: [
    {
      what: 'cold import of the bundle, of the unbundled',
      figure: rounded(median(times.bundle) / median(times.unbundled)),
      atMost: 0.5,
    },
    { what: 'megabytes of the zip', figure: rounded(bytes / 1e6), atMost: 1.5 },
  ],
})
await rm(folder, { recursive: true })
