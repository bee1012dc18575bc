import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Usual } from './detection.ts'
import {
  type History,
  holds,
  isNew,
  type Lessons,
  learned,
  NOTHING_KNOWN,
  termName,
  type UsualDay,
  usualOf,
} from './history.ts'

const TODAY = 20_000

const plain = (history: History) => ({
  ...history,
  terms: new Map([...history.terms].sort(([a], [b]) => (a < b ? -1 : 1))),
  totals: new Map([...history.totals].sort(([a], [b]) => (a < b ? -1 : 1))),
})

const lessons: fc.Arbitrary<Lessons> = fc.record({
  terms: fc.array(
    fc.tuple(
      fc.constantFrom('a', 'b').map(value => termName('network', value)),
      fc.integer({ min: TODAY - 70, max: TODAY }),
    ),
    { maxLength: 12 },
  ),
  totals: fc.array(
    fc.tuple(fc.constantFrom('own', 'others'), fc.integer({ min: TODAY - 40, max: TODAY }), fc.nat(500)),
    { maxLength: 12 },
  ),
})

const all = (parts: readonly Lessons[]): Lessons => ({
  terms: parts.flatMap(({ terms }) => terms),
  totals: parts.flatMap(({ totals }) => totals),
})

const learnedAll = (parts: readonly Lessons[], keep?: number) =>
  parts.reduce<History>((history, part) => learned(history, part, keep), NOTHING_KNOWN)

describe('a history', () => {
  it('is the same in whatever order and however often it is learned', () => {
    fc.assert(
      fc.property(fc.array(lessons, { maxLength: 5 }), parts => {
        const forever = Number.POSITIVE_INFINITY
        const expected = plain(learned(NOTHING_KNOWN, all(parts), forever))
        expect(plain(learnedAll([...parts].reverse(), forever))).toEqual(expected)
        expect(plain(learnedAll([...parts, ...parts], forever))).toEqual(expected)
        for (const part of parts) expect(holds(expected, part)).toBe(true)
      }),
    )
  })

  it('calls new what none of the thirty days before saw, once the subject is known for a week', () => {
    fc.assert(
      fc.property(lessons, fc.integer({ min: TODAY - 30, max: TODAY }), (given, day) => {
        const history = learned(NOTHING_KNOWN, given, Number.POSITIVE_INFINITY)
        const days = [...given.terms, ...given.totals].map(([, seen]) => seen)
        const known = days.some(seen => seen <= day - 7)
        const seen = given.terms.some(
          ([name, at]) => name === termName('network', 'a') && at < day && at >= day - 30,
        )
        expect(isNew(history, 'network', 'a', day)).toBe(known && !seen)
      }),
    )
  })

  it('holds exactly those lessons that would teach it nothing', () => {
    const open = fc.option(fc.integer({ min: TODAY - 2, max: TODAY }), { nil: undefined })
    const some = fc
      .tuple(lessons, open)
      .map(([given, day]): Lessons => ({ ...given, ...(day !== undefined && { open: day }) }))
    const part = (given: Lessons) =>
      fc
        .tuple(fc.subarray([...given.terms]), fc.subarray([...given.totals]), open)
        .map(([terms, totals, day]): Lessons => ({ terms, totals, ...(day !== undefined && { open: day }) }))
    const pair = some.chain(given => fc.tuple(fc.constant(given), fc.oneof(some, part(given))))
    fc.assert(
      fc.property(pair, ([given, more]) => {
        const forever = Number.POSITIVE_INFINITY
        const history = learned(NOTHING_KNOWN, given, forever)
        const after = learned(history, more, forever)
        const known = (one: History) => ({ ...plain(one), since: undefined })
        expect(holds(history, more)).toBe(isDeepStrictEqual(known(after), known(history)))
      }),
    )
  })

  it('knows the first day of the subject and the one still open, also after they are forgotten', () => {
    const first = learned(NOTHING_KNOWN, { open: 900, terms: [['x', 900]], totals: [['own', 800, 5]] })
    expect(first).toMatchObject({ since: 800, open: 900 })
    expect([...first.terms.keys(), ...first.totals.keys()]).toEqual(['x'])
    expect(learned(first, { open: 899, terms: [], totals: [] })).toMatchObject({ since: 800, open: 900 })
    const later = learned(first, { open: 960, terms: [], totals: [] })
    expect(later).toEqual({ since: 800, open: 960, terms: new Map(), totals: new Map() })
    expect(learned(NOTHING_KNOWN, { terms: [], totals: [] })).toEqual(NOTHING_KNOWN)
  })

  it('has its days in order, and of a total the most there was', () => {
    const { terms, totals } = learned(NOTHING_KNOWN, {
      terms: [3, 1, 2, 1].map(day => ['x', TODAY + day]),
      totals: [
        ['own', TODAY + 2, 4],
        ['own', TODAY + 1, 7],
        ['own', TODAY + 2, 3],
      ],
    })
    expect([...terms]).toEqual([['x', [TODAY + 1, TODAY + 2, TODAY + 3]]])
    expect([...(totals.get('own') ?? [])]).toEqual([
      [TODAY + 1, 7],
      [TODAY + 2, 4],
    ])
  })

  it('drops of too many terms those seen longest ago, of one day the last by name', () => {
    const many = Array.from({ length: 1_001 }, (_, n) => `n${n + 1_000}`)
    const keptOf = (terms: Lessons['terms']) => {
      const { terms: kept } = learned(NOTHING_KNOWN, { terms, totals: [] })
      return many.filter(name => !kept.has(name))
    }
    expect(keptOf(many.map(name => [name, TODAY]))).toEqual(['n2000'])
    expect(keptOf(many.toReversed().map(name => [name, TODAY]))).toEqual(['n2000'])
    expect(keptOf(many.map((name, n) => [name, TODAY - (n === 5 ? 1 : 0)]))).toEqual(['n1005'])
    expect(keptOf(many.slice(1).map(name => [name, TODAY]))).toEqual(['n1000'])
  })

  it('keeps two months behind its newest day, and the thousand terms seen last', () => {
    const old: Lessons = { terms: [['x', TODAY - 60]], totals: [['own', TODAY - 60, 5]] }
    const many = Array.from({ length: 1_200 }, (_, n) => [`n${n}`, TODAY - (n < 300 ? 1 : 0)] as const)
    const history = learned(learned(NOTHING_KNOWN, old), { terms: many, totals: [] })
    expect(history.since).toBe(TODAY - 60)
    expect(history.totals.size).toBe(0)
    expect(history.terms.size).toBe(1_000)
    expect(history.terms.has('n300')).toBe(true)
    expect(history.terms.has('x')).toBe(false)
    const late = learned(learned(NOTHING_KNOWN, { terms: [['y', TODAY]], totals: [] }), old)
    expect([...late.terms.keys(), ...late.totals.keys()]).toEqual(['y'])
    expect(learned(NOTHING_KNOWN, { ...old, open: TODAY - 1 }).terms.has('x')).toBe(true)
    expect(learned(NOTHING_KNOWN, { ...old, open: TODAY }).terms.has('x')).toBe(false)
  })
})

