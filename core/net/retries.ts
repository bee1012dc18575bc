import pRetry from 'p-retry'
import type { Sleep } from './sleep.ts'

export interface RetryPolicy {
  readonly signal: AbortSignal
  /** Epoch ms. A wait that would end at or after it is not begun. */
  readonly deadline: number
  /** Attempts after the first. */
  readonly retries: number
  /** Full jitter: attempt n waits a random time up to `min(longestMs, firstMs * 2^(n-1))`. */
  readonly firstMs: number
  readonly longestMs: number
  /** Whether the error is worth another attempt, and how long its server asked to wait, which is then kept exactly. */
  reaction(error: Error): { readonly retry: boolean; readonly retryAfterMs: number | undefined }
  /** Called before each wait. */
  waiting?(error: Error, waitMs: number, attempt: number): void
  /** The error to end with when the wait does not fit before the deadline. */
  postponed?(error: Error, waitMs: number): Error
}

export interface RetryTools {
  readonly now: () => number
  /** In [0, 1). */
  readonly random: () => number
  readonly sleep: Sleep
}

/**
 * Runs `attempt` until it resolves, or rejects with the last error. It ends at once when the signal fires, during a wait
 * too, and then also with that error: "throttled, 40 s left" tells the next run more than "aborted".
 */
export async function withRetries<T>(
  attempt: (attemptNumber: number) => Promise<T>,
  policy: RetryPolicy,
  { now, random, sleep }: RetryTools,
): Promise<T> {
  return await pRetry(attempt, {
    retries: policy.retries,
    // p-retry knows nothing of Retry-After, so all waiting is ours. It is also not given the signal: it would
    // replace the error, even a result that arrived just in time, by the signal's reason.
    minTimeout: 0,
    async shouldRetry({ error, attemptNumber }) {
      const { retry, retryAfterMs } = policy.reaction(error)
      if (!retry || policy.signal.aborted) return false
      const ceiling = Math.min(policy.longestMs, policy.firstMs * 2 ** (attemptNumber - 1))
      const waitMs = retryAfterMs ?? Math.round(random() * ceiling)
      if (now() + waitMs >= policy.deadline) throw policy.postponed?.(error, waitMs) ?? error
      policy.waiting?.(error, waitMs, attemptNumber)
      try {
        await sleep(waitMs, policy.signal)
      } catch {
        return false
      }
      return !policy.signal.aborted
    },
  })
}
