import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pieceEnd } from './pieces.ts'

const cut = (text: string, inText = false) => {
  const bytes = Buffer.from(text)
  return bytes.toString('utf8', 0, pieceEnd(bytes, 0, inText))
}

it('a piece ends behind the next closing brace, or waits for one', () => {
  expect(cut('{"a":{"b":1}},')).toBe('{"a":{"b":1}')
  expect(cut('{"a":1')).toBe('')
})

it('braces of an open string do not count, nor do its escaped quotes end it', () => {
  expect(cut('x}\\"}\\\\","b":{}}', true)).toBe('x}\\"}\\\\","b":{}')
  expect(cut('x}\\"}', true)).toBe('')
})

it('long text is cut between characters and not behind the first half of an escape', () => {
  const part = fc.constantFrom('\\\\', '\\"', 'ü', '漢', '😀', 'x'.repeat(50))
  const long = fc.array(part, { minLength: 4_097, maxLength: 4_200 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(long, text => {
      const piece = cut(text, true)
      expect(text.startsWith(piece)).toBe(true)
      expect(Buffer.byteLength(piece)).toBeGreaterThan(4_090)
      expect(/(?:^|[^\\])(?:\\\\)*\\$/.test(piece)).toBe(false)
    }),
    { numRuns: 50 },
  )
})