const isWeekend = (day: number) => [0, 6].includes(new Date(day * 86_400_000).getUTCDay())

/** The smallest value that at least `part` of the values do not exceed. */
const nearestRank = (values: readonly number[], part: number) =>
  values
    .toSorted((a, b) => a - b)
    .find(value => values.filter(one => one <= value).length >= part * values.length) ?? 0

function byHand(
  given: readonly (readonly [number, number])[],
  { by, times, days, minDays }: Usual,
  today: number,
): UsualDay | undefined {
  const before = given.filter(([day, total]) => day < today && day >= today - days && total > 0)
  if (before.length < minDays) return undefined
  const alike = before.filter(([day]) => isWeekend(day) === isWeekend(today))
  const totals = (alike.length >= 4 ? alike : before).map(([, total]) => total)
  const median = nearestRank(totals, 0.5)
  const workdays = Array.from({ length: days }, (_, n) => today - 1 - n)
    .filter(day => !isWeekend(day) && before.some(([seen]) => seen <= day))
    .map(day => before.find(([seen]) => seen === day)?.[1] ?? 0)
  const end = workdays.findIndex(total => total >= median / 2)
  const quiet = end < 0 ? workdays : workdays.slice(0, end)
  const piled = quiet.reduce((sum, total) => sum + median - total, 0)
  if (by === 'p95') return { median, limit: times * nearestRank(totals, 0.95) + piled, days: totals.length }
  const deviation = nearestRank(
    totals.map(total => Math.abs(total - median)),
    0.5,
  )
  const busy = nearestRank(
    before.map(([, total]) => total),
    0.9,
  )
  const limit = Math.max(median + times * Math.max(deviation, median / 10) + piled, 1.5 * busy)
  return { median, limit, days: totals.length }
}

