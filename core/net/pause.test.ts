import { expect, it } from 'vitest'
import { fakeClock, ongoing, START } from './loopback.test-kit.ts'
import { makePause } from './pause.ts'

const always = { deadline: Number.POSITIVE_INFINITY, waited: 0 }

it('lets everybody through until somebody extends it', async () => {
  const clock = fakeClock()
  expect(await makePause(clock).hold({ signal: ongoing(), ...always })).toBe(0)
  expect(clock.waits).toEqual([])
})

it('is never shortened', async () => {
  const clock = fakeClock()
  const pause = makePause(clock)
  pause.extend(1000)
  pause.extend(10)
  await pause.hold({ signal: ongoing(), ...always })
  expect(clock.now()).toBe(START + 1000)
})

it('holds on when it is extended during the wait', async () => {
  const clock = fakeClock()
  const pause = makePause({
    now: clock.now,
    sleep: async (ms, signal) => {
      if (clock.waits.length === 0) pause.extend(3000)
      await clock.sleep(ms, signal)
    },
  })
  pause.extend(1000)
  expect(await pause.hold({ signal: ongoing(), ...always })).toBe(0)
  expect(clock.now()).toBe(START + 3000)
})

it('does not wait again for an end the caller has slept to, on a clock that stands still', async () => {
  let sleeps = 0
  const pause = makePause({
    now: () => START,
    sleep: async () => {
      sleeps++
    },
  })
  const waited = pause.extend(1000)
  expect(await pause.hold({ signal: ongoing(), deadline: Number.POSITIVE_INFINITY, waited })).toBe(0)
  expect(sleeps).toBe(0)
  expect(await pause.hold({ signal: ongoing(), ...always })).toBe(0)
  expect(sleeps).toBe(1)
})

it('says what is left, and does not wait, when its end lies beyond the deadline or the run is over', async () => {
  const clock = fakeClock()
  const pause = makePause(clock)
  pause.extend(1000)
  expect(await pause.hold({ signal: ongoing(), deadline: START + 1000, waited: 0 })).toBe(1000)
  expect(await pause.hold({ signal: AbortSignal.abort(), ...always })).toBe(1000)
  expect(clock.waits).toEqual([])
})
