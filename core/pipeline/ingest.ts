import pMap from 'p-map'
import { alertOf } from '../engine/alert.ts'
import { boundSubjects, makeCollector, type Subjects } from '../engine/collect.ts'
import { evaluate } from '../engine/evaluate.ts'
import type { Feed } from '../feeds/feed.ts'
import type { Parse } from '../feeds/normalise/parse.ts'
import type { Log } from '../log.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import type { Detection } from '../model/detection.ts'
import { FeedError, REACTIONS } from '../model/errors.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import { obtain } from '../model/maps.ts'
import { PANE } from '../model/pane.ts'
import { dayOf, parseWireTime, type Seconds } from '../model/time.ts'
import type { Findings } from '../stores/findings.ts'
import type { Incidents } from '../stores/incidents.ts'
import type { Ledger, LedgerEntry } from '../stores/ledger.ts'
import type { Outbox } from '../stores/outbox.ts'
import { sourceOf, type Tallies } from '../stores/tallies.ts'
import { secondsOf } from './clock.ts'
import type { IngestMessage } from './messages.ts'
import { type BlobContents, readBlob } from './read-blob.ts'
import type { TenantDomains } from './tenant-domains.ts'

export interface IngestDeps {
  readonly tenant: string
  readonly feeds: readonly Feed[]
  readonly detections: readonly Detection[]
  readonly parse: Parse
  readonly domains: TenantDomains
  readonly ledger: Ledger
  readonly tallies: Tallies
  readonly findings: Findings
  readonly incidents: Incidents
  readonly outbox: Outbox
  readonly sinks: readonly string[]
  /** UTC milliseconds. */
  now(): number
  readonly log: Log
  /** Shown everything read, for statistics. */
  observe?(contents: BlobContents): void
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

/** Requests under way at once, to the feed and to storage. */
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
  const entries = await pMap(message.blobs, blob => deps.ledger.find(blob, secondsOf(deps)), {
    concurrency: AT_ONCE,
  })
  const due = entries.filter(({ state }) => state === 'listed')
  const outcomes = await pMap(due, entry => fetched(deps, feed, entry, signal), { concurrency: AT_ONCE })
  const read = outcomes.filter(outcome => outcome.kind === 'read')

  const touched = await writeTallies(deps, read)
  const findings = await judge(deps, touched)
  const delivered = newest(read.map(({ entry }) => entry.blob))
  for (const [actor, own] of await saved(deps, findings)) await report(deps, actor, own, delivered)

  const ended = outcomes.flatMap(outcome =>
    outcome.kind === 'failed' ? [] : [endOf(outcome, secondsOf(deps))],
  )
  await deps.ledger.end(feed.id, ended)
  const failed = outcomes.find(outcome => outcome.kind === 'failed')
  if (failed !== undefined) throw failed.error
  for (const { contents } of read) deps.observe?.(contents)
  return {
    blobs: read.length,
    records: read.reduce((sum, { contents }) => sum + contents.records.length, 0),
    rejected: read.reduce((sum, { contents }) => sum + total(contents.rejected), 0),
    findings: findings.map(({ id }) => id),
    deferred: outcomes.filter(outcome => outcome.kind === 'deferred').length,
  }
}

type Outcome =
  | {
      readonly kind: 'read'
      readonly entry: LedgerEntry
      readonly source: string
      readonly contents: BlobContents
    }
  | { readonly kind: 'deferred'; readonly entry: LedgerEntry; readonly waitMs: number }
  | {
      readonly kind: 'lost'
      readonly entry: LedgerEntry
      readonly state: 'quarantined' | 'expired'
      readonly reason: string
    }
  | { readonly kind: 'failed'; readonly entry: LedgerEntry; readonly error: FeedError }

async function fetched(
  deps: IngestDeps,
  feed: Feed,
  entry: LedgerEntry,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const text = await feed.fetch(entry.blob, signal)
    const contents = readBlob(text, deps.parse)
    return { kind: 'read', entry, source: sourceOf(feed.id, entry.blob.id, text), contents }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    const { next, retryNow } = REACTIONS[error.code]
    const reason = error.serverCode ?? error.code
    if (next === 'skip') return { kind: 'lost', entry, state: 'expired', reason }
    if (next === 'quarantine' && !retryNow) return { kind: 'lost', entry, state: 'quarantined', reason }
    if (next !== 'quarantine') return { kind: 'deferred', entry, waitMs: error.retryAfterMs ?? 0 }
    deps.log.warn(
      `Blob ${entry.blob.id} of ${feed.id} could not be read yet (${reason}); it will be tried again.`,
    )
    return { kind: 'failed', entry, error }
  }
}

