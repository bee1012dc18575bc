import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { print, type Row, rounded } from './report.ts'

/** `waxseal replay --json` over a small and a large export, in both forms of JSON: speed, and memory by size. */
const SIZES = [20, 200] as const
const FORMS = ['jsonl', 'json'] as const
const ROUNDS = 3

const here = import.meta.dirname
const command = join(here, '../bin/waxseal.js')
const folder = mkdtempSync(join(tmpdir(), 'waxseal-bench-'))

interface Run {
  readonly seconds: number
  readonly megabytes: number
  readonly output: string
}

/** Peak memory as the process itself reports it at its end, in kilobytes. */
const REPORT = `import { writeFileSync } from 'node:fs'
process.on('exit', () => writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS)))`

function run(args: readonly string[]): Run {
  const peak = join(folder, 'peak')
  const start = performance.now()
  const output = execFileSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(REPORT)}`, ...args],
    { env: { ...process.env, BENCH_PEAK: peak }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const seconds = (performance.now() - start) / 1000
  return { seconds, megabytes: Number(readFileSync(peak, 'utf8')) / 1024, output }
}

/** The fastest and the leanest of some runs. */
function best(args: readonly string[]): Run {
  const runs = Array.from({ length: ROUNDS }, () => run(args))
  return {
    output: runs[0]?.output ?? '',
    seconds: Math.min(...runs.map(({ seconds }) => seconds)),
    megabytes: Math.min(...runs.map(({ megabytes }) => megabytes)),
  }
}

function recordsIn(output: string): number {
  const summary: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '')
  const records = typeof summary === 'object' && summary !== null && 'records' in summary && summary.records
  if (typeof records !== 'number') throw new Error('The replay printed no summary.')
  return records
}

const rows: Row[] = []
const peaks = new Map<string, number>()
try {
  for (const size of SIZES) {
    run([join(here, 'write-export.ts'), join(folder, `${size}`), String(size)])
    for (const form of FORMS) {
      const file = join(folder, `${size}.${form}`)
      const replay = best([command, 'replay', file, '--json'])
      const records = recordsIn(replay.output)
      const floor = form === 'jsonl' ? best([join(here, 'parse-lines.ts'), file]) : undefined
      peaks.set(`${size}.${form}`, replay.megabytes)
      rows.push({
        name: `${size} MB ${form === 'jsonl' ? 'JSON Lines' : 'one JSON array'}`,
        bytes: statSync(file).size,
        records,
        'records/s': Math.round(records / replay.seconds),
        ...(floor && { 'ratio to JSON.parse by line': rounded(floor.seconds / replay.seconds) }),
        'peak MB': Math.round(replay.megabytes),
      })
      rmSync(file)
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

print({
  bench: 'replay',
  about: `the command on exported files of ${SIZES.join(' and ')} MB, start of the process included; best of ${ROUNDS} runs.`,
  rows,
  targets: FORMS.map(form => ({
    what: `peak memory at 200 MB to that at 20 MB, ${form}`,
    figure: rounded((peaks.get(`200.${form}`) ?? Number.NaN) / (peaks.get(`20.${form}`) ?? Number.NaN)),
    atMost: 1.3,
  })),
})
