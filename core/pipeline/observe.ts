import type { Capability } from '../feeds/feed.ts'
import type { Log } from '../log.ts'
import { FeedError } from '../model/errors.ts'
import { observationBody } from '../model/observation.ts'
import { HOUR, type Seconds } from '../model/time.ts'
import type { Observer } from '../observers/observer.ts'
import type { Observations } from '../stores/observations.ts'
import type { State } from '../stores/state.ts'
import type { Wanted, Wish } from '../stores/wanted.ts'
import { secondsOf } from './clock.ts'
import type { FeedProblem } from './poll.ts'

export interface ObserveDeps {
  readonly tenant: string
  readonly observers: readonly Observer[]
  readonly observations: Observations
  readonly wanted: Wanted
  readonly state: State
  /** UTC milliseconds. */
  now(): number
  readonly log: Log
}

/** What is known of an observer; kept as `observer.<id>`. */
export interface ObserverReport {
  readonly observer: string
  readonly at: Seconds
  /** Last time it looked at everything, to the end. */
  readonly doneAt?: Seconds
  readonly problem?: FeedProblem
}

export const observerReportName = (observer: string) => `observer.${observer}`

/** What the tenant does not allow may have been granted meanwhile, but not every quarter of an hour. */
const REFUSED_FOR: Seconds = HOUR
const PASSING = new Set<FeedProblem['kind']>(['throttled', 'unavailable', 'malformed', 'page-rejected'])

/** Lets every observer look whose turn it is, or that was asked to. They fail alone. */
export async function observe(deps: ObserveDeps, signal: AbortSignal): Promise<ObserverReport[]> {
  const reports: ObserverReport[] = []
  const wanted = await deps.wanted.open()
  const before = await Promise.all(
    deps.observers.map(({ id }) => deps.state.read<ObserverReport>(observerReportName(id))),
  )
  for (const [n, observer] of deps.observers.entries()) {
    const known = { before: before[n], wishes: wanted.get(observer.id) ?? [] }
    const report = await letLook(deps, observer, known, signal)
    if (report !== undefined) reports.push(report)
  }
  return reports
}

interface Known {
  readonly before: ObserverReport | undefined
  readonly wishes: readonly Wish[]
}

async function letLook(
  { log, now, observations, state, tenant, wanted }: ObserveDeps,
  observer: Observer,
  { before, wishes }: Known,
  signal: AbortSignal,
): Promise<ObserverReport | undefined> {
  const at = secondsOf({ now })
  if (before?.problem && !PASSING.has(before.problem.kind) && at - before.at < REFUSED_FOR) return undefined
  const all = at - (before?.doneAt ?? Number.NEGATIVE_INFINITY) >= observer.every
  if (!all && wishes.length === 0) return undefined

  const subjects = [...new Set(wishes.map(({ subject }) => subject))]
  const tell = (seen: Parameters<Parameters<Observer['look']>[1]>[0]) =>
    observations.add(
      seen.map(one => observationBody(tenant, one)),
      secondsOf({ now }),
    )
  let report: ObserverReport
  try {
    await observer.look({ now: at, all, wanted: subjects }, tell, signal)
    await wanted.done(wishes)
    const doneAt = all ? at : before?.doneAt
    report = { observer: observer.id, at, ...(doneAt !== undefined && { doneAt }) }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    const problem = { kind: error.code, code: error.serverCode ?? error.code, message: error.message }
    if (before?.problem?.message !== problem.message)
      log.info(`${observer.id} is left out (${problem.code}), everything else goes on. ${problem.message}`)
    report = {
      observer: observer.id,
      at,
      ...(before?.doneAt !== undefined && { doneAt: before.doneAt }),
      problem,
    }
  }
  await state.write(observerReportName(observer.id), report)
  return report
}

/** An observer's last report, in the words in which optional feeds tell what the tenant allows. */
export function capabilityOf({ observer, at, problem }: ObserverReport): Capability {
  if (problem === undefined) return { feed: observer, state: 'works', checkedAt: at }
  const { kind, message: detail } = problem
  const known = kind === 'permission-missing' || kind === 'not-licensed' || kind === 'not-in-cloud'
  const state = known ? kind : PASSING.has(kind) ? 'unreachable' : 'refused'
  return { feed: observer, state, checkedAt: at, detail }
}
