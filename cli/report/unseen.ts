import type { Missing } from '../../core/engine/blind.ts'
import { obtain } from '../../core/model/maps.ts'
import { MINUTE, type Seconds } from '../../core/model/time.ts'
import { isComplete, type LedgerReport, LOST, type LostStretch } from '../../core/pipeline/ledger-report.ts'
import { bullets, list, number, paragraph, shown, table, utc } from './html.ts'

/** Times without records, and stretches of feeds of which nothing can be known. HTML; empty where there are none. */
export function gaps(missing: readonly Missing[], ledger: readonly LedgerReport[]): string {
  return bullets([
    ...missing.map(({ from, names, to, what }) => {
      const whose = names.length === 0 ? 'everybody' : list(names)
      return `Not on record: ${shown(what)} of ${whose}, ${stretch(from, to)} UTC`
    }),
    ...lostTogether(ledger).map(
      ({ feeds, from, kind, to }) => `${list(feeds)}, ${stretch(from, to)} UTC: ${LOST[kind]}`,
    ),
  ])
}

/** Feeds start and stop together, some seconds apart: what they lost within a minute is told once, as of the first. */
function lostTogether(ledger: readonly LedgerReport[]) {
  const found = new Map<string, LostStretch & { readonly feeds: string[] }>()
  const minute = (at: Seconds | undefined) => (at === undefined ? '' : Math.floor(at / MINUTE))
  for (const { feed, lost } of ledger)
    for (const one of lost) {
      const key = `${one.kind} ${minute(one.from)} ${minute(one.to)}`
      obtain(found, key, () => ({ ...one, feeds: [] })).feeds.push(feed)
    }
  return [...found.values()]
}

function stretch(from: Seconds | undefined, to: Seconds | undefined): string {
  if (from === undefined) return to === undefined ? 'at all times' : `until ${utc(to)}`
  return to === undefined ? `since ${utc(from)}` : `${utc(from)} to ${utc(to)}`
}

/** What became of all that became available, feed by feed. HTML. */
export function completeness(ledger: readonly LedgerReport[]): string {
  const [first] = ledger
  if (first === undefined) return paragraph('No feed was ever listed: nothing was looked at.')
  return [
    paragraph(
      `Packages of records that Microsoft made available from ${utc(first.from)} to ${utc(first.to)} UTC, and what became of them:`,
    ),
    table(
      ['Feed', 'Listed', 'Read', 'Not read', 'Records', 'All read'],
      ledger.map(report => {
        const { listed, done } = report.blobs
        const { evaluated } = report.records
        return [
          shown(report.feed),
          number(listed),
          number(done),
          unread(report),
          number(evaluated),
          answer(report),
        ]
      }),
    ),
  ].join('\n')
}

function unread({ blobs: { expired, pending, quarantined } }: LedgerReport): string {
  const counts = { pending, 'set aside': quarantined, expired }
  const some = Object.entries(counts).filter(([, count]) => count > 0)
  return some.map(([what, count]) => `${number(count)} ${what}`).join(', ') || '0'
}

function answer(report: LedgerReport): string {
  if (isComplete(report)) return 'yes'
  const { listedTo, to } = report
  if (listedTo === undefined) return 'no, never listed'
  return listedTo < to ? `no, listed up to ${utc(listedTo)}` : 'no'
}
