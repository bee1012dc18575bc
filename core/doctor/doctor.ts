import { iso, MINUTE, type Seconds } from '../model/time.ts'
import { runSignal } from '../net/deadline.ts'
import { type Brief, capabilitiesOf } from '../pipeline/health.ts'
import { sendCard } from './card.ts'
import { judge } from './checks/index.ts'
import { claimsOf } from './claims.ts'
import { type Coverage, coverageOf, type PermissionSeen, permissionsSeen } from './coverage.ts'
import type { DoctorDeps } from './deps.ts'
import type { CheckState, Diagnosis } from './message.ts'
import { see } from './observation.ts'
import { observe } from './observe.ts'

/** The whole report. Nothing in it is secret. */
export interface Examination {
  readonly tenant: string
  readonly at: string
  readonly state: CheckState
  readonly checks: readonly Diagnosis[]
  readonly permissions: readonly PermissionSeen[]
  readonly coverage: readonly Coverage[]
}

export interface ExamineOptions {
  /** Start subscriptions, make tables and queue. Nothing is changed otherwise. */
  readonly fix?: boolean
  /** Send a card to Teams; resolves to the code that somebody read from it, `undefined` where nobody can be asked. */
  readonly card?: () => Promise<string | undefined>
}

export interface Doctor {
  examine(options: ExamineOptions, signal: AbortSignal): Promise<Examination>
  /** What needs somebody, kept for a quarter of an hour: at most two requests to Microsoft. */
  brief(): Promise<Brief>
}

/** How long a brief is kept; where somebody is at work on something, they want to see it turn. */
const GOOD_FOR: Seconds = 15 * MINUTE
const RED_FOR: Seconds = MINUTE
const BRIEF_TAKES_MS = 20_000

export function makeDoctor(deps: DoctorDeps): Doctor {
  let kept: { readonly until: Seconds; readonly brief: Brief } | undefined
  const seconds = () => Math.floor(deps.now() / 1000)

  async function examine({ card, fix = false }: ExamineOptions, signal: AbortSignal): Promise<Examination> {
    const seen = await observe(deps, { fix }, signal)
    const receivers = await Promise.all(
      (seen.receivers ?? []).map(async receiver =>
        card !== undefined && receiver.name === 'Teams' && !receiver.doubts.includes('teams-retired')
          ? { ...receiver, card: await see(() => sendCard(deps, card, signal)) }
          : receiver,
      ),
    )
    const all = { ...seen, receivers }
    const graph =
      deps.graphTokens && (await see(async () => claimsOf((await deps.graphTokens?.token(signal)) ?? '')))
    const usable = seen.storage !== undefined && 'ok' in seen.storage
    const permissions = permissionsSeen(seen.token, graph)
    const { allFeeds, observers, state } = deps
    const capabilities = usable ? await capabilitiesOf({ feeds: allFeeds, observers, state }) : []
    const past = usable ? await Promise.all(allFeeds.map(feed => feed.progress?.())) : []
    const checks = judge(all)
    return {
      tenant: deps.tenant,
      at: iso(seen.now),
      state: worstState(checks),
      checks,
      permissions,
      coverage: coverageOf(
        all,
        permissions,
        capabilities,
        past.filter(one => one !== undefined),
      ),
    }
  }

  async function look(): Promise<Brief> {
    const seen = await observe(deps, { short: true }, runSignal(deps.now() + BRIEF_TAKES_MS, deps.now()))
    const checks = judge(seen)
    return {
      state: worstState(checks),
      at: iso(seen.now),
      checks: ORDER.flatMap(state => checks.filter(one => one.state === state && state !== 'green')).map(
        ({ check, id, state, what }) => ({ check, id, state, what }),
      ),
    }
  }

  return {
    examine,
    async brief() {
      if (kept === undefined || seconds() >= kept.until) {
        const brief = await look()
        kept = { brief, until: seconds() + (brief.state === 'red' ? RED_FOR : GOOD_FOR) }
      }
      return kept.brief
    },
  }
}

const ORDER: readonly CheckState[] = ['red', 'yellow', 'unknown', 'green']

/** `unknown` is no verdict on the whole: something that could not be looked at is told by itself. */
export function worstState(checks: readonly Diagnosis[]): CheckState {
  return ORDER.find(state => state !== 'unknown' && checks.some(one => one.state === state)) ?? 'unknown'
}
