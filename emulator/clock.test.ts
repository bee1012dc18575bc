import { expect, test } from 'vitest'
import { makeClock, makeManualClock, makeSleeper } from './clock.ts'

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

test('whoever waits on a clock that stands still moves it, the first to be due before the others', async () => {
  const clock = makeManualClock(1_000)
  const wait = makeSleeper(clock)
  const woke: string[] = []
  const note = (name: string) => () => void woke.push(`${name} at ${clock.now()}`)
  const late = wait(500).then(note('late'))
  const early = wait(100)
    .then(note('early'))
    .then(() => wait(50))
    .then(note('early again'))
  await Promise.all([late, early])
  expect(woke).toEqual(['early at 1100', 'early again at 1150', 'late at 1500'])
})
