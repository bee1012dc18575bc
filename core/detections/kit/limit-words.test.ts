import { expect, it } from 'vitest'
import type { Term } from '../../model/detection.ts'
import { limitWords } from './limit-words.ts'

const term: Term = { id: 't', counts: 'messages read', measures: ['a'], atLeast: 1, severity: 'low' }

it.each<[string, Partial<Term>]>([
  ['one or more messages read', {}],
  ['1,000 or more messages read, within 24 hours', { atLeast: 1000, withinMinutes: 1440 }],
  ['3 or more messages read, in a UTC day', { atLeast: 3 }],
  [
    '5 or more messages read, within one hour, and 2 or more of: readers',
    { atLeast: 5, withinMinutes: 60, also: { measures: ['readers'], atLeast: 2 } },
  ],
  [
    'one or more messages read, within 7 days, each after: grant',
    { withinMinutes: 10_080, after: { measures: ['grant'] } },
  ],
  ['one or more messages read, new in 30 days: client and network', { fresh: ['client', 'network'] }],
  [
    '300 or more messages read, and above what is usual (3 times the 95th percentile of 14 days), within 24 hours',
    { atLeast: 300, withinMinutes: 1440, above: { by: 'p95', times: 3, days: 14, minDays: 5 } },
  ],
])('%s', (words, change) => {
  expect(limitWords({ ...term, ...change })).toBe(words)
})
