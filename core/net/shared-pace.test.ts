import { describe, expect, it } from 'vitest'
import { makeManualClock, makeSleeper } from '../../emulator/index.ts'
import { makeQuota } from '../../emulator/quota.ts'
import { silent } from '../log.ts'
import { StoreError } from '../model/errors.ts'
import { termsFor } from '../model/turns.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeTurns } from '../stores/turns.ts'
import { fakeClock, ongoing, START } from './loopback.test-kit.ts'
import { makeSharedPace, type TurnBook } from './shared-pace.ts'

const QUOTA = { requests: 2_000, perMs: 60_000 }
const MINUTE = 60_000
const FOREVER = Number.POSITIVE_INFINITY

/** Processes on one clock and one storage, and a tenant that counts them by the minute. */
function makeWorld() {
  const clock = makeManualClock(START)
  const sleep = makeSleeper(clock)
  const tables = makeMemoryTables()
  const tenant = makeQuota(clock, QUOTA.requests)
  const seen = { taken: 0, refused: 0, blocks: 0 }

  /** `skew`: milliseconds by which its clock is wrong. */
  function open(skew = 0) {
    const now = () => clock.now() + skew
    const turns = makeTurns(tables, 't', 'management')
    const book: TurnBook = {
      async take(...ask) {
        seen.blocks++
        // Storage is not next door.
        await sleep(10)
        return await turns.take(...ask)
      },
      pause: turns.pause,
    }
    return makeSharedPace({ book, quota: QUOTA, terms: termsFor(QUOTA), now, sleep, log: silent })
  }

  /** Sends without end, `atOnce` at a time, each of which is answered after `latency` ms; `refusals` are told of. */
  async function send(pace: ReturnType<typeof open>, atOnce: number, latency: number, end: number) {
    let sent = 0
    const line = async () => {
      while (clock.now() < end) {
        if ((await pace.hold({ signal: ongoing(), deadline: FOREVER, waited: 0 })) > 0) continue
        sent++
        const ok = tenant.take('us')
        seen[ok ? 'taken' : 'refused']++
        await sleep(latency)
        if (!ok) pace.extend(20_000)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, line))
    return sent
  }
  return { clock, sleep, tables, tenant, seen, open, send }
}

describe('eight processes that have a lot to fetch', () => {
  it.each([
    [6, 150],
    [6, 700],
    [24, 300],
  ])('(%i requests at once of %i ms) use the quota and are never refused', async (atOnce, latency) => {
    const { clock, seen, tables, open, send } = makeWorld()
    const end = clock.now() + 3 * MINUTE
    const sent = await Promise.all(Array.from({ length: 8 }, () => send(open(), atOnce, latency, end)))
    expect(seen.refused).toBe(0)
    expect(seen.taken / 3).toBeGreaterThan(0.8 * QUOTA.requests)
    // One write pays for many requests, and nobody is left out.
    expect(tables.stats().transactions).toBeLessThan(seen.taken / 3)
    expect(Math.min(...sent)).toBeGreaterThan(seen.taken / 8 / 3)
  })

  it('are quiet together when one of them is told to be, and go on together', async () => {
    const { clock, seen, tenant, open, send } = makeWorld()
    // Somebody else uses the quota up.
    for (let n = 0; n < QUOTA.requests; n++) tenant.take('us')
    const end = clock.now() + 2 * MINUTE
    await Promise.all(Array.from({ length: 8 }, () => send(open(), 6, 300, end)))
    // Within the minute: three pauses of 20 s, before each of which go the requests on their way.
    expect(seen.refused).toBeLessThanOrEqual(3 * 8 * 6)
    expect(seen.taken).toBeGreaterThan(0.8 * QUOTA.requests)
  })

  it('use no more than twice the quota where their clocks differ by ten minutes, and none of them starves', async () => {
    const { clock, seen, open, send } = makeWorld()
    const end = clock.now() + 2 * MINUTE
    const skews = [0, 0, 0, 600_000, 600_000, -600_000, 0, 0]
    const sent = await Promise.all(skews.map(skew => send(open(skew), 2, 500, end)))
    expect(seen.taken + seen.refused).toBeLessThan(2 * 2 * QUOTA.requests)
    expect(Math.min(...sent)).toBeGreaterThan(100)
  })
})

describe('one process', () => {
  it('pays a poll of ten requests with two blocks', async () => {
    const { seen, open } = makeWorld()
    const pace = open()
    for (let n = 0; n < 10; n++)
      expect(await pace.hold({ signal: ongoing(), deadline: FOREVER, waited: 0 })).toBe(0)
    expect(seen.blocks).toBe(2)
  })

  it('hears of a pause that was said before it was born', async () => {
    const { clock, open } = makeWorld()
    open().extend(30_000)
    await Promise.resolve()
    const later = open()
    const left = await later.hold({ signal: ongoing(), deadline: clock.now() + 20_000, waited: 0 })
    expect(left).toBeGreaterThan(29_000)
    expect(await later.hold({ signal: ongoing(), deadline: FOREVER, waited: 0 })).toBe(0)
    expect(clock.now()).toBeGreaterThanOrEqual(START + 30_000)
  })

  it('keeps a pause that was said by a wrong clock as long as it was meant to be, once', async () => {
    const { clock, open } = makeWorld()
    open(600_000).extend(30_000)
    const pace = open()
    const ask = () => pace.hold({ signal: ongoing(), deadline: FOREVER, waited: 0 })
    for (let n = 0; n < 200; n++) expect(await ask()).toBe(0)
    expect(clock.now()).toBeLessThan(START + 60_000)
  })

  it('waits by itself while storage does not answer', async () => {
    const clock = fakeClock()
    const down = async () => {
      throw new StoreError('unavailable', 'Not now.')
    }
    const warnings: string[] = []
    const log = { ...silent, warn: (text: string) => void warnings.push(text) }
    const book: TurnBook = { take: down, pause: down }
    const quota = { requests: 5, perMs: 10_000 }
    const pace = makeSharedPace({ ...clock, book, quota, terms: termsFor(QUOTA), log })
    for (let n = 0; n < 6; n++)
      expect(await pace.hold({ signal: ongoing(), deadline: FOREVER, waited: 0 })).toBe(0)
    expect(clock.waits).toEqual([10_000])
    pace.extend(1_000)
    await Promise.resolve()
    expect(warnings.at(-1)).toBe('A pause could not be shared: StoreError')
  })

  it('is not held for ever by a clock that stands still', async () => {
    const tables = makeMemoryTables()
    const book = makeTurns(tables, 't', 'management')
    let waits = 0
    const sleep = async () => void waits++
    const pace = makeSharedPace({
      book,
      quota: QUOTA,
      terms: { windowMs: 3_000, turns: 1 },
      now: () => START,
      sleep,
      log: silent,
    })
    for (let n = 0; n < 30; n++)
      expect(await pace.hold({ signal: ongoing(), deadline: FOREVER, waited: 0 })).toBe(0)
    expect(waits).toBeGreaterThan(0)
  })
})
