import { describe, expect, it } from 'vitest'
import { outcomeOf, retryAfter } from './outcome.ts'

describe('outcomeOf', () => {
  it('knows every status', () => {
    const all = Array.from({ length: 500 }, (_, i) => i + 100)
    const of = (outcome: string) => all.filter(status => outcomeOf(status) === outcome)
    expect(of('accepted')).toEqual(all.filter(status => status >= 200 && status < 300))
    expect(of('retry').filter(status => status >= 300 && status < 500)).toEqual([
      302, 303, 307, 408, 425, 429,
    ])
    expect(of('park').every(status => status >= 300 && status < 500)).toBe(true)
  })
})

describe('retryAfter', () => {
  const read = (value: string) => retryAfter(new Headers({ 'retry-after': value }), 1_000)

  it('reads seconds and dates, in milliseconds', () => {
    expect(read('30')).toBe(30_000)
    expect(read('0')).toBe(0)
    expect(read('1.5')).toBe(1_500)
    expect(read('Thu, 01 Jan 1970 00:17:40 GMT')).toBe(60_000)
  })

  it('never waits for the past or longer than a day', () => {
    expect(read('Thu, 01 Jan 1970 00:00:01 GMT')).toBe(0)
    expect(read('99999999999')).toBe(86_400_000)
  })

  it('ignores what is neither', () => {
    expect(read('soon')).toBeUndefined()
    expect(read('-5x')).toBeUndefined()
    expect(retryAfter(new Headers(), 0)).toBeUndefined()
  })
})
