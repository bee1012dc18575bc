import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../../test/chain/findings.ts'
import { asUsual, many, whileLearning } from './words.ts'

describe('in words', () => {
  it('what is usual is a volume, and how many days it is of', () => {
    const told = (count: number) => many(count, 'message')
    expect(asUsual(makeFinding({ usual: 40, usualDays: 20 }), told)).toBe(
      ' where 40 messages a day would be usual (the median of 20 such days)',
    )
    expect(asUsual(makeFinding({ usual: 1, usualDays: 1 }), told)).toContain('1 message a day')
  })

  it('a finding of the first weeks says that the tenant is still being learned', () => {
    expect(whileLearning(makeFinding({ learning: true }))).toBe(', while this tenant is still being learned')
    expect(whileLearning(makeFinding())).toBe('')
  })
})
