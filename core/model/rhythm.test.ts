import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FeedPause, feedPause, hourOf, type Quiet, quietMailbox, weekOf } from './rhythm.ts'

const START = 496_104 // a Thursday, 00:00
const WEEK = 168
const hours = (count: number, from = START) => Array.from({ length: count }, (_, n) => from + n)
const at = (weeks: number, isUsual: (slot: number) => boolean) =>
  hours(weeks * WEEK).filter(hour => isUsual(hour % WEEK))
/** Monday to Friday, nine to five, with day 0 a Thursday. */
const office = (slot: number) => ![2, 3].includes(Math.floor(slot / 24)) && slot % 24 >= 9 && slot % 24 < 17
const always = () => true

/** Hour by hour, as one would do it by hand. */
function quietByHand(
  reads: ReadonlySet<number>,
  signs: ReadonlySet<number>,
  { now, until, after = Number.NEGATIVE_INFINITY }: { now: number; until: number; after?: number },
): Quiet | undefined {
  const [first, last] = [Math.min(...reads), Math.max(...reads)]
  if (reads.size < 20 || last - first < 336 || now - last < 24) return undefined
  let [usual, run] = [0, 0]
  for (let hour = first; hour <= last; hour++) {
    if (reads.has(hour)) run = 0
    else if (signs.has(hour)) run++
    usual = Math.max(usual, run)
  }
  const since = hours(until - last, last + 1).filter(hour => signs.has(hour) && hour > after)
  const [missed] = since
  if (missed === undefined || since.length < 8 || since.length < 4 * usual) return undefined
  return { last, missed, signs: since.length, usual }
}

function pauseByHand(
  content: ReadonlySet<number>,
  elsewhere: ReadonlySet<number>,
  now: number,
): FeedPause | undefined {
  const [first, last] = [Math.min(...content), Math.max(...content)]
  if (content.size === 0 || last - first < 336) return undefined
  const span = hours(last - first + 1, first)
  const isUsual = (hour: number) => {
    const alike = span.filter(other => other % WEEK === hour % WEEK)
    return alike.length > 1 && alike.filter(other => content.has(other)).length / alike.length >= 0.75
  }
  const days = Array.from({ length: 7 }, (_, day) => hours(24, START + day * 24).filter(isUsual).length)
  let [worst, run] = [0, 0]
  for (const hour of span) {
    if (content.has(hour)) run = 0
    else if (isUsual(hour) && elsewhere.has(hour)) run++
    worst = Math.max(worst, run)
  }
  const passed = hours(Math.max(0, now - last - 1), last + 1).filter(isUsual)
  return {
    last,
    usual: passed.length,
    missed: passed.filter(hour => elsewhere.has(hour)).length,
    needed: Math.max(6 + 2 * (Math.max(...days) - Math.min(...days)), 2 * worst),
  }
}

/** Weeks with holes and additions, so that limits are met from both sides; often without, so that some are surely quiet. */
const some = (isUsual: (slot: number) => boolean, weeks = 3) =>
  fc.oneof(fc.constant<ReadonlySet<number>>(new Set(at(weeks, isUsual))), frayed(isUsual, weeks))

const frayed = (isUsual: (slot: number) => boolean, weeks: number) =>
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: weeks * WEEK }), { maxLength: 60 }),
      fc.uniqueArray(fc.integer({ min: 0, max: weeks * WEEK + 60 }), { maxLength: 30 }),
    )
    .map(([out, more]) => {
      const all = new Set(at(weeks, isUsual))
      for (const n of out) all.delete(START + n)
      for (const n of more) all.add(START + n)
      return all as ReadonlySet<number>
    })

it('hours and weeks are counted from 1970 on', () => {
  expect([0, 3_599, 3_600, 7_200].map(hourOf)).toEqual([0, 0, 1, 2])
  expect([0, 167, 168, START].map(weekOf)).toEqual([0, 0, 1, 2_953])
})

