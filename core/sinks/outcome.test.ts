import { describe, expect, it } from 'vitest'
import { outcomeOf } from './outcome.ts'

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
