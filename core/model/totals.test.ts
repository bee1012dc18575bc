import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entriesOf } from './may-reach.ts'
import { emptyPane, type Pane, paneOf, tallyIn, tallyName } from './pane.ts'
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

  it('are left to the panes where one may be beyond its bound', () => {
    const many =
      (count: number) => (visit: (measure: string, pane: number, member: number, weight: number) => void) => {
        for (let member = 0; member < count; member++) visit('a', 7, member, 1)
      }
    expect(totalsOf(many(TALLY_CAP), ['a'])?.get(0)).toBe(TALLY_CAP)
    expect(totalsOf(many(TALLY_CAP + 1), ['a'])).toBeUndefined()
    expect(totalsOf(many(TALLY_CAP + 1), ['b'])?.size).toBe(0)
  })
})
