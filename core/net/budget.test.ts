import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeBudget, paced } from './budget.ts'
import { fakeClock, ongoing, START } from './loopback.test-kit.ts'
import { makePause } from './pause.ts'

const TERMS = { requests: 5, perMs: 10_000 }
const FOREVER = Number.POSITIVE_INFINITY

it('never lets more through in any window than there may be, and holds nobody longer than that takes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 15_000 }), { maxLength: 40 }), async gaps => {
      const clock = fakeClock()
      const budget = makeBudget(TERMS, clock)
      const went: number[] = []
      for (const gap of gaps) {
        clock.advance(gap)
        const free = went.length < 5 || clock.now() - (went.at(-5) ?? 0) >= 10_000
        const before = clock.now()
        expect(await budget.take({ signal: ongoing(), deadline: FOREVER })).toBe(0)
        if (free) expect(clock.now()).toBe(before)
        went.push(clock.now())
      }
      for (const [n, at] of went.entries())
        if (n >= 5) expect(at - (went[n - 5] ?? 0)).toBeGreaterThanOrEqual(10_000)
    }),
  )
})

it('gives a crowd its turns one after the other', async () => {
  const waits: number[] = []
  const budget = makeBudget(TERMS, { now: () => START, sleep: async ms => void waits.push(ms) })
  await Promise.all(Array.from({ length: 12 }, () => budget.take({ signal: ongoing(), deadline: FOREVER })))
  expect(waits).toEqual([...Array(5).fill(10_000), 20_000, 20_000])
})

it('refuses at once, and keeps no turn, where it would have to wait beyond the end of the run', async () => {
  const clock = fakeClock()
  const budget = makeBudget(TERMS, clock)
  for (let n = 0; n < 5; n++) await budget.take({ signal: ongoing(), deadline: FOREVER })
  clock.advance(4_000)
  expect(await budget.take({ signal: ongoing(), deadline: clock.now() + 6_000 })).toBe(6_000)
  expect(clock.waits).toEqual([])
  expect(await budget.take({ signal: ongoing(), deadline: clock.now() + 6_001 })).toBe(0)
  expect(clock.waits).toEqual([6_000])
})

it('lets a wait be broken off', async () => {
  const run = new AbortController()
  const clock = fakeClock()
  const budget = makeBudget(TERMS, {
    now: clock.now,
    sleep: async (_, signal) => {
      run.abort()
      signal.throwIfAborted()
    },
  })
  for (let n = 0; n < 5; n++) await budget.take({ signal: run.signal, deadline: FOREVER })
  expect(await budget.take({ signal: run.signal, deadline: FOREVER })).toBeGreaterThan(0)
  expect(await budget.take({ signal: run.signal, deadline: FOREVER })).toBeGreaterThan(0)
})

it('keeps the pause of a server that asked for one, and takes another turn after it', async () => {
  const clock = fakeClock()
  const pause = makePause(clock)
  const both = paced(pause, makeBudget(TERMS, clock), clock.now)
  const options = { signal: ongoing(), deadline: FOREVER, waited: 0 }
  both.extend(25_000)
  expect(await both.hold(options)).toBe(0)
  expect(clock.now()).toBe(START + 25_000)
  for (let n = 0; n < 4; n++) await both.hold(options)
  expect(clock.now()).toBe(START + 25_000)
  await both.hold(options)
  expect(clock.now()).toBe(START + 35_000)
  both.extend(50_000)
  expect(await both.hold({ ...options, deadline: clock.now() + 50_000 })).toBe(50_000)
})
