import type { Feed } from '../feeds/feed.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import type { TenantFacts } from '../model/detection.ts'
import { FeedError, REACTIONS } from '../model/errors.ts'
import type { Finding } from '../model/finding.ts'
import type { Seconds } from '../model/time.ts'
import { isOpen, type Ledger, type LedgerEntry } from '../stores/ledger.ts'
import type { Mailboxes } from '../stores/mailboxes.ts'
import type { Rhythms } from '../stores/rhythms.ts'
import type { Wanted } from '../stores/wanted.ts'
import { secondsOf } from './clock.ts'
import { type EvaluateDeps, type Evaluated, evaluateBlob } from './evaluate-blob.ts'
import { type JudgeDeps, judgeBlobs } from './judge.ts'
import type { IngestMessage } from './messages.ts'
import { lostNotice, tellOperator } from './notices.ts'
import { setAside } from './quarantine.ts'
import { unitedSigns } from './rhythms.ts'
import { type TeachDeps, teachBlobs } from './teach.ts'

export interface IngestDeps extends JudgeDeps, TeachDeps, EvaluateDeps {
  readonly feeds: readonly Feed[]
  readonly ledger: Ledger
  readonly mailboxes?: Pick<Mailboxes, 'note'>
  readonly wanted?: Wanted
  /** Where it is kept when what was seen. */
  readonly rhythms?: Rhythms
}

export interface IngestReport {
  readonly blobs: number
  readonly records: number
  readonly rejected: number
  /** Ids of the findings that stand for what was read, new or known. */
  readonly findings: readonly string[]
  /** Blobs to be read later, because the feed could not be read just now. */
  readonly deferred: number
}

/** Blobs fetched at once. */
const AT_ONCE = 6

/** How long a blob waits for a feed that could not be read; the next listing after that sends it again. */
const PUT_OFF: Seconds = 5 * 60

/**
 * Reads the blobs of a message and judges what they touch. Every write is keyed by what it came from, and the
 * ledger comes last: a death at any point, a repeat or a second instance leaves the same rows.
 *
 * Blobs that cannot be read do not hold up the others. When the feed is down or throttled they are put off, without
 * using up a try: five tries within minutes must not set records aside because of an outage of hours. When a blob
 * itself is broken its error is thrown at the end, so that the queue counts a try and brings the message again.
 */
export async function ingest(
  deps: IngestDeps,
  message: IngestMessage,
  signal: AbortSignal,
): Promise<IngestReport> {
  const feed = deps.feeds.find(({ id }) => id === message.feed)
  if (feed === undefined) throw new FeedError('rejected', `No feed named ${message.feed} is configured`)
  const entries = await deps.ledger.findAll(feed.id, message.blobs, secondsOf(deps))
  const due = entries.filter(entry => entry.state === 'listed' || (message.retry && isOpen(entry)))
  const facts = await deps.domains.facts([])
  const total = { blobs: 0, records: 0, rejected: 0, deferred: 0 }
  const found = new Set<string>()
  let failure: FeedError | undefined
  for await (const outcomes of inGroups(due, entry => fetched(deps, feed, entry, facts, signal))) {
    const read = outcomes.filter(outcome => outcome.kind === 'read')
    for (const { id } of feed.teaches === undefined ? await judged(deps, read) : []) found.add(id)
    if (feed.teaches !== undefined) await teachBlobs(deps, feed.teaches, read)
    for (const outcome of outcomes) {
      if (outcome.kind === 'lost')
        await tellOperator(deps, lostNotice(feed.id, outcome.reason, outcome.error.message))
      if (outcome.kind === 'failed') failure ??= outcome.error
      if (outcome.kind === 'deferred') total.deferred++
    }
    await deps.ledger.end(
      feed.id,
      outcomes.map(outcome => endOf(outcome, secondsOf(deps))),
    )
    for (const { count, counts } of read) {
      deps.onRead?.({ records: count.seen, counts })
      total.blobs++
      total.records += counts.evaluated + counts.duplicates
      total.rejected += sum(counts.rejected)
    }
  }
  if (failure !== undefined) throw failure
  return { ...total, findings: [...found] }
}

/** Blobs after so many records are judged by themselves: what is judged together is held together. */
const TOGETHER = 8_000

