import type { Sleep } from './sleep.ts'

/**
 * One wait shared by everything that draws on the same quota. Whoever is told to slow down extends it; all others
 * hold, because each request sent meanwhile is refused too and keeps the quota exhausted.
 */
export interface Pause {
  /** Nobody sends for `ms` from now. A shorter wait never shortens a longer one. Returns the end, epoch ms. */
  extend(ms: number): number
  /**
   * Resolves to 0 when sending is allowed, else, without waiting, to the milliseconds left: the end lies beyond
   * `deadline`, or the signal fired. `waited`: an end the caller has already slept to by itself.
   */
  hold(options: { signal: AbortSignal; deadline: number; waited: number }): Promise<number>
}

export function makePause({ now, sleep }: { now: () => number; sleep: Sleep }): Pause {
  let until = 0
  return {
    extend(ms) {
      const end = now() + ms
      until = Math.max(until, end)
      return end
    },

    async hold({ signal, deadline, waited }) {
      // The end can move while we sleep. Remembering what was slept to ends the loop even where the clock stands still.
      let passed = waited
      while (until > Math.max(now(), passed)) {
        const end = until
        const left = end - now()
        if (end >= deadline || signal.aborted) return left
        try {
          await sleep(left, signal)
        } catch {
          return Math.max(1, end - now())
        }
        passed = end
      }
      return 0
    },
  }
}
