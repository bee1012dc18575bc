import type { Capability, Feed, Progress } from '../feeds/feed.ts'
import { SILENCE, type SilenceState } from '../model/silence.ts'
import { DAY, iso } from '../model/time.ts'
import type { Observer } from '../observers/observer.ts'
import type { Ledger } from '../stores/ledger.ts'
import type { Losses } from '../stores/losses.ts'
import type { Outbox } from '../stores/outbox.ts'
import type { State } from '../stores/state.ts'
import { secondsOf } from './clock.ts'
import { type BlobSums, type LostStretch, ledgerReport } from './ledger-report.ts'
import { capabilityOf, type ObserverReport, observerReportName } from './observe.ts'
import { type FeedReport, feedReportName } from './poll.ts'

export interface HealthDeps {
  readonly feedIds: readonly string[]
  /** Of those that are optional, `health` tells what the tenant makes of them. */
  readonly feeds?: readonly Pick<Feed, 'capability' | 'progress'>[]
  readonly observers?: readonly Pick<Observer, 'id'>[]
  readonly sinks: readonly string[]
  readonly state: State
  readonly ledger: Ledger
  readonly losses: Losses
  readonly outbox: Outbox
  readonly doctor?: { brief(): Promise<Brief> }
  /** UTC milliseconds. */
  now(): number
}

/** One JSON document for an uptime monitor. `ok` is false when a person is needed. */
export interface Health {
  readonly ok: boolean
  readonly at: string
  /** Since when no feed brings anything, for longer than holidays explain. */
  readonly quietSince?: string
  readonly feeds: readonly FeedHealth[]
  readonly sinks: readonly SinkHealth[]
  /** Optional feeds. One that is not allowed is no trouble. */
  readonly capabilities: readonly CapabilityHealth[]
  /** How far the reading of the past has come that ends the learning period. Absent: there is none. */
  readonly backfill?: Progress
  /** What `waxseal doctor` would say, in short and up to a quarter of an hour old. */
  readonly doctor?: Brief
}

/** What is not as it should be, worst first. */
export interface Brief {
  readonly state: 'green' | 'yellow' | 'red' | 'unknown'
  readonly at: string
  readonly checks: readonly BriefCheck[]
}

export interface BriefCheck {
  readonly check: string
  readonly id: string
  readonly state: Brief['state']
  readonly what: string
}

export type CapabilityHealth = Omit<Capability, 'checkedAt'> & { readonly checkedAt: string }

export interface FeedHealth {
  readonly feed: string
  readonly ok: boolean
  readonly listedOk?: string
  readonly newestBlob?: string
  readonly problem?: string
  /** Blobs that became available in the last two days, by what became of them. */
  readonly blobs: BlobSums
  /** Why what became available in those days cannot all have been listed. */
  readonly lost?: readonly LostStretch['kind'][]
}

export interface SinkHealth {
  readonly sink: string
  readonly ok: boolean
  readonly pending: number
  readonly parked: number
}

/** A feed that has not been listed for so long needs somebody. */
const LATE = 3_600

export async function health(deps: HealthDeps): Promise<Health> {
  const feeds = await Promise.all(deps.feedIds.map(feed => feedHealth(deps, feed)))
  const sinks = await Promise.all(deps.sinks.map(sink => sinkHealth(deps, sink)))
  const capabilities = await capabilitiesOf(deps)
  const doctor = await deps.doctor?.brief()
  const quietSince = (await deps.state.read<SilenceState>(SILENCE))?.quietSince
  const ok = quietSince === undefined && [...feeds, ...sinks].every(one => one.ok) && doctor?.state !== 'red'
  const quiet = quietSince === undefined ? {} : { quietSince: iso(quietSince) }
  const [backfill] = (await Promise.all((deps.feeds ?? []).map(feed => feed.progress?.()))).filter(
    one => one !== undefined,
  )
  return {
    ok,
    at: iso(secondsOf(deps)),
    ...quiet,
    feeds,
    sinks,
    capabilities,
    ...(backfill && { backfill }),
    ...(doctor && { doctor }),
  }
}

/** What is known of everything optional. */
export async function capabilitiesOf({
  feeds = [],
  observers = [],
  state,
}: Pick<HealthDeps, 'observers' | 'state'> & {
  readonly feeds?: readonly Pick<Feed, 'capability'>[] | undefined
}): Promise<CapabilityHealth[]> {
  const reports = observers.map(({ id }) => state.read<ObserverReport>(observerReportName(id)))
  const known = [
    ...(await Promise.all(feeds.map(feed => feed.capability?.()))),
    ...(await Promise.all(reports)).map(report => report && capabilityOf(report)),
  ]
  return known.flatMap(one => (one === undefined ? [] : [{ ...one, checkedAt: iso(one.checkedAt) }]))
}

async function feedHealth(deps: HealthDeps, feed: string): Promise<FeedHealth> {
  const now = secondsOf(deps)
  const report = await deps.state.read<FeedReport>(feedReportName(feed))
  const { blobs, lost } = await ledgerReport(deps, feed, { from: now - 2 * DAY, to: now + DAY })
  const kinds = [...new Set(lost.map(({ kind }) => kind))]
  const fresh = report?.listedOk !== undefined && now - report.listedOk < LATE
  return {
    feed,
    ok: fresh && blobs.quarantined === blobs.dropped,
    ...(report?.listedOk !== undefined && { listedOk: iso(report.listedOk) }),
    ...(report?.newestBlob !== undefined && { newestBlob: report.newestBlob }),
    ...(report?.problem !== undefined && { problem: `${report.problem.code}: ${report.problem.message}` }),
    blobs,
    ...(kinds.length > 0 && { lost: kinds }),
  }
}

async function sinkHealth({ outbox }: HealthDeps, sink: string): Promise<SinkHealth> {
  const kept = await outbox.all(sink)
  const count = (state: string) => kept.filter(({ delivery }) => delivery.state === state).length
  const failing = kept.some(({ delivery }) => delivery.state === 'pending' && delivery.attempts > 2)
  return { sink, ok: !failing && count('parked') === 0, pending: count('pending'), parked: count('parked') }
}