/** Days on which a subject was touched. */
type Touched = Map<string, { from: number; to: number }>

/** Counts each blob by itself and stores what it said. Tallies are written before any window is read. */
async function writeTallies(
  deps: IngestDeps,
  read: readonly (Outcome & { kind: 'read' })[],
): Promise<Touched> {
  const facts = await deps.domains.facts(read.flatMap(({ contents }) => contents.records))
  const touched: Touched = new Map()
  for (const { source, contents } of read) {
    const collector = makeCollector(deps.detections, facts)
    for (const record of contents.records) collector.add(record)
    for (const [detection, times] of collector.failures)
      deps.log.error(`Detection ${detection} failed on ${times} records and said nothing about them.`)
    boundSubjects(collector.subjects)
    await deps.tallies.write(source, collector.subjects)
    note(touched, collector.subjects)
  }
  return touched
}

function note(touched: Touched, subjects: Subjects): void {
  for (const [subject, all] of subjects)
    for (const { panes } of all.values())
      for (const index of panes.keys()) {
        const day = dayOf(index * PANE)
        const known = touched.get(subject)
        if (known === undefined) touched.set(subject, { from: day, to: day })
        else touched.set(subject, { from: Math.min(known.from, day), to: Math.max(known.to, day) })
      }
}

/**
 * Reads the windows of everybody touched. No window is longer than a day, so a record can complete windows that end
 * on its own day or the next, and those reach back no further than the day before.
 */
async function judge(deps: IngestDeps, touched: Touched): Promise<Finding[]> {
  const found = await pMap(
    touched,
    async ([subject, { from, to }]) => {
      const all = await deps.tallies.read(subject, from - 1, to + 1)
      return [...all.values()].flatMap(series => {
        const detection = deps.detections.find(({ id }) => id === series.detection)
        return detection === undefined ? [] : evaluate(series, detection, deps.tenant, { from, to: to + 1 })
      })
    },
    { concurrency: AT_ONCE },
  )
  return found.flat().sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
}

/** actor → findings, as they are stored now. Findings of one actor are told together. */
async function saved(deps: IngestDeps, findings: readonly Finding[]): Promise<Map<string, Finding[]>> {
  const byActor = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { finding: stored } = await deps.findings.save(finding)
    obtain(byActor, stored.actor, () => []).push(stored)
  }
  return byActor
}

/** Finding, incident, outbox: each insert stands on its own, so a repeat completes what a death left half done. */
async function report(
  deps: IngestDeps,
  actor: string,
  findings: readonly Finding[],
  delivered: Seconds | undefined,
) {
  for (const incident of await deps.incidents.add(actor, findings)) {
    for (const { id } of incident.findings) await deps.findings.assign(id, incident.id)
    const parts = await findingsOf(deps, incident)
    const alert = alertOf({ incident, findings: parts, detections: deps.detections, delivered })
    for (const sink of deps.sinks) await deps.outbox.add(sink, alert, secondsOf(deps))
  }
}

async function findingsOf(deps: IngestDeps, incident: Incident): Promise<Finding[]> {
  const stored = await pMap(incident.findings, ({ id }) => deps.findings.get(id), { concurrency: AT_ONCE })
  return stored.flatMap(one => (one === undefined ? [] : [one.finding]))
}

function endOf(outcome: Exclude<Outcome, { kind: 'failed' }>, now: Seconds): LedgerEntry {
  const { entry } = outcome
  switch (outcome.kind) {
    case 'lost':
      return { ...entry, state: outcome.state, reason: outcome.reason, endedAt: now }
    case 'deferred':
      return { ...entry, resendAt: now + Math.max(PUT_OFF, Math.ceil(outcome.waitMs / 1000)) }
    case 'read': {
      const { records, rejected } = outcome.contents
      return { ...entry, state: 'done', counts: { records: records.length, rejected }, endedAt: now }
    }
  }
}

function newest(blobs: readonly ContentBlob[]): Seconds | undefined {
  const times = blobs.flatMap(({ created }) => parseWireTime(created) ?? [])
  return times.length === 0 ? undefined : Math.max(...times)
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
