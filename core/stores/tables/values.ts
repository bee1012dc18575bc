import { StoreError } from '../../model/errors.ts'

/** Most bytes one binary property may hold. */
const CHUNK = 65_536

/**
 * Most bytes of JSON per row. The service counts what it stores, 1 MiB per entity; Azurite counts the request,
 * in which bytes travel as base64. Three quarters of a MiB suit both; what is kept back covers keys and property names.
 */
export const VALUE_LIMIT = 786_432 - 8_192

/**
 * A value as UTF-8 JSON, with JSON's own rules: NaN and infinities become null, members that are undefined vanish, and an undefined
 * value is null. Binary and not string properties, because the service counts strings as UTF-16 (32 K characters each).
 */
export function encodeValue(table: string, value: unknown): Buffer {
  const bytes = Buffer.from(JSON.stringify(value) ?? 'null')
  if (bytes.length <= VALUE_LIMIT) return bytes
  throw new StoreError(
    'too-large',
    `Table ${table}: a row takes ${bytes.length} bytes, the limit is ${VALUE_LIMIT}. Split it over several rows.`,
  )
}

/** The caller knows what it wrote; nothing is checked here but that it is JSON. */
export function decodeValue<T>(table: string, bytes: Buffer): T {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    // Not the parser's own message: it quotes the row.
    throw notOurs(table)
  }
}

function notOurs(table: string): TypeError {
  return new TypeError(`Table ${table} holds a row that this program did not write.`)
}

/**
 * Properties v0, v1, … of up to 64 KiB. They are slices of one Buffer and must stay Buffers: of a plain Uint8Array view
 * the SDK encodes the whole memory behind it.
 */
export function toProperties(bytes: Buffer): Record<string, Buffer> {
  const properties: Record<string, Buffer> = {}
  for (let at = 0; at < bytes.length; at += CHUNK) {
    properties[`v${at / CHUNK}`] = bytes.subarray(at, at + CHUNK)
  }
  return properties
}

export function fromProperties(table: string, entity: Readonly<Record<string, unknown>>): Buffer {
  const chunks: Uint8Array[] = []
  for (let at = 0; ; at++) {
    const chunk = entity[`v${at}`]
    if (!(chunk instanceof Uint8Array)) break
    chunks.push(chunk)
  }
  const [first, ...more] = chunks
  if (first === undefined) throw notOurs(table)
  // Rows are read by the hundred thousand, and nearly all are one chunk: no copies, which V8 collects as if they were large.
  return more.length > 0
    ? Buffer.concat(chunks)
    : Buffer.from(first.buffer, first.byteOffset, first.byteLength)
}

/** Upper bound of the bytes a row adds to a transaction: base64 of the value, both keys in address and body, headers. */
export function wireBytes(partitionKey: string, rowKey: string, valueBytes: number): number {
  const base64 = 4 * Math.ceil(valueBytes / 3)
  const properties = 64 * Math.ceil(valueBytes / CHUNK)
  return base64 + properties + 4 * (partitionKey.length + rowKey.length) + 1_024
}
