import type { Pause } from './pause.ts'
import type { Sleep } from './sleep.ts'

export interface BudgetTerms {
  readonly requests: number
  readonly perMs: number
}

/** Lets through so many requests in any stretch of so much time, in the order in which they ask. */
export interface Budget {
  /**
   * Resolves to 0 when the request may go, else, without waiting, to the milliseconds it would have had to wait: its
   * turn comes at or after `deadline` (epoch ms), or the signal fired.
   */
  take(options: { signal: AbortSignal; deadline: number }): Promise<number>
}

/**
 * Turns are handed out ahead of time, so a crowd waits once each and nobody twice, and a clock that stands still
 * cannot hold anybody for ever. A turn that was not used is not given back: that errs on the polite side.
 */
export function makeBudget(
  { requests, perMs }: BudgetTerms,
  { now, sleep }: { now: () => number; sleep: Sleep },
): Budget {
  /** When the last so many turns were, oldest first. */
  const turns: number[] = []
  return {
    async take({ signal, deadline }) {
      const at = now()
      const turn = turns.length < requests ? at : Math.max(at, (turns[0] ?? at) + perMs)
      const wait = turn - at
      if (signal.aborted || (wait > 0 && turn >= deadline)) return Math.max(1, wait)
      turns.push(turn)
      if (turns.length > requests) turns.shift()
      if (wait === 0) return 0
      try {
        await sleep(wait, signal)
        return 0
      } catch {
        return Math.max(1, turn - now())
      }
    },
  }
}

/** A pause that everybody keeps, and then one's turn in the budget: what a sender asks before every attempt. */
export function paced(pause: Pause, budget: Budget, now: () => number): Pause {
  return {
    extend: pause.extend,
    async hold(options) {
      let left = await pause.hold(options)
      while (left === 0) {
        left = await budget.take(options)
        if (left > 0) break
        const turn = now()
        left = await pause.hold(options)
        // Told to slow down while waiting for the turn: it has passed, and what is sent late needs another.
        if (left === 0 && now() === turn) break
      }
      return left
    },
  }
}
