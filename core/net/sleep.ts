import { setTimeout as timer } from 'node:timers/promises'

/** Waits `ms`; rejects at once when the signal fires. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

/** Node fires a timer of more than 2^31 - 1 ms immediately, which would turn a long wait into a hot loop. */
const LONGEST = 2 ** 31 - 1

export const sleep: Sleep = async (ms, signal) => {
  await timer(Math.min(ms, LONGEST), undefined, { signal })
}
