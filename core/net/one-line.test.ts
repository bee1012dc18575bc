import fc from 'fast-check'
import { expect, it } from 'vitest'
import { oneLine } from './one-line.ts'

it('makes one line of many and drops what cannot be seen', () => {
  expect(oneLine('a\r\n\tb\u2028c\u202Ed\u0000\u200Be')).toBe('a b c d e')
})

it('never exceeds its length, breaks a line or cuts a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.integer({ min: 1, max: 50 }),
      (text, max) => {
        const line = oneLine(text, max)
        expect(line.length).toBeLessThanOrEqual(max)
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        expect(line.isWellFormed()).toBe(true)
      },
    ),
  )
})
