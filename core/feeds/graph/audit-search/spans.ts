import type { Slice } from '../../../model/checkpoint.ts'
import type { ContentBlob } from '../../../model/content-blob.ts'
import { FeedError } from '../../../model/errors.ts'
import { type Search, spanName } from '../../../model/search.ts'
import { DAY, dayOf, HOUR, iso, parseWireTime, type Seconds } from '../../../model/time.ts'
import type { Progress } from '../../feed.ts'

export const AUDIT_SEARCH = 'graph-audit-search'

/** name of a span → its search */
export type Searches = ReadonlyMap<string, Search>

/** The whole UTC days before `since`, the newest first: they teach most. */
export function daysBefore(since: Seconds, days: number): Slice[] {
  const today = dayOf(since)
  return Array.from({ length: days }, (_, n) => ({ from: (today - n - 1) * DAY, to: (today - n) * DAY }))
}

/** A million records are granted to each query: three quarters of an hour hold fewer. */
export function canSplit({ from, to }: Slice): boolean {
  return to - from >= HOUR
}

function halves({ from, to }: Slice): [later: Slice, earlier: Slice] {
  const middle = Math.floor((from + to) / 2)
  return [
    { from: middle, to },
    { from, to: middle },
  ]
}

/** The spans that stand for one: itself, or those it was split into. */
export function leaves(span: Slice, searches: Searches): Slice[] {
  if (searches.get(spanName(span))?.state !== 'split') return [span]
  return halves(span).flatMap(half => leaves(half, searches))
}

/** The UTC day that a span is a part of. */
export function dayAround({ from }: Slice): Slice {
  const day = dayOf(from)
  return { from: day * DAY, to: (day + 1) * DAY }
}

export function isPending(day: Slice, searches: Searches): boolean {
  return leaves(day, searches).some(span => {
    const state = searches.get(spanName(span))?.state
    return state === undefined || state === 'open'
  })
}

export function progressOf(days: readonly Slice[], searches: Searches): Progress {
  const counts = { done: 0, pending: 0, lost: 0, cut: 0 }
  for (const day of days) {
    const own = leaves(day, searches).map(span => searches.get(spanName(span)))
    if (isPending(day, searches)) counts.pending++
    else if (own.some(search => search?.state === 'lost')) counts.lost++
    else {
      counts.done++
      if (own.some(search => search?.cut)) counts.cut++
    }
  }
  return { days: days.length, ...counts }
}

export function blobOf(search: Search): ContentBlob {
  const id = spanName(search)
  return {
    feed: AUDIT_SEARCH,
    id,
    uri: `/security/auditLog/queries?${id}`,
    created: iso(search.begunAt),
    expires: undefined,
  }
}

export function spanOf({ id }: ContentBlob): Slice {
  const [from, to] = id.split('.').map(parseWireTime)
  if (from === undefined || to === undefined || from >= to)
    throw new FeedError('rejected', `The blob ${id.slice(0, 80)} names no span of time`)
  return { from, to }
}
