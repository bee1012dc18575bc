import { expect, it } from 'vitest'
import { retryAfter } from './retry-after.ts'

const NOW = Date.UTC(2026, 10, 20, 9, 0, 0)

it.each([
  ['0', 0],
  ['120', 120_000],
  [' 5 ', 5_000],
  ['Fri, 20 Nov 2026 09:00:40 GMT', 40_000],
  ['Friday, 20-Nov-26 09:00:40 GMT', 40_000],
  ['Fri Nov 20 09:00:40 2026', 40_000],
  ['Fri, 20 Nov 2026 08:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['', undefined],
  ['2026', 2_026_000],
])('%j asks for %s ms', (value, ms) => {
  expect(retryAfter(new Headers({ 'Retry-After': value }), NOW)).toBe(ms)
})

it('is undefined without the header', () => {
  expect(retryAfter(new Headers(), NOW)).toBeUndefined()
})

it('counts a date from the Date of the same reply', () => {
  const headers = new Headers({
    Date: 'Fri, 20 Nov 2026 11:59:50 GMT',
    'Retry-After': 'Fri, 20 Nov 2026 12:00:00 GMT',
  })
  expect(retryAfter(headers, NOW)).toBe(10_000)
})
