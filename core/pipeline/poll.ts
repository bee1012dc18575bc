import type { Feed, Stopped } from '../feeds/feed.ts'
import type { Log } from '../log.ts'
import { type Checkpoint, LOOK_BACK, OVERLAP, planListing, type Slice } from '../model/checkpoint.ts'
import { type FeedCode, FeedError, REACTIONS } from '../model/errors.ts'
import { obtain } from '../model/maps.ts'
import { type Observation, observationBody } from '../model/observation.ts'
import { ownAccessLost } from '../model/own-access.ts'
import { DAY, type Seconds } from '../model/time.ts'
import type { Ledger } from '../stores/ledger.ts'
import type { Losses } from '../stores/losses.ts'
import type { Observations } from '../stores/observations.ts'
import type { Outbox } from '../stores/outbox.ts'
import type { Queue } from '../stores/port.ts'
import type { State } from '../stores/state.ts'
import { secondsOf } from './clock.ts'
import { inStep } from './in-step.ts'
import { type IngestMessage, messagesOf } from './messages.ts'
import { gapNotice, tellOperator, troubleNotice } from './notices.ts'

export interface PollDeps {
  readonly tenant: string
  readonly feeds: readonly Feed[]
  readonly sinks: readonly string[]
  readonly ledger: Ledger
  readonly losses: Losses
  readonly outbox: Outbox
  readonly state: State
  readonly queue: Queue<IngestMessage>
  /** Where it is told that we were switched off or shut out: judged like any record. */
  readonly observations: Pick<Observations, 'add'>
  /** UTC milliseconds. */
  now(): number
  readonly log: Log
}

/** What a run saw of one feed; kept for `health` as `feed.<id>`. */
export interface FeedReport {
  readonly feed: string
  readonly at: Seconds
  /** Blobs that went onto the queue. */
  readonly queued: number
  /** Last time the listing went through to its end. */
  readonly listedOk?: Seconds
  /** Newest availability of any blob seen. */
  readonly newestBlob?: string
  /** Why it stopped early. */
  readonly problem?: FeedProblem
  /** It was seen stopped, and that it runs again is not told yet. */
  readonly stopped?: true
}

export interface FeedProblem {
  readonly kind: FeedCode
  /** The server's own code where it gave one. */
  readonly code: string
  readonly message: string
}

export const feedReportName = (feed: string) => `feed.${feed}`
export const checkpointName = (feed: string) => `checkpoint.${feed}`

/**
 * Lists what is new in every feed, writes it down and puts it on the queue. Feeds fail alone. Running twice at once
 * does no harm: listing again writes the same ledger rows, and a blob read twice writes the same tallies.
 */
export function poll(deps: PollDeps, signal: AbortSignal, overlap = OVERLAP): Promise<FeedReport[]> {
  return pollFeeds(deps, signal, { overlap, resend: false })
}

/**
 * A poll after a process died that was alone with its storage: all seven days are listed again, and whatever was not
 * finished goes onto the queue at once instead of after its message is taken for lost.
 */
export function recover(deps: PollDeps, signal: AbortSignal): Promise<FeedReport[]> {
  return pollFeeds(deps, signal, { overlap: LOOK_BACK, resend: true })
}

interface Reach {
  /** How far behind the checkpoint listing begins. */
  readonly overlap: Seconds
  readonly resend: boolean
}

async function pollFeeds(deps: PollDeps, signal: AbortSignal, reach: Reach): Promise<FeedReport[]> {
  // A first start lists a week. Were each feed to go its own way, the smallest would be days ahead of the largest on the queue: nearly
  // all that is read then belongs to days that seemed over, which costs several times as much and teaches late.
  const reports = await inStep(deps.feeds.map(feed => pollFeed(deps, feed, signal, reach)))
  await tellProblems(deps, reports)
  return reports
}

/** What stops several feeds for one reason, such as a missing permission, is one message. */
async function tellProblems(deps: PollDeps, reports: readonly FeedReport[]): Promise<void> {
  const byMessage = new Map<string, { feeds: string[]; problem: FeedProblem }>()
  // Shut out of a feed that worked: told as a finding at once, and from the next day on as the trouble that it is.
  for (const { feed, problem, at, listedOk } of reports)
    if (problem !== undefined && (ownAccessLost(problem) === undefined || at - (listedOk ?? 0) >= DAY))
      obtain(byMessage, problem.message, () => ({ feeds: [], problem })).feeds.push(feed)
  for (const { feeds, problem } of byMessage.values()) {
    deps.log.warn(
      `${feeds.join(', ')} stopped early (${problem.code}); the checkpoint stays. ${problem.message}`,
    )
    if (REACTIONS[problem.kind].tell)
      await tellOperator(deps, troubleNotice(feeds, problem.kind, problem.message))
  }
}

