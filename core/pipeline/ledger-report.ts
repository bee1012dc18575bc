import type { Checkpoint, Slice } from '../model/checkpoint.ts'
import { dayOf, parseWireTime, type Seconds } from '../model/time.ts'
import type { BlobCounts, Ledger } from '../stores/ledger.ts'
import type { Loss, Losses } from '../stores/losses.ts'
import { RETENTION } from '../stores/retention.ts'
import type { State } from '../stores/state.ts'
import { secondsOf } from './clock.ts'
import { checkpointName } from './poll.ts'

export interface LedgerDeps {
  readonly ledger: Ledger
  readonly losses: Losses
  readonly state: State
  /** UTC milliseconds. */
  now(): number
}

/** What became of the blobs of a feed that became available in `[from, to)`. */
export interface LedgerReport extends Slice {
  readonly feed: string
  readonly blobs: BlobSums
  /** Of the blobs that are done. */
  readonly records: BlobCounts
  /** Listings went through up to here; what became available later is not known yet. Absent: never listed. */
  readonly listedTo?: Seconds
  /** Stretches that reach into the interval of which nothing can be known, oldest first. */
  readonly lost: readonly LostStretch[]
}

/** listed = done + pending + quarantined + expired */
export interface BlobSums {
  readonly listed: number
  readonly done: number
  readonly pending: number
  readonly quarantined: number
  /** Of those: given up by an operator. */
  readonly dropped: number
  /** Before they were read. */
  readonly expired: number
}

/** `forgotten`: the ledger keeps no rows that old. */
export type LostStretch = Loss | (Omit<Loss, 'kind'> & { readonly kind: 'forgotten' })

export async function ledgerReport(
  deps: LedgerDeps,
  feed: string,
  { from, to }: Slice,
): Promise<LedgerReport> {
  const blobs = { listed: 0, done: 0, pending: 0, quarantined: 0, dropped: 0, expired: 0 }
  const records = { parsed: 0, evaluated: 0, duplicates: 0, rejected: {} }
  for await (const { blob, counts, dropped, state } of deps.ledger.entries(feed, dayOf(from), dayOf(to))) {
    const at = parseWireTime(blob.created) ?? 0
    if (at < from || at >= to) continue
    blobs.listed++
    blobs[state === 'listed' ? 'pending' : state]++
    if (dropped !== undefined) blobs.dropped++
    if (counts !== undefined) add(records, counts)
  }
  const checkpoint = await deps.state.read<Checkpoint>(checkpointName(feed))
  return {
    feed,
    from,
    to,
    blobs,
    records,
    ...(checkpoint !== undefined && { listedTo: checkpoint.listedTo }),
    lost: await lostIn(deps, feed, { from, to }),
  }
}

export const LOST: Readonly<Record<LostStretch['kind'], string>> = {
  'before-start': 'before the first start, and no longer listed by Microsoft then',
  'not-polled': 'nothing was polled for more than 7 days',
  stopped: 'the subscription was not running',
  'auditing-off': 'auditing was switched off in the tenant',
  forgotten: 'the ledger keeps 14 days',
}

/** Whether all of the interval was evaluated, as far as anybody can say. What was there before the first start counts as nobody's fault. */
export function isComplete({ blobs, listedTo = 0, lost, to }: LedgerReport): boolean {
  return listedTo >= to && blobs.done === blobs.listed && lost.every(({ kind }) => kind === 'before-start')
}

/** Optional feeds that the tenant does not allow are never listed. */
export function isInUse({ blobs, listedTo, lost }: LedgerReport): boolean {
  return blobs.listed > 0 || listedTo !== undefined || lost.length > 0
}

async function lostIn(deps: LedgerDeps, feed: string, { from, to }: Slice): Promise<LostStretch[]> {
  const kept = secondsOf(deps) - RETENTION.ledger
  const lost: LostStretch[] = await deps.losses.all(feed)
  if (from < kept) lost.push({ kind: 'forgotten', to: kept })
  return lost
    .filter(one => (one.from ?? 0) < to && (one.to ?? Number.POSITIVE_INFINITY) > from)
    .sort((a, b) => (a.from ?? 0) - (b.from ?? 0))
}

type Sums = { -readonly [Part in keyof BlobCounts]: BlobCounts[Part] } & { rejected: Record<string, number> }

function add(sums: Sums, { parsed, evaluated, duplicates, rejected }: BlobCounts): void {
  sums.parsed += parsed
  sums.evaluated += evaluated
  sums.duplicates += duplicates
  for (const [reason, times] of Object.entries(rejected))
    sums.rejected[reason] = (sums.rejected[reason] ?? 0) + times
}
