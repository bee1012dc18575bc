import { expect, it } from 'vitest'
import type { Term } from './detection.ts'
import { type Kind, kindOf, kindsOf } from './kinds.ts'

const term: Term = { id: 't', counts: 'things', measures: ['a'], atLeast: 1, severity: 'low' }

it.each<[Kind, Partial<Term>]>([
  ['record', {}],
  ['window', { withinMinutes: 60 }],
  ['window', { atLeast: 2 }],
  ['baseline', { withinMinutes: 60, above: { by: 'p95', times: 3, days: 14, minDays: 5 } }],
  ['new_terms', { fresh: ['client'] }],
  ['sequence', { withinMinutes: 60, after: { measures: ['b'] } }],
])('a limit is of kind %s', (kind, change) => {
  expect(kindOf({ ...term, ...change })).toBe(kind)
})

it('a detection is of the kinds of its limits, each once, the most demanding first', () => {
  const terms = [{}, { atLeast: 5 }, {}, { fresh: ['client'] }].map(change => ({ ...term, ...change }))
  expect(kindsOf({ terms })).toEqual(['new_terms', 'window', 'record'])
  expect(kindsOf({ terms: [] })).toEqual([])
})