/** Pauses between any two slices. */
async function* pollFeed(
  deps: PollDeps,
  feed: Feed,
  signal: AbortSignal,
  reach: Reach,
): AsyncGenerator<void, FeedReport> {
  const { state } = deps
  const before = await state.read<FeedReport>(feedReportName(feed.id))
  const listedOk = before?.listedOk
  const at = secondsOf(deps)
  const progress: Progress = { queued: 0, newestBlob: before?.newestBlob, stopped: before?.stopped }
  let report: FeedReport
  try {
    await startFeed(deps, feed, signal, progress, before)
    yield* listFeed(deps, feed, signal, reach, progress)
    if (before?.problem?.kind === 'audit-off') await deps.losses.end(feed.id, 'auditing-off', at)
    report = { feed: feed.id, at, ...settled(progress), listedOk: at }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    if (error.code === 'audit-off')
      await deps.losses.note(feed.id, { kind: 'auditing-off', from: listedOk ?? before?.at ?? at })
    const problem = { kind: error.code, code: error.serverCode ?? error.code, message: error.message }
    const lost = ownAccessLost(problem)
    if (lost !== undefined && listedOk !== undefined && before?.problem?.code !== problem.code)
      await observe(deps, { ...lost, at, identity: [lost.object, String(listedOk)] })
    report = { feed: feed.id, at, ...settled(progress), ...(listedOk !== undefined && { listedOk }), problem }
  }
  await state.write(feedReportName(feed.id), report)
  return report
}

interface Progress {
  queued: number
  newestBlob: string | undefined
  stopped: true | undefined
}

function settled({ queued, newestBlob, stopped }: Progress) {
  return { queued, ...(newestBlob !== undefined && { newestBlob }), ...(stopped && { stopped }) }
}

async function startFeed(
  deps: PollDeps,
  feed: Feed,
  signal: AbortSignal,
  progress: Progress,
  before: FeedReport | undefined,
) {
  const listedOk = before?.listedOk
  const stop = { object: feed.id, identity: [feed.id, String(listedOk)] }
  const wasStopped = (was: Stopped) => was !== 'absent' || listedOk !== undefined
  // Told, and written down, before it is started again: after a death in between it is found running.
  const subscription = await feed.subscribe(signal, async was => {
    const now = secondsOf(deps)
    await noteStop(deps, feed.id, wasStopped(was), listedOk)
    if (!wasStopped(was)) return
    await observe(deps, { operation: 'SubscriptionStopped', at: listedOk ?? now, ...stop })
    progress.stopped = true
    const report: FeedReport = { feed: feed.id, at: now, queued: 0, ...before, stopped: true }
    await deps.state.write(feedReportName(feed.id), report)
  })
  if (subscription.state === 'started')
    deps.log.info(`Feed ${feed.id}: collection was ${subscription.was} and is now started.`)
  if (subscription.state === 'cooling')
    throw new FeedError(
      'start-cooldown',
      `Collection of ${feed.id} may not be started again yet`,
      subscription,
    )
  if (progress.stopped)
    await observe(deps, { operation: 'SubscriptionRestarted', at: secondsOf(deps), ...stop })
  progress.stopped = undefined
}

async function* listFeed(
  deps: PollDeps,
  feed: Feed,
  signal: AbortSignal,
  reach: Reach,
  progress: Progress,
): AsyncGenerator<void, void> {
  const checkpoint = await deps.state.read<Checkpoint>(checkpointName(feed.id))
  const plan = planListing(secondsOf(deps), checkpoint, reach)
  if (plan.lost !== undefined) {
    await deps.losses.note(feed.id, { kind: 'not-polled', ...plan.lost })
    await tellOperator(deps, gapNotice(feed.id, plan.lost))
  }
  const [first] = plan.slices
  if (checkpoint === undefined && first !== undefined)
    await deps.losses.note(feed.id, { kind: 'before-start', to: first.from })
  for (const slice of plan.slices) {
    if (slice !== first) yield
    await withRestarts(() => listSlice(deps, feed, slice, signal, reach, progress))
    // A repeated listing of the past (the sweep's) must not move the checkpoint back.
    const listedTo = Math.max(slice.to, checkpoint?.listedTo ?? 0)
    await deps.state.write(checkpointName(feed.id), { listedTo } satisfies Checkpoint)
  }
}

/** Until now at least: a stop that lasts is noted again with each poll, the last time right before it is ended. */
function noteStop({ losses, now }: PollDeps, feed: string, isStop: boolean, lastSeen: Seconds | undefined) {
  const to = secondsOf({ now })
  if (!isStop) return losses.note(feed, { kind: 'before-start', to })
  return losses.note(feed, { kind: 'stopped', ...(lastSeen !== undefined && { from: lastSeen }), to })
}

function observe({ tenant, observations, ...deps }: PollDeps, seen: Observation): Promise<void> {
  return observations.add([observationBody(tenant, seen)], secondsOf(deps))
}

async function listSlice(
  deps: PollDeps,
  feed: Feed,
  slice: Slice,
  signal: AbortSignal,
  { resend }: Reach,
  progress: Progress,
) {
  for await (const blobs of feed.list(slice, signal)) {
    const due = await deps.ledger.listed(feed.id, blobs, secondsOf(deps), resend)
    for (const message of messagesOf(feed.id, due)) await deps.queue.send(message)
    progress.queued += due.length
    for (const { created } of blobs)
      if (progress.newestBlob === undefined || created > progress.newestBlob) progress.newestBlob = created
  }
}

/** A page link that the server no longer takes: the slice is listed again from its first page. */
async function withRestarts(list: () => Promise<void>): Promise<void> {
  for (let restarts = 0; ; restarts++) {
    try {
      return await list()
    } catch (error) {
      const again = error instanceof FeedError && REACTIONS[error.code].next === 'restart-window'
      if (!again || restarts === 2) throw error
    }
  }
}
