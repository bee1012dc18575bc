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

  it('reads a text once, whatever was read in between, and remembers that nothing was found', () => {
    const read: string[] = []
    const nothing = remember(text => void read.push(text))
    // Both fall into the same place.
    for (const text of ['abcdefgh', 'abcXefgh', 'abcdefgh', 'abcXefgh']) expect(nothing(text)).toBeUndefined()
    expect(read).toEqual(['abcdefgh', 'abcXefgh'])
  })
})
