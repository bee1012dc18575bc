import { setTimeout as sleep } from 'node:timers/promises'

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

/** Real time that whatever is on its way gets before the clock moves on. */
const GRACE = 2

/**
 * Waiting on a clock that somebody has to move: whoever waits moves it, the one who is due first before the others, and
 * not while requests are still flying.
 */
export function makeSleeper(clock: ManualClock): (ms: number) => Promise<void> {
  const waiting: { readonly until: number; readonly wake: () => void }[] = []
  let moving = false

  async function move() {
    moving = true
    while (waiting.length > 0) {
      await sleep(GRACE)
      clock.set(Math.max(clock.now(), Math.min(...waiting.map(({ until }) => until))))
      const due = waiting.filter(({ until }) => until <= clock.now())
      for (const one of due) {
        waiting.splice(waiting.indexOf(one), 1)
        one.wake()
      }
    }
    moving = false
  }

  return ms =>
    new Promise(wake => {
      waiting.push({ until: clock.now() + Math.ceil(ms), wake })
      if (!moving) void move()
    })
}