describe('what is usual', () => {
  /** Day 0 was a Thursday, so `MONDAY` is one. */
  const MONDAY = 20_000 - ((20_000 + 3) % 7)
  const usual = { by: 'mad', times: 5, days: 30, minDays: 10 } as const
  const ofDays = (days: Iterable<readonly [number, number]>) => ({
    ...NOTHING_KNOWN,
    totals: new Map([['own', new Map(days)]]),
  })
  const workdays = (total: (n: number) => number) =>
    ofDays(
      Array.from({ length: 28 }, (_, n) => MONDAY - 1 - n)
        .filter(day => (day + 4) % 7 !== 0 && (day + 4) % 7 !== 6)
        .map((day, n) => [day, total(n)] as const),
    )

  it('is not known from fewer days than asked for', () => {
    expect(usualOf(ofDays([[MONDAY - 1, 100]]), 'own', MONDAY, usual)).toBeUndefined()
    expect(usualOf(NOTHING_KNOWN, 'own', MONDAY, usual)).toBeUndefined()
  })

  it('is the median, and stands out by deviations of at least a tenth of it, and beyond the busy days', () => {
    expect(
      usualOf(
        workdays(() => 100),
        'own',
        MONDAY,
        usual,
      ),
    ).toEqual({ median: 100, limit: 150, days: 20 })
    const swinging = usualOf(
      workdays(n => (n % 2 === 0 ? 60 : 140)),
      'own',
      MONDAY,
      usual,
    )
    expect(swinging).toEqual({ median: 60, limit: 1.5 * 140, days: 20 })
  })

  it('is three times the 95th percentile where that is asked for', () => {
    const found = usualOf(
      workdays(n => 20 - n),
      'own',
      MONDAY,
      { by: 'p95', times: 3, days: 30, minDays: 10 },
    )
    expect(found).toEqual({ median: 10, limit: 57, days: 20 })
  })

  it('compares weekends with weekends where there are four of them', () => {
    const days = Array.from({ length: 28 }, (_, n) => MONDAY - 1 - n)
    const busy = (day: number) => ((day + 4) % 7 === 0 || (day + 4) % 7 === 6 ? 10 : 100)
    const history = ofDays(days.map(day => [day, busy(day)] as const))
    expect(usualOf(history, 'own', MONDAY + 5, { ...usual, minDays: 5 })).toMatchObject({
      median: 10,
      days: 8,
    })
    expect(usualOf(history, 'own', MONDAY, usual)).toMatchObject({ median: 100, days: 20 })
    const asked = { ...usual, minDays: 5 }
    const lately = (count: number) =>
      usualOf(ofDays(days.slice(0, count).map(day => [day, busy(day)])), 'own', MONDAY + 5, asked)
    expect(lately(14)).toMatchObject({ median: 10, days: 4 })
    expect(lately(13)).toMatchObject({ median: 10, days: 4 })
    expect(lately(8)).toMatchObject({ median: 100, days: 8 })
  })

  it('includes what piled up on the working days before on which little was read', () => {
    const history = workdays(() => 100)
    const p95 = { by: 'p95', times: 3, days: 30, minDays: 10 } as const
    expect(usualOf(history, 'own', MONDAY + 1, p95)?.limit).toBe(300 + 100)
    expect(usualOf(history, 'own', MONDAY + 7, p95)?.limit).toBe(300 + 5 * 100)
    expect(usualOf(history, 'own', MONDAY + 7, usual)?.limit).toBe(150 + 5 * 100)
    expect(usualOf(history, 'own', MONDAY, p95)?.limit).toBe(300)
    history.totals.get('own')?.set(MONDAY - 3, 20)
    expect(usualOf(history, 'own', MONDAY, p95)?.limit).toBe(300 + 80)
    history.totals.get('own')?.set(MONDAY - 3, 50)
    expect(usualOf(history, 'own', MONDAY, p95)?.limit).toBe(300)
  })

  it('of days of one kind can be of two volumes, as of a job that fetches the mail of the day before', () => {
    const days = Array.from({ length: 28 }, (_, n) => MONDAY - 1 - n)
    const nightly = (day: number) => ((day + 4) % 7 === 0 || (day + 4) % 7 === 1 ? 60 : 600)
    const history = ofDays(days.map(day => [day, nightly(day)] as const))
    const saturday = MONDAY + 5
    expect(usualOf(history, 'own', saturday, usual)).toEqual({ median: 60, limit: 900, days: 8 })
  })

  it('is what is worked out by hand', () => {
    const totals = fc.uniqueArray(
      fc.tuple(fc.integer({ min: MONDAY - 40, max: MONDAY + 10 }), fc.oneof(fc.nat(9), fc.nat(500))),
      { selector: ([day]) => day, maxLength: 50 },
    )
    const question = fc.record({
      by: fc.constantFrom('p95' as const, 'mad' as const),
      times: fc.constantFrom(1.5, 3),
      days: fc.constantFrom(9, 30),
      minDays: fc.integer({ min: 1, max: 6 }),
    })
    fc.assert(
      fc.property(totals, question, fc.nat(9), (given, asked, n) => {
        expect(usualOf(ofDays(given), 'own', MONDAY + n, asked)).toEqual(byHand(given, asked, MONDAY + n))
      }),
      { numRuns: 300 },
    )
  })

  it('rests on the days before alone', () => {
    const history = workdays(() => 100)
    history.totals.get('own')?.set(MONDAY, 5_000)
    expect(usualOf(history, 'own', MONDAY, usual)?.median).toBe(100)
  })
})
