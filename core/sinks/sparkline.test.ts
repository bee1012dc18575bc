import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grouped, sparkline } from './sparkline.ts'

describe('sparkline', () => {
  it('rises with the bars', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█')
  })

  it('shows one event beside a thousand', () => {
    expect(sparkline([0, 1, 1000], 3)).toBe('▁▂█')
  })

  it('is wider where bars are few', () => {
    expect(sparkline([1, 0, 2], 36)).toBe('▅▅▅▁▁▁███')
    expect(sparkline([], 36)).toBe('')
  })

  it('keeps peaks when it has to shrink', () => {
    expect(grouped([1, 9, 2, 2, 0, 0], 3)).toEqual([9, 2, 0])
  })

  it('is bars and nothing else, and never too wide, for any numbers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double(), { maxLength: 500 }),
        fc.integer({ min: 1, max: 60 }),
        (bars, width) => {
          const line = sparkline(bars, width)
          expect(line).toMatch(/^[▁▂▃▄▅▆▇█]*$/)
          expect(line.length).toBeLessThanOrEqual(width)
        },
      ),
    )
  })
})
