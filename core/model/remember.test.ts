import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { remember } from './remember.ts'

describe('a function that remembers', () => {
  it('gives what the function gives, also for texts that share a place', () => {
    // So few letters make many texts that are alike in the characters that choose a place.
    const alike = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 })
    fc.assert(
      fc.property(fc.array(fc.oneof(alike, anyText)), texts => {
        const reversed = remember(text => [...text].reverse().join(''))
        for (const text of [...texts, ...texts]) expect(reversed(text)).toBe([...text].reverse().join(''))
      }),
    )
  })

  it('reads again what is too short or too long to be worth it, and all after twenty thousand texts', () => {
    const countsOf = (texts: readonly string[]) => {
      let reads = 0
      const length = remember(text => {
        reads++
        return text.length
      })
      for (const text of texts) length(text)
      return reads
    }
    const texts = ['abc', 'abcd', 'x'.repeat(1_000), 'x'.repeat(1_001)]
    expect(texts.map(text => countsOf([text, text]))).toEqual([2, 1, 1, 2])
    const many = Array.from({ length: 20_000 }, (_, n) => `text ${n}`)
    expect(countsOf([...many, ...many])).toBe(20_000)
    expect(countsOf([...many, 'one more', ...many])).toBeGreaterThan(30_000)
  })

  it('reads a text once, whatever was read in between, and remembers that nothing was found', () => {
    const read: string[] = []
    const nothing = remember(text => void read.push(text))
    // Both fall into the same place.
    for (const text of ['abcdefgh', 'abcXefgh', 'abcdefgh', 'abcXefgh']) expect(nothing(text)).toBeUndefined()
    expect(read).toEqual(['abcdefgh', 'abcXefgh'])
  })
})
