import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SinkError } from '../model/errors.ts'
import { fakeClock, ongoing, START, thrownBy } from './loopback.test-kit.ts'
import { withRetries } from './retries.ts'

const reaction = (error: Error) => ({
  retry: error instanceof SinkError && error.code === 'retry',
  retryAfterMs: error instanceof SinkError ? error.retryAfterMs : undefined,
})

it('serves another kind of error with another reaction', async () => {
  const clock = fakeClock()
  const policy = {
    signal: ongoing(),
    deadline: START + 60_000,
    retries: 3,
    firstMs: 100,
    longestMs: 1000,
    reaction,
  }
  const attempt = async (n: number) => {
    if (n < 3) throw new SinkError('retry', 'Not now.')
    return n
  }
  expect(await withRetries(attempt, policy, { ...clock, random: () => 0.99 })).toBe(3)
  expect(clock.waits).toEqual([99, 198])
})

it('never waits past the deadline, nor longer than the ceiling, nor more often than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(6),
      fc.nat(20_000),
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 6, maxLength: 6 }),
      fc.option(fc.nat(9_000), { nil: undefined }),
      async (retries, room, randoms, retryAfterMs) => {
        const clock = fakeClock()
        let draw = 0
        let attempts = 0
        const attempt = async () => {
          attempts++
          throw new SinkError('retry', 'Never.', { retryAfterMs })
        }
        const policy = {
          signal: ongoing(),
          deadline: START + room,
          retries,
          firstMs: 1000,
          longestMs: 4000,
          reaction,
        }
        const random = () => randoms[draw++ % 6] ?? 0
        expect(await thrownBy(withRetries(attempt, policy, { ...clock, random }))).toBeInstanceOf(SinkError)
        expect(attempts).toBeLessThanOrEqual(retries + 1)
        expect(clock.now()).toBeLessThanOrEqual(START + room)
        for (const [i, wait] of clock.waits.entries()) {
          if (retryAfterMs !== undefined) expect(wait).toBe(retryAfterMs)
          else expect(wait).toBeLessThanOrEqual(Math.min(4000, 1000 * 2 ** i))
        }
      },
    ),
    { numRuns: 60 },
  )
})

it('ends with the error it may report instead of the wait that does not fit', async () => {
  const clock = fakeClock()
  const policy = {
    signal: ongoing(),
    deadline: START + 10,
    retries: 3,
    firstMs: 100,
    longestMs: 100,
    reaction,
    postponed: (_: Error, ms: number) => new SinkError('retry', `Later, in ${ms} ms.`),
  }
  const attempt = async () => {
    throw new SinkError('retry', 'Not now.')
  }
  const error = await thrownBy(withRetries(attempt, policy, { ...clock, random: () => 0.5 }))
  expect(error).toMatchObject({ message: 'Later, in 50 ms.' })
})
