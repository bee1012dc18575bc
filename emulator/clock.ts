/** The tenant's time. Everything the emulator decides by time (token life, availability, quota) asks this. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
}

export interface ManualClock extends Clock {
  advance(ms: number): void
  set(epochMs: number): void
}

/** A clock that starts at `start` and then runs `rate` times as fast as `realNow` (both in milliseconds). */
export function makeClock(options: { start: number; rate?: number; realNow?: () => number }): Clock {
  const { start, rate = 1, realNow = Date.now } = options
  const origin = realNow()
  return { now: () => Math.floor(start + (realNow() - origin) * rate) }
}

/** A clock that stands still until a test moves it. */
export function makeManualClock(start: number): ManualClock {
  let time = start
  return {
    now: () => time,
    advance: ms => {
      time += ms
    },
    set: epochMs => {
      time = epochMs
    },
  }
}

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
