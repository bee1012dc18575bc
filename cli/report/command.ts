import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '../../core/app.ts'
import type { Slice } from '../../core/model/checkpoint.ts'
import { ConfigError } from '../../core/model/errors.ts'
import { iso } from '../../core/model/time.ts'
import type { Evidence } from '../../core/pipeline/evidence.ts'
import { plain } from '../../core/sinks/text.ts'
import { readInterval } from '../interval.ts'
import { jsonLine } from '../json-line.ts'
import { withApp } from '../kept.ts'
import { SCREEN } from '../start/screen.ts'
import { reportFiles, summed } from './build.ts'
import { checkFolder, writeFolder } from './folder.ts'
import { writtenText } from './text.ts'

export interface ReportOptions {
  readonly from?: string
  readonly to?: string
  readonly out?: string
  readonly json?: boolean
  readonly data?: string
}

/** Writes all that is on record about incidents into a new folder. Returns the exit code. */
export async function report(ids: readonly string[], options: ReportOptions): Promise<number> {
  const now = Math.floor(Date.now() / 1000)
  const interval = readInterval(options, now)
  const out = options.out ?? `waxseal-report-${iso(now).replaceAll(':', '').replace('T', '-').slice(0, 17)}`
  await checkFolder(out)
  const evidence = await withApp(options, app =>
    ids.length === 0 ? app.evidence(interval, undefined, [SCREEN]) : named(app, ids, interval, options),
  )
  const made = {
    ...{ tenant: evidence.tenant, at: evidence.at, version: version() },
    tenantName: process.env.TENANT_NAME || undefined,
  }
  const files = reportFiles(evidence, made)
  await writeFolder(out, files)
  const written = files.map(summed)
  if (!options.json) process.stdout.write(writtenText(evidence, out, written))
  else {
    for (const { path, sha256, bytes } of written)
      console.log(jsonLine({ type: 'file', path: join(out, path), sha256, bytes }))
    console.log(jsonLine(summary(evidence, out)))
  }
  return 0
}

/** Those with these ids, whenever they were; of their own time unless another is asked for. */
async function named(app: App, ids: readonly string[], interval: Slice, { from, to }: ReportOptions) {
  const isAsked = from !== undefined || to !== undefined
  const evidence = await app.evidence(isAsked ? interval : undefined, ids, [SCREEN])
  const found = new Set(evidence.incidents.map(({ incident }) => incident.id))
  const absent = ids.filter(id => !found.has(id))
  if (absent.length === 0) return evidence
  const others = await app.evidence(interval)
  throw new ConfigError(absent.map(id => unknown(id, others)))
}

/** Names listed at most. */
const MOST = 10

function unknown(id: string, { from, incidents, to }: Evidence): string {
  const others = incidents.map(({ incident }) => incident.id)
  const rest = others.length - MOST
  const there =
    others.length === 0
      ? 'There is none'
      : `There are ${others.slice(-MOST).join(', ')}${rest > 0 ? ` and ${rest} older ones` : ''}`
  return (
    `No incident "${plain(id, 60)}" is on record, and incidents are kept for 180 days. ${there} from ${iso(from)} to ${iso(to)}; ` +
    'without an id, those of --from and --to are reported.'
  )
}

function summary({ from, incidents, to }: Evidence, out: string) {
  const findings = incidents.reduce((sum, one) => sum + one.findings.length, 0)
  return { type: 'summary', out, incidents: incidents.length, findings, from: iso(from), to: iso(to) }
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version
}
