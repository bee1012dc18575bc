import { describe, expect, it } from 'vitest'
import { clockLine, count, lateLine, span } from './clock.ts'

const at = (day: number, hour: number, minute: number): number => Date.UTC(2026, 10, day, hour, minute) / 1000

describe('clockLine', () => {
  it('names the day once', () => {
    const clock = { start: at(20, 9, 2), end: at(20, 9, 41), delivered: at(20, 10, 18) }
    expect(clockLine(clock, at(20, 10, 20))).toBe(
      'Happened 20 Nov 2026 09:02–09:41 · Microsoft delivered 10:18 · posted 10:20 UTC',
    )
  })

  it('names each day where they differ', () => {
    const clock = { start: at(19, 23, 50), end: at(20, 0, 10), delivered: at(20, 1, 0) }
    expect(clockLine(clock, at(21, 1, 5))).toBe(
      'Happened 19 Nov 2026 23:50 – 20 Nov 2026 00:10 · Microsoft delivered 01:00 · posted 21 Nov 2026 01:05 UTC',
    )
  })

  it('gives one time for a moment and says that delivery is not known', () => {
    const clock = { start: at(20, 14, 7), end: at(20, 14, 7) }
    expect(clockLine(clock, at(20, 15, 20))).toBe(
      'Happened 20 Nov 2026 14:07 · when Microsoft delivered it is not known · posted 15:20 UTC',
    )
  })

  it('says that we saw it ourselves', () => {
    const clock = { start: at(20, 14, 7), end: at(20, 14, 7), seen: at(21, 0, 10) }
    expect(clockLine(clock, at(21, 0, 12))).toBe(
      'Happened 20 Nov 2026 14:07 · seen by Waxseal 21 Nov 2026 00:10 · posted 00:12 UTC',
    )
  })

  it('does not break on times that are none', () => {
    expect(clockLine({ start: Number.NaN, end: 1e300, delivered: -1e300 }, 0)).toContain('unknown')
  })
})

describe('lateLine', () => {
  const end = at(18, 12, 0)

  it('is silent up to 6 hours', () => {
    expect(lateLine({ start: end, end }, at(18, 18, 0))).toBeUndefined()
    expect(lateLine({ start: end, end }, at(18, 18, 1))).toBe('Late: posted 6 h 1 min after it happened.')
  })

  it('says how late, and on whose side', () => {
    expect(lateLine({ start: end, end }, at(19, 13, 0))).toBe('Late: posted 1 day 1 h after it happened.')
    expect(lateLine({ start: end, end, delivered: at(20, 12, 0) }, at(20, 12, 5))).toBe(
      'Late: posted 2 days after it happened, since Microsoft delivered the records late.',
    )
    expect(lateLine({ start: end, end, delivered: at(18, 13, 0) }, at(20, 15, 0))).toBe(
      'Late: posted 2 days 3 h after it happened, since the records were read late.',
    )
  })
})

it('spans are in the two largest units', () => {
  expect([59, 61 * 60, 3_600, 90_000].map(span)).toEqual(['0 min', '1 h 1 min', '1 h', '1 day 1 h'])
})

it('counts have thousands separators', () => {
  expect([0, 1284, 12.5, Number.NaN].map(count)).toEqual(['0', '1,284', '12.5', 'unknown'])
})
