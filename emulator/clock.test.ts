import { expect, test } from 'vitest'
import { makeClock, makeManualClock } from './clock.ts'

test('a clock runs as many times faster than the real one as its rate says', () => {
  let real = 5_000
  const clock = makeClock({ start: 1_000_000, rate: 600, realNow: () => real })
  expect(clock.now()).toBe(1_000_000)
  real += 1_000
  expect(clock.now()).toBe(1_600_000)
})

test('a clock without a rate keeps pace with the real one', () => {
  let real = 0
  const clock = makeClock({ start: 100, realNow: () => real })
  real = 250
  expect(clock.now()).toBe(350)
})

test('a manual clock stands still until it is moved', () => {
  const clock = makeManualClock(10)
  expect(clock.now()).toBe(10)
  clock.advance(5)
  expect(clock.now()).toBe(15)
  clock.set(3)
  expect(clock.now()).toBe(3)
})
