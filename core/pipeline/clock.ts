import type { Seconds } from '../model/time.ts'

/** The present in whole seconds, from a clock in milliseconds. */
export function secondsOf({ now }: { now(): number }): Seconds {
  return Math.floor(now() / 1000)
}
