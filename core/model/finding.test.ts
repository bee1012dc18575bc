import fc from 'fast-check'
import { expect, it } from 'vitest'
import { supersedes } from './finding.ts'
import { SEVERITIES } from './severity.ts'

const few = fc.nat(2)
const state = fc.record({
  severity: fc.constantFrom(...SEVERITIES),
  basis: few,
  count: few,
  start: few,
  end: few,
})

it('a state goes before another by severity, records seen, count, an earlier start, a later end', () => {
  fc.assert(
    fc.property(state, state, (next, known) => {
      const order = (one: typeof next) =>
        [SEVERITIES.indexOf(one.severity), one.basis, one.count, 2 - one.start, one.end].join('')
      expect(supersedes(next, known)).toBe(order(next) > order(known))
    }),
    { numRuns: 1_000 },
  )
})
