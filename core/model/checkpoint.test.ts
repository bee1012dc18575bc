import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterRound, dueTier, LOOK_BACK, planListing, type Relisted } from './checkpoint.ts'
import { DAY, HOUR, MINUTE } from './time.ts'

const NOW = 1_790_000_000

describe('a plan of listings', () => {
  it('covers what was not listed yet and three hours before, in stretches the API takes, oldest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10 * DAY, max: DAY }), age => {
        const { slices, lost } = planListing(NOW, { listedTo: NOW + age })
        const oldest = NOW - 7 * DAY + 15 * MINUTE
        const from = Math.max(oldest, Math.min(NOW, NOW + age - 3 * HOUR))
        expect([from, ...slices.map(({ to }) => to)]).toEqual([...slices.map(one => one.from), NOW])
        for (const { from, to } of slices) {
          expect(to).toBeGreaterThan(from)
          expect(to - from).toBeLessThanOrEqual(DAY)
        }
        expect(slices).toHaveLength(Math.ceil((NOW - from) / DAY))
        expect(lost).toEqual(NOW + age < oldest ? { from: NOW + age, to: oldest } : undefined)
      }),
    )
  })

  it('of a feed that was never listed begins as far back as the API reaches, and nothing is lost', () => {
    const { slices, lost } = planListing(NOW, undefined)
    expect(slices).toHaveLength(7)
    expect(slices[0]).toEqual({ from: NOW - 7 * DAY + 900, to: NOW - 6 * DAY + 900 })
    expect(lost).toBeUndefined()
  })

  it('tells of nothing lost where the listing reaches exactly as far back as the API', () => {
    expect(planListing(NOW, { listedTo: NOW - 7 * DAY + 900 }).lost).toBeUndefined()
  })

  it('takes the overlap and the margin it is given', () => {
    const { slices } = planListing(NOW, { listedTo: NOW - HOUR }, { overlap: MINUTE })
    expect(slices).toEqual([{ from: NOW - HOUR - MINUTE, to: NOW }])
    expect(planListing(NOW, undefined, { margin: 6 * DAY }).slices).toEqual([{ from: NOW - DAY, to: NOW }])
  })
})

describe('a slow round', () => {
  const reachOf = (now: number, relisted?: Relisted) => dueTier(now, relisted)?.reach

  it('goes a week back where nothing is known of the last', () => {
    expect(reachOf(NOW)).toBe(7 * DAY)
    expect(reachOf(NOW, afterRound(undefined, DAY, NOW))).toBe(7 * DAY)
  })

  it('holds the narrower one: both are due again after their own time, less ten minutes for timers', () => {
    const done = afterRound(undefined, 7 * DAY, NOW)
    expect(reachOf(NOW, done)).toBeUndefined()
    expect(reachOf(NOW + 3 * HOUR - 10 * MINUTE - 1, done)).toBeUndefined()
    expect(reachOf(NOW + 3 * HOUR - 10 * MINUTE, done)).toBe(DAY)
    expect(reachOf(NOW + DAY - 10 * MINUTE - 1, done)).toBe(DAY)
    expect(reachOf(NOW + DAY - 10 * MINUTE, done)).toBe(7 * DAY)
  })

  it('of a day leaves the round of a week where it was', () => {
    const done = afterRound(afterRound(undefined, 7 * DAY, NOW), DAY, NOW + 23 * HOUR)
    expect(reachOf(NOW + 23 * HOUR, done)).toBeUndefined()
    expect(reachOf(NOW + DAY, done)).toBe(7 * DAY)
  })
})

describe('a listing', () => {
  it.each([-10, 0, 10])('never begins too long ago for Microsoft, with a clock %i minutes off', minutes => {
    for (const checkpoint of [undefined, { listedTo: NOW - 9 * DAY }, { listedTo: NOW }]) {
      const { slices } = planListing(NOW + minutes * MINUTE, checkpoint, { overlap: LOOK_BACK })
      expect(slices[0]?.from).toBeGreaterThan(NOW - LOOK_BACK + MINUTE)
    }
  })
})
