import { iso, type Seconds } from '../../core/model/time.ts'
import { isComplete, type LedgerReport, LOST, type LostStretch } from '../../core/pipeline/ledger-report.ts'
import { plain } from '../../core/sinks/text.ts'
import { jsonLine } from '../json-line.ts'

/** One JSON object a feed. */
export function reportLine(report: LedgerReport): string {
  return `${jsonLine(reportFields(report))}\n`
}

/** What other programs rely on. Times are ISO 8601, UTC. */
export function reportFields(report: LedgerReport): object {
  const { feed, from, to, blobs, records, listedTo, lost } = report
  return {
    type: 'ledger',
    feed,
    from: iso(from),
    to: iso(to),
    complete: isComplete(report),
    ...blobs,
    records,
    ...(listedTo !== undefined && { listedTo: iso(listedTo) }),
    lost: lost.map(one => ({ kind: one.kind, ...isoEnds(one) })),
  }
}

function isoEnds({ from, to }: LostStretch) {
  return { ...(from !== undefined && { from: iso(from) }), ...(to !== undefined && { to: iso(to) }) }
}

export function reportText(report: LedgerReport): string {
  const { feed, from, to, blobs, records, listedTo, lost } = report
  const rejected = Object.entries(records.rejected)
  const reasons = rejected.map(([reason, times]) => `${count(times)} ${plain(reason)}`).join(', ')
  const lines = [
    `${plain(feed)}, available from ${iso(from)} to ${iso(to)}: ${isComplete(report) ? 'complete' : 'not complete'}`,
    `  blobs    ${count(blobs.listed)} listed = ${count(blobs.done)} done + ${count(blobs.pending)} pending + ` +
      `${count(blobs.quarantined)} quarantined + ${count(blobs.expired)} expired before they were read`,
    `  records  ${count(records.parsed)} parsed = ${count(records.evaluated)} evaluated + ` +
      `${count(records.duplicates)} duplicates + ${count(sum(rejected))} rejected${reasons && ` (${reasons})`}`,
    ...(listedTo === undefined || listedTo < to
      ? [`  listed   ${listedTo === undefined ? 'never' : `up to ${iso(listedTo)}`}`]
      : []),
    ...lost.map(one => `  lost     ${stretch(one.from, one.to)}: ${LOST[one.kind]}`),
  ]
  return `${lines.join('\n')}\n`
}

/** `2026-11-20T09:00:00Z to …`, `since …`, `until …` */
export function stretch(from: Seconds | undefined, to: Seconds | undefined): string {
  if (from === undefined) return `until ${to === undefined ? 'now' : iso(to)}`
  return to === undefined ? `since ${iso(from)}` : `${iso(from)} to ${iso(to)}`
}

function sum(rejected: readonly (readonly [string, number])[]): number {
  return rejected.reduce((total, [, times]) => total + times, 0)
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
