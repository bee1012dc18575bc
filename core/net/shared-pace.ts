import type { Log } from '../log.ts'
import type { Lease, SharedPause, TurnTerms } from '../model/turns.ts'
import { type Budget, type BudgetTerms, makeBudget, paced } from './budget.ts'
import { makePause, type Pause } from './pause.ts'
import type { Sleep } from './sleep.ts'

/** Where turns are kept for all processes; `core/stores/turns.ts` is one. */
export interface TurnBook {
  take(now: number, want: number, terms: TurnTerms): Promise<Lease>
  pause(pause: SharedPause): Promise<void>
}

export interface SharedPaceDeps {
  readonly book: TurnBook
  readonly quota: BudgetTerms
  readonly terms: TurnTerms
  readonly now: () => number
  readonly sleep: Sleep
  readonly log: Log
}

/** Turns asked for in a whole window: few at first, as a poll needs no more, twice as many after each block that was used up. */
const FIRST = 8
const MOST = 32
const LEAST = 4
/** Leases refused in a row after which a request goes all the same: a clock that stands still must hold nobody for ever. */
const PATIENCE = 20

/**
 * One pace for all processes that share a quota: turns are taken from the book in blocks, so that one write pays for
 * many requests, and a pause is heard of with the next block. Where the book cannot be read or written, this process keeps the
 * quota by itself: storage that is down stops the pipeline anyway, and a shared quota is not what it should fail on.
 */
export function makeSharedPace(deps: SharedPaceDeps): Pause {
  const { book, now, log } = deps
  const own = makePause(deps)
  let written = 0
  let heard = 0

  /** Of another process, whose clock may be wrong: a pause is as long as it was meant to be, and kept once. */
  const hear = (pause: SharedPause | undefined) => {
    if (pause === undefined || pause.until <= Math.max(heard, written)) return
    heard = pause.until
    const left = Math.min(pause.until - now(), pause.until - pause.at)
    if (left > 0) own.extend(left)
  }

  return {
    ...paced(own, makeSharedBudget(deps, hear), now),
    extend(ms) {
      const at = now()
      const until = own.extend(ms)
      // Every request that was on its way is refused too; they say the same, a moment later.
      if (until > written + 1_000) {
        written = until
        book.pause({ at, until }).catch(error => log.warn(`A pause could not be shared: ${nameOf(error)}`))
      }
      return until
    },
  }
}

function makeSharedBudget(
  { book, log, now, quota, sleep, terms }: SharedPaceDeps,
  hear: (pause: SharedPause | undefined) => void,
): Budget {
  const alone = makeBudget(quota, { now, sleep })
  let lease: Lease & { left: number } = { from: 0, to: 0, turns: 0, left: 0 }
  let size = FIRST / 2
  let waiting = 0
  let flight: Promise<boolean> | undefined

  async function renew(): Promise<boolean> {
    size = lease.left === 0 ? Math.min(size * 2, MOST) : Math.max(LEAST, lease.turns - lease.left)
    try {
      const taken = await book.take(now(), Math.max(size, Math.min(waiting, MOST)), terms)
      hear(taken.pause)
      lease = { ...taken, left: taken.turns }
      return true
    } catch (error) {
      log.warn(`Turns could not be shared, so this process counts its own: ${nameOf(error)}`)
      return false
    } finally {
      flight = undefined
    }
  }

  async function turn({ signal, deadline }: Parameters<Budget['take']>[0]): Promise<number> {
    for (let tries = 0; tries < PATIENCE; tries++) {
      if (lease.left === 0 || now() >= lease.to) {
        flight ??= renew()
        if (!(await flight)) return alone.take({ signal, deadline })
        // Others who waited for the same block may have used it up.
        if (lease.left === 0 && lease.turns > 0) continue
      }
      const wait = lease.left > 0 ? Math.max(0, lease.from - now()) : terms.windowMs
      if (signal.aborted || (wait > 0 && now() + wait >= deadline)) return Math.max(1, wait)
      const taken = lease.left > 0
      if (taken) lease.left--
      if (wait === 0) return 0
      try {
        await sleep(wait, signal)
      } catch {
        return Math.max(1, lease.from - now())
      }
      if (taken) return 0
    }
    return 0
  }

  return {
    async take(options) {
      waiting++
      try {
        return await turn(options)
      } finally {
        waiting--
      }
    },
  }
}

/** Not its message: storage errors can quote addresses with a signature in them. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
