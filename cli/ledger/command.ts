import { isComplete, isInUse, type LedgerReport } from '../../core/pipeline/ledger-report.ts'
import { readInterval } from '../interval.ts'
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
  const interval = readInterval(options, Math.floor(Date.now() / 1000))
  const reports = (await withApp(options, app => app.ledger(interval))).filter(isInUse)
  for (const report of reports) process.stdout.write(options.json ? reportLine(report) : reportText(report))
  if (reports.length === 0 && !options.json) process.stdout.write('Nothing was ever listed.\n')
  return reports.every(isSettled) ? 0 : 1
}

/** What is still to do, or to be listed, is no failure yet. */
function isSettled(report: LedgerReport): boolean {
  const { listed, pending } = report.blobs
  return isComplete({ ...report, listedTo: report.to, blobs: { ...report.blobs, listed: listed - pending } })
}
