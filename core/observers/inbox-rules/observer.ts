import type { Graph } from '../../feeds/graph/transport.ts'
import type { Log } from '../../log.ts'
import { FeedError } from '../../model/errors.ts'
import { DAY, type Seconds } from '../../model/time.ts'
import type { InboxRules, KnownRules } from '../../stores/inbox-rules.ts'
import type { State } from '../../stores/state.ts'
import type { Observer } from '../observer.ts'
import { tellUnlisted } from './listing.ts'
import { type User, usersWithMail } from './reader.ts'
import { added, type Counts, makeReading, NONE, type Reading } from './reading.ts'
import { readWish, wishFor } from './wish.ts'

/** What is known of the daily sweep; kept as `inbox-rules.sweep`. */
interface Sweep {
  /** When all mailboxes of the list had been read for the first time. */
  readonly sweptAt?: Seconds
  /** The list of users could not be read the last time. */
  readonly unlisted?: boolean
  /** How far the sweep that is under way has come. */
  readonly progress?: Counts & { readonly after: string }
}

/** What the last full sweep covered; for the coverage report. */
export interface RulesCoverage extends Counts {
  readonly at: Seconds
  /** The list of users could be read. */
  readonly listed: boolean
}

export const RULES_COVERAGE = 'inbox-rules.coverage'
const SWEEP = 'inbox-rules.sweep'

/** Mailboxes read between two notes of how far the sweep has come. */
const STRIDE = 30
/** A mailbox that is gone for a while must not have new rules when it is back. */
const FORGOTTEN_AFTER = 30 * DAY

export interface InboxRulesDeps {
  readonly graph: Graph
  readonly rules: InboxRules
  readonly state: State
  readonly log: Log
}

/**
 * Reads the inbox rules as they stand: of a mailbox within a quarter of an hour of a record that tells of a change in
 * it, and of all mailboxes every day. New and changed rules are told; those of before the first sweep as one list.
 */
export function makeInboxRulesObserver({ graph, rules, state, log }: InboxRulesDeps): Observer {
  return {
    id: 'inbox-rules',
    every: DAY,
    wants: wishFor,
    async look({ all, now, wanted }, tell, signal) {
      const before = (await state.read<Sweep>(SWEEP)) ?? {}
      const reading = makeReading({ graph, rules, log, tell, now, sweptAt: before.sweptAt, signal })
      const known = wanted.length > 0 ? await rules.all() : []
      const wishes = Map.groupBy(wanted.map(readWish), wish => nameOf(wish.mailbox, known))
      const asked = [...wishes.keys()].filter(isName).map(mailbox => userOf(mailbox, known))
      reading.judge(await reading.of(asked, wishes))
      const after = all ? await sweepAll(reading, before, now, signal) : before
      // Until the first sweep is done there is more to come for the list.
      if (after.sweptAt !== undefined || after.unlisted) await tellUnlisted(rules, state, tell, now)
    },
  }

  async function sweepAll(
    reading: Reading,
    before: Sweep,
    now: Seconds,
    signal: AbortSignal,
  ): Promise<Sweep> {
    const known = await rules.all()
    const users = await listOf(known, signal)
    const all = users ?? usersKnown(known)
    let counts: Counts = before.progress ?? NONE
    const due = all.filter(({ mailbox }) => mailbox > (before.progress?.after ?? ''))
    for (let from = 0; from < due.length; from += STRIDE) {
      const some = due.slice(from, from + STRIDE)
      counts = added(counts, await reading.of(some))
      const progress = { ...counts, after: some.at(-1)?.mailbox ?? '' }
      await state.write(SWEEP, { ...before, progress } satisfies Sweep)
    }
    const sweptAt = before.sweptAt ?? (users && now)
    const swept: Sweep = {
      ...(sweptAt !== undefined && { sweptAt }),
      ...(users === undefined && { unlisted: true }),
    }
    const useless = counts.failed > 0 && counts.read + counts.absent === 0
    await state.write(SWEEP, useless ? { ...before, progress: undefined } : swept)
    reading.judge(counts)
    await state.write(RULES_COVERAGE, {
      at: now,
      ...counts,
      listed: users !== undefined,
    } satisfies RulesCoverage)
    if (users !== undefined) await forgetGone(known, users, now)
    return swept
  }

  /** `undefined` where the list is refused but some mailboxes are known. */
  async function listOf(known: readonly KnownRules[], signal: AbortSignal): Promise<User[] | undefined> {
    try {
      return await usersWithMail(graph, signal)
    } catch (error) {
      const refused = error instanceof FeedError && error.code === 'permission-missing'
      if (refused && known.length > 0) return undefined
      throw error
    }
  }

  async function forgetGone(
    known: readonly KnownRules[],
    users: readonly User[],
    now: Seconds,
  ): Promise<void> {
    const there = new Set(users.map(({ mailbox }) => mailbox))
    const gone = known.filter(
      ({ mailbox, readAt = 0 }) => !there.has(mailbox) && readAt < now - FORGOTTEN_AFTER,
    )
    await rules.forget(gone.map(({ mailbox }) => mailbox))
  }
}

function usersKnown(known: readonly KnownRules[]): User[] {
  return known
    .map(({ mailbox, user }) => ({ mailbox, user }))
    .sort((a, b) => (a.mailbox < b.mailbox ? -1 : 1))
}

/** The UPN of a mailbox told by the id of its user; an id that no sweep has met stays one, and the next sweep will. */
function nameOf(mailbox: string, known: readonly KnownRules[]): string {
  return known.find(({ user }) => user === mailbox)?.mailbox ?? mailbox
}

function isName(mailbox: string): boolean {
  return mailbox.includes('@')
}

function userOf(mailbox: string, known: readonly KnownRules[]): User {
  return { mailbox, user: known.find(one => one.mailbox === mailbox)?.user ?? mailbox }
}