async function* inGroups(
  due: readonly LedgerEntry[],
  fetch: (entry: LedgerEntry) => Promise<Outcome>,
): AsyncGenerator<Outcome[]> {
  let group: Outcome[] = []
  let records = 0
  for (let n = 0; n < due.length; n += AT_ONCE) {
    const next = await Promise.all(due.slice(n, n + AT_ONCE).map(fetch))
    group.push(...next)
    for (const outcome of next) if (outcome.kind === 'read') records += outcome.counts.parsed
    if (records < TOGETHER && n + AT_ONCE < due.length) continue
    yield group
    group = []
    records = 0
  }
}

async function judged(deps: IngestDeps, read: readonly ReadOutcome[]): Promise<Finding[]> {
  const findings = await judgeBlobs(deps, read)
  await deps.mailboxes?.note(read.flatMap(({ count }) => [...count.visits]))
  await askObservers(deps, read)
  await deps.rhythms?.note(unitedSigns(read.map(({ count }) => count.signs)))
  return findings
}

async function askObservers({ wanted, ...deps }: IngestDeps, read: readonly Evaluated[]): Promise<void> {
  const wishes = new Map<string, string[]>()
  for (const { count } of read)
    for (const [observer, subjects] of count.wishes)
      wishes.set(observer, [...(wishes.get(observer) ?? []), ...subjects])
  for (const [observer, subjects] of wishes)
    await wanted?.ask(observer, [...new Set(subjects)], secondsOf(deps))
}

type ReadOutcome = Evaluated & {
  readonly kind: 'read'
  readonly entry: LedgerEntry
  readonly blob: ContentBlob
}

type Outcome =
  | ReadOutcome
  | {
      readonly kind: 'deferred'
      readonly entry: LedgerEntry
      readonly reason: string
      readonly waitMs: number
    }
  | {
      readonly kind: 'lost'
      readonly entry: LedgerEntry
      readonly state: 'quarantined' | 'expired'
      readonly reason: string
      readonly error: FeedError
    }
  /** To be tried again by the queue. */
  | {
      readonly kind: 'failed'
      readonly entry: LedgerEntry
      readonly reason: string
      readonly error: FeedError
    }
  /** Set aside before, and still not to be read: a sweep tries it again. */
  | { readonly kind: 'stuck'; readonly entry: LedgerEntry; readonly reason: string }

async function fetched(
  deps: IngestDeps,
  feed: Feed,
  entry: LedgerEntry,
  facts: TenantFacts,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    return {
      kind: 'read',
      entry,
      blob: entry.blob,
      ...(await evaluateBlob(deps, feed, entry.blob, facts, signal)),
    }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    const { next, retryNow } = REACTIONS[error.code]
    const reason = error.serverCode ?? error.code
    if (next === 'skip') return { kind: 'lost', entry, state: 'expired', reason, error }
    if (next === 'quarantine' && entry.state === 'quarantined') return { kind: 'stuck', entry, reason }
    if (next === 'quarantine' && !retryNow)
      return { kind: 'lost', entry, state: 'quarantined', reason, error }
    if (next !== 'quarantine') return { kind: 'deferred', entry, reason, waitMs: error.retryAfterMs ?? 0 }
    deps.log.warn(
      `Blob ${entry.blob.id} of ${feed.id} could not be read yet (${reason}); it will be tried again.`,
    )
    return { kind: 'failed', entry, reason, error }
  }
}

function endOf(outcome: Outcome, now: Seconds): LedgerEntry {
  const { entry } = outcome
  switch (outcome.kind) {
    case 'lost':
      if (outcome.state === 'quarantined') return setAside(entry, outcome.reason, now)
      return { ...entry, state: outcome.state, reason: outcome.reason, endedAt: now }
    case 'deferred': {
      const resendAt = now + Math.max(PUT_OFF, Math.ceil(outcome.waitMs / 1000))
      if (entry.state !== 'quarantined') return { ...entry, resendAt, reason: outcome.reason }
      // What it was set aside for is still true. That try was none: counted, an outage would double the pause before the next.
      return { ...entry, resendAt, retries: Math.max(0, (entry.retries ?? 0) - 1) }
    }
    case 'failed':
      return { ...entry, problem: outcome.reason }
    case 'stuck':
      return { ...entry, reason: outcome.reason }
    case 'read':
      return {
        blob: entry.blob,
        state: 'done',
        listedAt: entry.listedAt,
        resendAt: entry.resendAt,
        counts: outcome.counts,
        endedAt: now,
      }
  }
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0)
}
