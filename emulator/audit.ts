import { CONTENT_TYPES, type ContentBlob, type ContentType } from './content.ts'
import type { RequestKind } from './faults.ts'
import { uncovered } from './intervals.ts'
import type { JournalEntry } from './journal.ts'
import type { Subscriptions } from './management/subscriptions.ts'
import { iso } from './times.ts'

/** What the tenant has to say about its client. Plain JSON; times are ISO, UTC. */
export interface ClientAudit {
  readonly now: string
  /** Answers by kind of request and status; status 0 is a connection reset by a fault. */
  readonly calls: { readonly [K in RequestKind]?: Readonly<Record<string, number>> }
  readonly blobs: readonly BlobAudit[]
  /** Ids of blobs a client could have had, by how often it took them whole. */
  readonly never: readonly string[]
  readonly once: readonly string[]
  readonly again: readonly string[]
  /** Parts of [subscribed, now] that no answered listing covered; `open` ones reach up to now. */
  readonly gaps: readonly { contentType: ContentType; from: string; to: string; open: boolean }[]
  readonly badRanges: readonly {
    at: string
    contentType: ContentType
    startTime?: string
    endTime?: string
    reason: string
  }[]
  readonly unfollowedLinks: readonly { contentType: ContentType; link: string; at: string }[]
  readonly startsInCoolDown: readonly {
    contentType: ContentType
    at: string
    afterMs: number
    answer: string
  }[]
  readonly withoutPublisher: { readonly [K in RequestKind]?: number }
  /** Calls that arrived after a throttle was answered and before its Retry-After ended. */
  readonly earlyCalls: readonly { kind: RequestKind; at: string; earlyByMs: number }[]
  readonly overQuota: number
  /** Requests at the foreign host, and how many of them brought a token along. */
  readonly foreignCalls: readonly { at: string; method: string; path: string; token: boolean }[]
  readonly tokensLeaked: number
}

export interface BlobAudit {
  readonly id: string
  readonly contentType: ContentType
  readonly contentCreated: string
  readonly availableAt: string
  readonly records: number
  /** Listings that named it, requests for it, and answers that went out whole. */
  readonly listed: number
  readonly asked: number
  readonly fetched: number
}

type EntryOf<T extends JournalEntry['type']> = Extract<JournalEntry, { type: T }>
type Lane = 'feed' | 'graph' | 'graph-directory' | 'graph-mailbox' | 'search' | 'teams' | 'webhook'

export function auditClient(deps: {
  now: number
  entries: readonly JournalEntry[]
  blobs: readonly ContentBlob[]
  subscriptions: Pick<Subscriptions, 'since' | 'covers'>
  coolDownMs: number
}): ClientAudit {
  const { now, entries, subscriptions, coolDownMs } = deps
  const of = <T extends JournalEntry['type']>(type: T) =>
    entries.filter((entry): entry is EntryOf<T> => entry.type === type)
  const calls = of('call')
  const listings = of('listing')
  const foreign = of('foreign')
  const blobs = auditBlobs(deps.blobs, listings, calls, of('fetch'))
  const reachable = new Set(
    deps.blobs
      .filter(b => b.availableAt <= now && subscriptions.covers(b.contentType, b.contentCreated))
      .map(b => b.id),
  )
  const fetchedTimes = (wanted: (times: number) => boolean) =>
    blobs.filter(b => reachable.has(b.id) && wanted(b.fetched)).map(b => b.id)

  return {
    now: iso(now),
    calls: tallyCalls(calls),
    blobs,
    never: fetchedTimes(times => times === 0),
    once: fetchedTimes(times => times === 1),
    again: fetchedTimes(times => times > 1),
    gaps: CONTENT_TYPES.flatMap(contentType => {
      const since = subscriptions.since(contentType)
      if (since === undefined) return []
      const covers = listings.filter(l => l.contentType === contentType)
      return uncovered({ from: since, to: now }, covers).map(({ from, to }) => ({
        contentType,
        from: iso(from),
        to: iso(to),
        open: to === now,
      }))
    }),
    badRanges: of('bad-range').map(({ at, contentType, startTime, endTime, reason }) => ({
      at: iso(at),
      contentType,
      ...(startTime === undefined ? {} : { startTime }),
      ...(endTime === undefined ? {} : { endTime }),
      reason,
    })),
    unfollowedLinks: unfollowed(listings),
    startsInCoolDown: of('start').flatMap(({ at, contentType, sinceLastMs, answer }) =>
      sinceLastMs !== undefined && sinceLastMs < coolDownMs
        ? [{ contentType, at: iso(at), afterMs: sinceLastMs, answer }]
        : [],
    ),
    withoutPublisher: countBy(
      calls.filter(call => lane(call.kind) === 'feed' && call.publisher === undefined),
      call => call.kind,
    ),
    earlyCalls: findEarlyCalls(calls),
    overQuota: calls.filter(call => call.overQuota).length,
    foreignCalls: foreign.map(({ at, method, path, token }) => ({ at: iso(at), method, path, token })),
    tokensLeaked: foreign.filter(call => call.token).length,
  }
}

