import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readOptions } from './arguments.ts'
import { growth, percentile } from './figures.ts'

test('a percentile is the smallest value that so many of a hundred do not exceed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 100 }),
      (values, percent) => {
        const share = (limit: number) => values.filter(value => value <= limit).length / values.length
        const enough = values.filter(value => share(value) >= percent / 100 - 1e-9)
        expect(percentile(values, percent)).toBe(Math.min(...enough))
      },
    ),
  )
  expect(percentile([], 50)).toBeNaN()
})

test('memory grows by the peak of the last tenth over that of the second, whatever was between', () => {
  const samples = [900, 100, 120, 5_000, 150, 180].map((rss, n) => {
    const at = [0, 10, 19, 50, 90, 100][n] ?? 0
    return { at, rss, blobs: 0, records: 0 }
  })
  expect(growth(samples, 100)).toEqual({ first: 120, last: 180 })
})

test('options are the full week unless told, and a wrong one is named', () => {
  expect(readOptions([])).toEqual({ records: 2_000_000, mailboxes: 500, processes: 2, minutes: 60, clock: 1 })
  expect(readOptions(['--records', '20000', '--clock', '0.5'])).toMatchObject({ records: 20_000, clock: 0.5 })
  expect(() => readOptions(['--mailboxes', '60'])).toThrow('--mailboxes must be a multiple of 50')
  expect(() => readOptions(['--processes', '0'])).toThrow('--processes must be a whole number above 0')
  expect(() => readOptions(['--minute', '1'])).toThrow("'--minute'")
})
