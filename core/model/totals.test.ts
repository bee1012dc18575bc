import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entriesOf } from './may-reach.ts'
import { emptyPane, PANE, type Pane, paneOf, tallyIn, tallyName } from './pane.ts'
import { addMember, TALLY_CAP } from './tally.ts'
import { totalsOf } from './totals.ts'
import { crossings } from './window.ts'

/** A member of one of three measures at a time within three days; its weight follows from its number. */
const sights = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 3 * 86_400 - 1 }),
    member: fc.nat(12),
    measure: fc.constantFrom('a', 'b', 'c'),
    session: fc.constantFrom(undefined, 's'),
  }),
)

describe('daily totals', () => {
  it('are what a limit of the whole day counts', () => {
    fc.assert(
      fc.property(sights, fc.subarray(['a', 'b', 'c'], { minLength: 1 }), (seen, measures) => {
        const panes = new Map<number, Pane>()
        for (const { at, member, measure, session } of seen) {
          const pane = panes.get(paneOf(at)) ?? emptyPane()
          panes.set(paneOf(at), pane)
          addMember(tallyIn(pane, tallyName(measure, session)), member, {
            first: at,
            last: at,
            weight: member + 1,
          })
        }
        const expected = crossings(panes, [], { measures, atLeast: 1 }).map(({ day, count }) => [day, count])
        const byDay = ([a = 0]: number[], [b = 0]: number[]) => a - b
        expect([...(totalsOf(entriesOf(panes), measures) ?? [])].sort(byDay)).toEqual(expected.sort(byDay))
      }),
    )
  })

  it('weigh a member by the most it was given that day, and each day by itself', () => {
    const day = 86_400 / PANE
    const given = [
      [7, 1, 1],
      [8, 1, 3],
      [7, 1, 2],
      [7, 2, 1],
      [day, 1, 1],
    ] as const
    const totals = totalsOf(
      visit => {
        for (const [pane, member, weight] of given) visit('a', pane, member, weight)
      },
      ['a'],
    )
    expect(totals).toEqual(
      new Map([
        [0, 4],
        [1, 1],
      ]),
    )
  })

  it('are left to the panes where one may be beyond its bound', () => {
    const many =
      (count: number) => (visit: (measure: string, pane: number, member: number, weight: number) => void) => {
        for (let member = 0; member < count; member++) visit('a', 7, member, 1)
      }
    expect(totalsOf(many(TALLY_CAP), ['a'])?.get(0)).toBe(TALLY_CAP)
    expect(totalsOf(many(TALLY_CAP + 1), ['a'])).toBeUndefined()
    expect(totalsOf(many(TALLY_CAP + 1), ['b'])?.size).toBe(0)
    const inTurns =
      (count: number) => (visit: (measure: string, pane: number, member: number, weight: number) => void) => {
        for (let member = 0; member < count; member++) for (const pane of [7, 8]) visit('a', pane, member, 1)
      }
    expect(totalsOf(inTurns(TALLY_CAP), ['a'])?.get(0)).toBe(TALLY_CAP)
    expect(totalsOf(inTurns(TALLY_CAP + 1), ['a'])).toBeUndefined()
  })
})
