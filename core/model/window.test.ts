import { describe, expect, it } from 'vitest'
import { emptyPane, type Pane, paneOf, tallyIn, tallyName } from './pane.ts'
import { addMember } from './tally.ts'
import { DAY } from './time.ts'
import { crossings, type Limit } from './window.ts'

/** Midnight of a day. */
const T = 20_777 * DAY
const LENGTH = 600

interface Sight {
  readonly at: number
  readonly member?: number
  readonly measure?: string
  readonly session?: string
  readonly weight?: number
}

/** What is found of sightings at seconds after midnight, each of a member of its own unless told; times as given. */
function found(sights: readonly Sight[], limit: Partial<Limit>) {
  const panes = new Map<number, Pane>()
  for (const [n, { at, member = n, measure = 'a', session, weight = 1 }] of sights.entries()) {
    const pane = panes.get(paneOf(T + at)) ?? emptyPane()
    panes.set(paneOf(T + at), pane)
    addMember(tallyIn(pane, tallyName(measure, session)), member, { first: T + at, last: T + at, weight })
  }
  const events = [...new Set(sights.map(({ at }) => T + at))].sort((a, b) => a - b)
  return crossings(panes, events, { measures: ['a'], atLeast: 2, ...limit }).map(one => ({
    ...one,
    start: one.start - T,
    end: one.end - T,
    covers: one.covers.map(([from, to]) => [from - T, to - T]),
  }))
}

const within = { withinMinutes: LENGTH / 60 }

describe('a window', () => {
  it('holds what is less than its length apart', () => {
    expect(found([{ at: 0 }, { at: LENGTH }], within)).toEqual([])
    expect(found([{ at: 0 }, { at: LENGTH - 1 }], within)).toEqual([
      { day: T / DAY, count: 2, start: 0, end: LENGTH - 1, covers: [[0, LENGTH - 1]] },
    ])
  })

  it('that touches another of the day is one with it, and else stands by itself', () => {
    const covers = (...times: number[]) =>
      found(
        times.map(at => ({ at })),
        { ...within, atLeast: 1 },
      )[0]?.covers
    expect(covers(LENGTH - 1, 2 * LENGTH - 1)).toEqual([[0, 2 * LENGTH - 1]])
    expect(covers(LENGTH - 1, 2 * LENGTH)).toEqual([
      [0, LENGTH - 1],
      [LENGTH + 1, 2 * LENGTH],
    ])
  })

  it('holds of each measure as much as is asked for', () => {
    const both = { ...within, also: { measures: ['b'], atLeast: 2 } }
    const a = [{ at: 0 }, { at: 1 }]
    expect(found([...a, { at: 2, measure: 'b' }], both)).toEqual([])
    expect(found([...a, { at: 2, measure: 'b', weight: 2 }], both)).toHaveLength(1)
  })

  it('is not shorter than a pane', () => {
    expect(() => found([{ at: 0 }], { withinMinutes: 9 })).toThrow('9 minutes')
    expect(() => found([{ at: 0 }], { withinMinutes: 10 })).not.toThrow()
  })

  it('of a session counts that session alone, and sessions come by their names', () => {
    const sights = ['b', 'a', 'b', 'a', undefined, undefined].map((session, at) => ({
      at,
      ...(session !== undefined && { session }),
    }))
    const told = found(sights, { ...within, perSession: true })
    expect(told.map(({ session, count }) => [session, count])).toEqual([
      ['a', 2],
      ['b', 2],
    ])
  })
})

describe('a day', () => {
  it('goes from midnight to its last second', () => {
    expect(found([{ at: 0 }, { at: DAY - 1 }], {})).toEqual([
      { day: T / DAY, count: 2, start: 0, end: DAY - 1, covers: [[0, DAY - 1]] },
    ])
    expect(found([{ at: -1 }, { at: 0 }], {})).toEqual([])
    expect(found([{ at: DAY - 1 }, { at: DAY }], {})).toEqual([])
  })

  it('counts a member once, by the most it was given', () => {
    const often = [1, 3, 2].map((weight, n) => ({ at: n * LENGTH, member: 1, weight }))
    expect(found(often, {})).toMatchObject([{ count: 3 }])
  })
})

describe('a sequence', () => {
  const after = { ...within, atLeast: 1, after: { measures: ['b'] } }

  it('is what comes within the length after a first step, or in the same second', () => {
    const told = (first: number, then: number) => found([{ at: first, measure: 'b' }, { at: then }], after)
    expect(told(0, 0)).toMatchObject([{ start: 0, end: 0, count: 1 }])
    expect(told(0, LENGTH - 1)).toMatchObject([{ start: 0, end: LENGTH - 1, count: 1 }])
    expect(told(0, LENGTH)).toEqual([])
    expect(told(1, 0)).toEqual([])
  })
})