function auditBlobs(
  blobs: readonly ContentBlob[],
  listings: readonly EntryOf<'listing'>[],
  calls: readonly EntryOf<'call'>[],
  fetches: readonly EntryOf<'fetch'>[],
): BlobAudit[] {
  const listed = countBy(
    listings.flatMap(listing => listing.blobs),
    id => id,
  )
  const asked = countBy(calls, call => call.about ?? '')
  const fetched = countBy(fetches, fetch => fetch.blob)
  return blobs.map(({ id, contentType, contentCreated, availableAt, records }) => ({
    id,
    contentType,
    contentCreated: iso(contentCreated),
    availableAt: iso(availableAt),
    records: records.length,
    listed: listed[id] ?? 0,
    asked: asked[id] ?? 0,
    fetched: fetched[id] ?? 0,
  }))
}

/** Links offered whose last offer no answered request followed. */
function unfollowed(listings: readonly EntryOf<'listing'>[]): ClientAudit['unfollowedLinks'] {
  const open = new Map<string, EntryOf<'listing'>>()
  for (const listing of listings) {
    if (listing.followed !== undefined) open.delete(listing.followed)
    if (listing.offered !== undefined) open.set(listing.offered, listing)
  }
  return [...open].map(([link, { contentType, at }]) => ({ contentType, link, at: iso(at) }))
}

/** A throttle on the feed binds every request of the feed, whatever the content type. */
function findEarlyCalls(calls: readonly EntryOf<'call'>[]): ClientAudit['earlyCalls'] {
  const early: { kind: RequestKind; at: string; earlyByMs: number }[] = []
  const waits: { lane: Lane; until: number; answered: number }[] = []
  for (const { kind, at, arrived, answered, retryAfterMs } of calls) {
    const until = Math.max(
      ...waits.filter(w => w.lane === lane(kind) && w.answered < arrived).map(wait => wait.until),
    )
    if (at < until) early.push({ kind, at: iso(at), earlyByMs: until - at })
    const waiting = lane(kind)
    if (retryAfterMs !== undefined && waiting)
      waits.push({ lane: waiting, until: at + retryAfterMs, answered })
  }
  return early
}

function lane(kind: RequestKind): Lane | undefined {
  if (kind === 'teams' || kind === 'webhook') return kind
  if (kind === 'directoryAudits' || kind === 'signIns') return 'graph'
  if (kind === 'users' || kind === 'directory') return 'graph-directory'
  if (kind === 'messageRules' || kind === 'mailFolders') return 'graph-mailbox'
  if (kind.startsWith('search')) return 'search'
  return kind === 'token' || kind === 'hunting' ? undefined : 'feed'
}

function tallyCalls(calls: readonly EntryOf<'call'>[]): ClientAudit['calls'] {
  const kinds = new Set(calls.map(call => call.kind))
  return Object.fromEntries(
    [...kinds].map(kind => [
      kind,
      countBy(
        calls.filter(call => call.kind === kind),
        call => String(call.status),
      ),
    ]),
  )
}

function countBy<T, K extends string>(list: readonly T[], key: (item: T) => K): { [P in K]?: number } {
  const counts: { [P in K]?: number } = {}
  for (const item of list) counts[key(item)] = (counts[key(item)] ?? 0) + 1
  return counts
}
