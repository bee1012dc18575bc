import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boundPane,
  emptyPane,
  measureOf,
  mergePane,
  type Pane,
  paneOf,
  sessionOf,
  tallyIn,
  tallyName,
} from './pane.ts'
import { addMember, TALLY_CAP } from './tally.ts'

interface Sight {
  readonly id: string
  readonly at: number
  readonly measure: string
}

/** What an id was seen at follows from the id, as it does from a record's. */
const sight = fc
  .record({ id: fc.nat(8), measure: fc.constantFrom('a', 'b') })
  .map(({ id, measure }): Sight => ({ id: `r${id}`, at: id % 3, measure }))

function paneWith(sights: readonly Sight[]): Pane {
  const pane = emptyPane()
  for (const { id, at, measure } of sights) {
    addMember(tallyIn(pane, measure), Number(id.slice(1)), { first: at, last: at, weight: 1 })
    pane.records.set(id, { at, context: { actor: id } })
  }
  return pane
}

const inOrder = <T>(entries: Iterable<readonly [string, T]>) =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
const held = ({ tallies, records }: Pane) => ({
  tallies: inOrder([...tallies].map(([name, tally]) => [name, [...tally.keys()].sort()] as const)),
  records: inOrder(records),
})

describe('a pane', () => {
  it('is ten minutes long', () => {
    expect([0, 599, 600, 1_199, 1_200].map(paneOf)).toEqual([0, 0, 1, 1, 2])
  })

  it('merged with another holds what either holds', () => {
    fc.assert(
      fc.property(fc.array(sight), fc.array(sight), (one, other) => {
        const into = paneWith(one)
        mergePane(into, paneWith(other))
        expect(held(into)).toEqual(held(paneWith([...one, ...other])))
      }),
    )
  })

  it('is cut to the smallest members of each tally and the oldest records, of one second by their ids', () => {
    fc.assert(
      fc.property(fc.array(sight), fc.integer({ min: 1, max: 6 }), (sights, cap) => {
        const pane = paneWith(sights)
        const { tallies, records } = held(pane)
        boundPane(pane, cap)
        const oldest = records.toSorted(([a, x], [b, y]) => x.at - y.at || Number(a > b) - 0.5)
        expect(held(pane)).toEqual({
          tallies: tallies.map(([name, members]) => [name, members.slice(0, cap)]),
          records: inOrder(oldest.slice(0, cap)),
        })
      }),
    )
  })

  it('holds as many records as a tally holds members, unless told', () => {
    const pane = emptyPane()
    for (let n = 0; n <= TALLY_CAP; n++) pane.records.set(`r${n}`, { at: n, context: { actor: '' } })
    boundPane(pane)
    expect(pane.records.size).toBe(TALLY_CAP)
    expect(pane.records.has(`r${TALLY_CAP}`)).toBe(false)
  })
})

describe('the name of a tally', () => {
  it('tells its measure, and its session where it has one', () => {
    const text = fc.string({ maxLength: 4 })
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), (measure, session) => {
        const name = tallyName(measure, session)
        expect([measureOf(name), sessionOf(name)]).toEqual([measure, session])
      }),
    )
  })
})
