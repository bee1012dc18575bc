import { StoreError } from '../../model/errors.ts'

/**
 * Keys are any text to us; the service refuses `/ \ # ?` and control characters, does not say how it orders or
 * normalises text beyond ASCII, and the SDK loses the continuation token of an empty partition key.
 * So keys are written in an ASCII alphabet that keeps the order of UTF-16 code units: every code unit becomes a word,
 * no word begins another one, and the words sort as the code units do.
 *
 * | code unit        | written as          | example          |
 * |------------------|---------------------|------------------|
 * | 0000 to 002C     | `!` and 2 hex       | blank `!20`      |
 * | `.` and `/`      | `..` and `.s`       |                  |
 * | `;` to `?`       | `;` and last hex    | `=` is `;d`      |
 * | `[` to `^`       | `[` and last hex    | `\` is `[c`      |
 * | 007D to FFFF     | `~` and 4 hex       | `é` is `~00e9`   |
 * | all that is left | itself              | `A`, `9`, `:@_-` |
 *
 * The empty key is `!` alone, which sorts before everything. Each escape starts with the first allowed character of the gap
 * it fills; `.` is doubled because between `.` and `0` there is only `/`, which is forbidden. `}` is escaped because the
 * SDK takes `{…}` in the headers of a batch answer for an error.
 */
export function encodeKey(text: string): string {
  return text === '' ? '!' : text.replace(ESCAPED, escapeUnit)
}

/** The text that `encodeKey` was given. Throws a RangeError for a key that it did not write. */
export function decodeKey(key: string): string {
  if (key === '!') return ''
  if (!WRITTEN.test(key)) throw new RangeError('not a key of this program')
  return key.replace(ESCAPES, unitOf)
}

/** 1 KiB of UTF-16 per key; Azurite counts 512 characters as well. */
export const KEY_LIMIT = 512

/** Encodes a key for writing or reading one row. Names the table, never the key: keys hold addresses and ids. */
export function tableKey(table: string, kind: 'partition' | 'row', text: string): string {
  const key = encodeKey(text)
  if (key.length <= KEY_LIMIT) return key
  throw new StoreError(
    'too-large',
    `Table ${table}: a ${kind} key takes ${key.length} characters, the limit is ${KEY_LIMIT}. Use a hash of it as key.`,
  )
}

/**
 * The row keys of `from <= row < to` as a filter on encoded keys. A bound beyond the key limit is cut there, and since
 * every stored key is within the limit, nothing but the operator changes: equal to the cut means smaller than the bound.
 */
export function rowFilter(partitionKey: string, from: string, to: string): string {
  const lower = encodeKey(from)
  const upper = encodeKey(to)
  const above = lower.length > KEY_LIMIT ? 'gt' : 'ge'
  const below = upper.length > KEY_LIMIT ? 'le' : 'lt'
  // No quoting needed: encoded keys hold no quote.
  return (
    `PartitionKey eq '${partitionKey}' and RowKey ${above} '${lower.slice(0, KEY_LIMIT)}'` +
    ` and RowKey ${below} '${upper.slice(0, KEY_LIMIT)}'`
  )
}

const ESCAPED = /[^-0-9:@A-Z_`a-z{|]/g
const WRITTEN = /^(?:[-0-9:@A-Z_`a-z{|]|![0-9a-f]{2}|\.[.s]|;[b-f]|\[[b-e]|~[0-9a-f]{4})+$/
const ESCAPES = /![0-9a-f]{2}|\.[.s]|;[b-f]|\[[b-e]|~[0-9a-f]{4}/g

function escapeUnit(unit: string): string {
  if (unit === '.') return '..'
  if (unit === '/') return '.s'
  const code = unit.charCodeAt(0)
  if (code < 0x2d) return `!${code.toString(16).padStart(2, '0')}`
  if (code >= 0x7d) return `~${code.toString(16).padStart(4, '0')}`
  return (code < 0x40 ? ';' : '[') + (code & 15).toString(16)
}

function unitOf(word: string): string {
  if (word.startsWith('.')) return word === '..' ? '.' : '/'
  const gap = word.startsWith(';') ? 0x30 : word.startsWith('[') ? 0x50 : 0
  return String.fromCharCode(gap + Number.parseInt(word.slice(1), 16))
}
