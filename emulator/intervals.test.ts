import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uncovered } from './intervals.ts'

test('what several intervals leave open is found whatever their order and overlap', () => {
  const bound = fc.integer({ min: -5, max: 40 })
  const interval = fc.record({ from: bound, to: bound })
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 6 }), covers => {
      const holes = uncovered({ from: 0, to: 30 }, covers)
      for (let t = 0; t < 30; t++) {
        const covered = covers.some(({ from, to }) => t >= from && t < to)
        expect(holes.some(({ from, to }) => t >= from && t < to)).toBe(!covered)
      }
      expect(holes.every(({ from, to }) => from < to && from >= 0 && to <= 30)).toBe(true)
    }),
  )
})
