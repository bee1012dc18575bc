import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entriesOf, makeMayReach } from './may-reach.ts'
import { emptyPane, PANE, type Pane, paneOf, tallyIn, tallyName } from './pane.ts'
import { addMember } from './tally.ts'
import { crossings, type Limit } from './window.ts'

const START = 20_777 * 86_400

type Sight = readonly [measure: string, session: string | undefined, member: number, at: number]

const sights: fc.Arbitrary<Sight[]> = fc.array(
  fc.tuple(
    fc.constantFrom('read', 'heavy'),
    fc.constantFrom(undefined, 's1', 's2'),
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: -100 * 60, max: 100 * 60 }),
  ),
  { maxLength: 40 },
)

const limit: fc.Arbitrary<Limit> = fc.record(
  {
    measures: fc.constantFrom(['read'], ['heavy'], ['read', 'heavy'], ['nothing']),
    atLeast: fc.integer({ min: 1, max: 14 }),
    withinMinutes: fc.constantFrom(10, 15, 30, 60, 1440),
    perSession: fc.constant(true as const),
  },
  { requiredKeys: ['measures', 'atLeast'] },
)

function panesOf(seen: readonly Sight[]): Map<number, Pane> {
  const panes = new Map<number, Pane>()
  for (const [measure, session, member, offset] of seen) {
    const at = START + offset
    const pane = panes.get(paneOf(at)) ?? emptyPane()
    panes.set(paneOf(at), pane)
    const span = { first: at, last: at, weight: measure === 'heavy' ? 3 : 1 }
    addMember(tallyIn(pane, tallyName(measure, session)), measure === 'heavy' ? -member : member, span)
  }
  return panes
}

const eventsOf = (seen: readonly Sight[]) =>
  [...new Set(seen.map(([, , , at]) => START + at))].sort((a, b) => a - b)

describe('what may reach a limit', () => {
  it('is everything that reaches it', () => {
    fc.assert(
      fc.property(sights, limit, (seen, one) => {
        const panes = panesOf(seen)
        if (crossings(panes, eventsOf(seen), one).length === 0) return
        expect(makeMayReach(entriesOf(panes))(one)).toBe(true)
      }),
      { numRuns: 2_000, seed: 1 },
    )
  })

  it('is not what repeats itself, nor what lies further apart than the window', () => {
    const reads = { measures: ['read'], atLeast: 3, withinMinutes: 30 }
    const mayReach = (seen: readonly Sight[]) => makeMayReach(entriesOf(panesOf(seen)))(reads)
    expect(mayReach([0, 1, 2, 3, 4].map(n => ['read', undefined, n % 2, n * PANE]))).toBe(false)
    expect(mayReach([0, 1, 2, 3, 4].map(n => ['read', undefined, n, 4 * n * PANE]))).toBe(false)
    expect(mayReach([0, 1, 2].map(n => ['read', undefined, n, n * PANE]))).toBe(true)
  })

  it('is not what lies days apart, where the window is a day', () => {
    const panes = panesOf([0, 1, 2].map(n => ['read', undefined, n, 2 * n * 86_400]))
    const mayReach = makeMayReach(entriesOf(panes))
    expect(mayReach({ measures: ['read'], atLeast: 1 })).toBe(true)
    expect(mayReach({ measures: ['read'], atLeast: 2 })).toBe(false)
  })

  it('is found in whatever order things were seen', () => {
    const seen: Sight[] = [
      ['read', undefined, 1, 0],
      ['read', undefined, 2, 0],
      ['heavy', undefined, 9, 20 * PANE],
      ['read', undefined, 3, PANE],
    ]
    const reads = { measures: ['read'], atLeast: 3, withinMinutes: 30 }
    expect(makeMayReach(entriesOf(panesOf(seen)))(reads)).toBe(true)
  })
})