describe('a mailbox', () => {
  it('is quiet exactly where counting by hand says so', () => {
    let quiet = 0
    fc.assert(
      fc.property(some(office), some(office, 4), fc.integer({ min: 0, max: 120 }), (reads, signs, wait) => {
        const now = Math.max(...reads) + wait
        for (const until of [now, now - 6, Math.max(...reads)])
          for (const after of [Number.NEGATIVE_INFINITY, now - 40]) {
            const told = quietMailbox(reads, signs, { now, until, after })
            expect(told).toEqual(quietByHand(reads, signs, { now, until, after }))
            if (told) quiet++
          }
      }),
      { numRuns: 200 },
    )
    expect(quiet).toBeGreaterThan(0)
  })

  const reads = new Set(at(2, office).concat(at(3, office).filter(hour => hour === START + 2 * WEEK + 9)))
  const last = Math.max(...reads)
  const following = (count: number) => new Set(hours(count, last + 1))

  it.each([
    ['8 hours with other signs and a day', 8, 24, true],
    ['7 such hours', 7, 24, false],
    ['8 such hours in less than a day', 8, 23, false],
    ['a week without any sign: its owner is away', 0, 168, false],
  ])('after %s: quiet or not', (_, signs, wait, isQuiet) => {
    const now = last + wait
    expect(quietMailbox(reads, following(signs), { now, until: now }) !== undefined).toBe(isQuiet)
  })

  it('of somebody who often works for hours without reading is quiet after four times as many', () => {
    const used = new Set([...at(2, office).filter((_, n) => n % 4 === 0), last])
    const signs = (count: number) => new Set([...at(2, office), ...hours(count, last + 1)])
    const asked = { now: last + 60, until: last + 60 }
    const usual = quietMailbox(used, signs(60), asked)?.usual ?? 0
    expect(usual).toBeGreaterThan(2)
    expect(quietMailbox(used, signs(4 * usual), asked)).toMatchObject({ signs: 4 * usual })
    expect(quietMailbox(used, signs(4 * usual - 1), asked)).toBeUndefined()
  })

  it('has no habit with reads in fewer than twenty hours', () => {
    const read = (count: number) => new Set(hours(count).map(hour => START + 24 * (hour - START)))
    const asked = (count: number) => {
      const now = Math.max(...read(count)) + 40
      return quietMailbox(read(count), new Set(hours(39, now - 39)), { now, until: now })
    }
    expect(asked(20)).toMatchObject({ signs: 39 })
    expect(asked(19)).toBeUndefined()
    expect(
      quietMailbox(new Set(), new Set(hours(50)), { now: START + 50, until: START + 50 }),
    ).toBeUndefined()
  })

  it('is not known before two full weeks', () => {
    const young = new Set([...reads].filter(hour => hour > Math.min(...reads)))
    const asked = { now: last + 48, until: last + 48 }
    expect(quietMailbox(reads, following(40), asked)).toBeDefined()
    expect(quietMailbox(young, following(40), asked)).toBeUndefined()
  })
})

describe('a feed', () => {
  it('pauses exactly as long as counting by hand says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(office, always).chain(isUsual => fc.tuple(some(isUsual), some(always))),
        fc.integer({ min: 0, max: 120 }),
        ([content, elsewhere], wait) => {
          const now = Math.max(...content) + wait
          expect(feedPause(content, elsewhere, now)).toEqual(pauseByHand(content, elsewhere, now))
        },
      ),
      { numRuns: 60 },
    )
  })

  const everywhere = new Set(hours(8 * WEEK))
  const missing = (isUsual: (slot: number) => boolean, gone: number) => {
    const content = new Set(at(3, isUsual))
    const { missed = 0, needed = 0 } = feedPause(content, everywhere, Math.max(...content) + 1 + gone) ?? {}
    return missed >= needed
  }

  it('is not known before two full weeks', () => {
    const pause = (count: number) => feedPause(new Set(hours(count)), everywhere, START + count + 5)
    expect(pause(336)).toBeUndefined()
    expect(pause(337)).toMatchObject({ last: START + 336, missed: 5 })
    expect(feedPause(new Set(), everywhere, START)).toBeUndefined()
  })

  it('that was missed for long before is silent after twice as long', () => {
    const content = new Set(at(5, always))
    for (const hour of hours(10, START + 400)) content.delete(hour)
    expect(feedPause(content, everywhere, START + 5 * WEEK + 19)).toMatchObject({ missed: 19, needed: 20 })
  })

  it('that never pauses is silent after six hours', () => {
    expect(missing(always, 5)).toBe(false)
    expect(missing(always, 6)).toBe(true)
  })

  it('of an office is not silent over two public holidays, and is after six hours of a third day', () => {
    // The three weeks end on a Wednesday at 17:00, and nothing comes on Thursday and Friday.
    const monday = 7 + 4 * 24
    expect(missing(office, monday + 9)).toBe(false)
    expect(missing(office, monday + 14)).toBe(false)
    expect(missing(office, monday + 15)).toBe(true)
  })

  it('is not silent while everything else is', () => {
    const content = new Set(at(3, always))
    const pause = feedPause(content, content, Math.max(...content) + 100)
    expect(pause).toMatchObject({ missed: 0, usual: 99 })
  })
})
