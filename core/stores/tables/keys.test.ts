import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StoreError } from '../../model/errors.ts'
import { decodeKey, encodeKey, KEY_LIMIT, rowFilter, tableKey } from './keys.ts'

/** Any UTF-16 code units, lone surrogates included, with the ends of every escaped gap drawn often. */
const unit = fc.oneof(
  fc.constantFrom(
    ...'\0 ,-./09:;<?@AZ[\\]^_`az{|}~\x7f\x80\u00ff\u0100\ud7ff\ud800\udbff\udc00\udfff\ue000\uffff'.split(
      '',
    ),
  ),
  fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code)),
)
const text = fc.array(unit, { maxLength: 12 }).map(units => units.join(''))
const sign = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

describe('keys', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(text, key => {
        expect(decodeKey(encodeKey(key))).toBe(key)
      }),
    )
  })

  test('sort as their text does', () => {
    // Pairs with a common start, or nearly all would differ in the first unit.
    fc.assert(
      fc.property(text, text, text, (start, a, b) => {
        expect(sign(encodeKey(start + a), encodeKey(start + b))).toBe(sign(start + a, start + b))
      }),
      { numRuns: 2000 },
    )
  })

  test('sort as their text does for every pair of single code units that are neighbours', () => {
    for (let code = 0; code < 0xffff; code++) {
      const [a, b] = [String.fromCharCode(code), String.fromCharCode(code + 1)]
      if (!(encodeKey(a) < encodeKey(b) && encodeKey(`${a}\uffff`) < encodeKey(b))) expect.fail(`at ${code}`)
    }
  })

  test('hold only characters that the service accepts and the SDK leaves alone', () => {
    fc.assert(
      fc.property(text, key => {
        expect(encodeKey(key)).toMatch(/^[-!.0-9:;@A-Z[_`a-z{|~]+$/)
      }),
    )
  })

  test.each([
    ['ada@birchwood.example', 'ada@birchwood..example'],
    ['2026-11-20T09:02:00Z', '2026-11-20T09:02:00Z'],
    ['bulk-mail-read|f00', 'bulk-mail-read|f00'],
    ['a/b\\c#d?e%', 'a.sb[cc!23d;fe!25'],
    ['', '!'],
    ['é\ud800', '~00e9~d800'],
  ])('%j is written as %s', (key, written) => {
    expect(encodeKey(key)).toBe(written)
  })

  test.each(['', '!2', 'a/b', '~e9', '.', '!!'])('%j is not taken for a key of ours', key => {
    expect(() => decodeKey(key)).toThrow(RangeError)
  })

  test('over the limit fail without being quoted', () => {
    const secret = 'ada@birchwood.example'.repeat(30)
    const refused = () => tableKey('ledger', 'row', secret)
    expect(refused).toThrow(StoreError)
    expect(refused).toThrow('Table ledger: a row key takes 660 characters, the limit is 512.')
    expect(refused).not.toThrow('birchwood')
    expect(tableKey('ledger', 'row', 'x'.repeat(KEY_LIMIT))).toHaveLength(KEY_LIMIT)
  })
})

describe('a range filter', () => {
  test('compares encoded keys, the end excluded', () => {
    expect(rowFilter('p', 'a', 'b/')).toBe("PartitionKey eq 'p' and RowKey ge 'a' and RowKey lt 'b.s'")
  })

  test('cuts bounds beyond the key limit without moving them', () => {
    const long = 'x'.repeat(600)
    expect(rowFilter('p', long, `${long}y`)).toBe(
      `PartitionKey eq 'p' and RowKey gt '${long.slice(0, 512)}' and RowKey le '${long.slice(0, 512)}'`,
    )
  })
})
