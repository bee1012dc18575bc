import { ConfigError } from '../../core/model/errors.ts'
import { DAY, parseWireTime, type Seconds } from '../../core/model/time.ts'
import { isComplete, type LedgerReport } from '../../core/pipeline/ledger-report.ts'
import { withApp } from '../kept.ts'
import { reportLine, reportText } from './text.ts'

export interface LedgerOptions {
  readonly from?: string
  readonly to?: string
  readonly json?: boolean
  readonly data?: string
}

/** Prints what became of everything that became available in an interval. Returns 1 where something of it was not evaluated. */
export async function ledger(options: LedgerOptions): Promise<number> {
  const to = timeOf('--to', options.to) ?? Math.floor(Date.now() / 1000)
  const from = timeOf('--from', options.from) ?? to - 7 * DAY
  if (from >= to) throw new ConfigError(['--from must be before --to.'])
  const reports = (await withApp(options, app => app.ledger({ from, to }))).filter(isInUse)
  for (const report of reports) process.stdout.write(options.json ? reportLine(report) : reportText(report))
  if (reports.length === 0 && !options.json) process.stdout.write('Nothing was ever listed.\n')
  return reports.every(isSettled) ? 0 : 1
}

function timeOf(option: string, text: string | undefined): Seconds | undefined {
  if (text === undefined) return undefined
  const at = parseWireTime(text)
  if (at !== undefined) return at
  throw new ConfigError([
    `${option} "${text.slice(0, 40)}" is no time; write 2026-11-20 or 2026-11-20T09:00, UTC.`,
  ])
}

/** Optional feeds that the tenant does not allow are never listed. */
function isInUse({ blobs, listedTo, lost }: LedgerReport): boolean {
  return blobs.listed > 0 || listedTo !== undefined || lost.length > 0
}

/** What is still to do, or to be listed, is no failure yet. */
function isSettled(report: LedgerReport): boolean {
  const { listed, pending } = report.blobs
  return isComplete({ ...report, listedTo: report.to, blobs: { ...report.blobs, listed: listed - pending } })
}
