import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HOSTILE_TEXTS } from '../test/support/hostile.ts'
import { jsonLine, jsonText } from './json-line.ts'

it('is one line of which a terminal obeys nothing, and the same value when read back', () => {
  const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(fc.dictionary(text, text), value => {
      const line = jsonLine(value)
      expect(line).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u)
      expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
    { numRuns: 500 },
  )
})

it('is as safe over several lines, each of them our own', () => {
  const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(text, value => {
      const written = jsonText({ value })
      expect(written.split('\n')).toHaveLength(4)
      expect(written.replaceAll('\n', '')).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u)
      expect(JSON.parse(written)).toEqual({ value })
    }),
  )
})
