import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Raw, readSource } from './read.ts'
import { unpackSource } from './source.ts'
import { csv, sort, utf16 } from './testing.ts'

type Fields = Record<string, unknown>

const record = fc
  .dictionary(fc.string({ unit: 'binary', maxLength: 12 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 })
  .filter(fields => !Object.hasOwn(fields, 'AuditData'))
  .map(fields => ({ CreationTime: '2026-03-01T10:11:12', ...fields }))

const indent = fc.constantFrom('', ' ', '\t')
const newline = fc.constantFrom('\n', '\r\n')
const cell = (text: string) => ['ExchangeItemAggregated', 'a "quoted", cell;\r\n', text, '']
const header = ['RecordType', 'Note', 'AuditData', 'Other']

const form = fc.oneof(
  indent.map(space => (all: Fields[]) => JSON.stringify(all, null, space)),
  indent.map(space => (all: Fields[]) => all.map(one => JSON.stringify(one, null, space)).join(space)),
  newline.map(end => (all: Fields[]) => all.map(one => `${JSON.stringify(one)}${end}`).join(end)),
  fc
    .tuple(newline, fc.constantFrom(',', ';', '\t'), indent)
    .map(([end, delimiter, space]) => (all: Fields[]) => {
      const rows = all.map(one => cell(JSON.stringify(one, null, space).replaceAll('/', '\\/')))
      return csv([header, ...rows], delimiter, end)
    }),
  fc.tuple(fc.constantFrom('record', 'sample', 'auditData', 'AuditData'), indent).map(
    ([key, space]) =>
      (all: Fields[]) =>
        JSON.stringify(
          all.map(one => ({ other: 1, [key]: one })),
          null,
          space,
        ),
  ),
  newline.map(
    end => (all: Fields[]) => all.map(one => JSON.stringify({ AuditData: JSON.stringify(one) })).join(end),
  ),
  indent.map(
    space => (all: Fields[]) =>
      JSON.stringify({ '@odata.context': '{"value":[', value: all, '@odata.nextLink': 'x]}' }, null, space),
  ),
)
const encoding = fc.constantFrom(
  (text: string) => Buffer.from(text),
  (text: string) => Buffer.from(`\ufeff${text}`),
  utf16,
)
const packing = fc.constantFrom(
  (bytes: Buffer) => bytes,
  (bytes: Buffer) => gzipSync(bytes),
)
const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 400 })), {
  minLength: 1,
})

async function* cutUp(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let from = 0, turn = 0; from < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(from, from + size)
    from += size
  }
}

it('any records in any form, encoding, packing and cut read back equal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 8 }),
      form,
      encoding,
      packing,
      cuts,
      async (records, write, encode, pack, sizes) => {
        const bytes = pack(encode(write(records)))
        const raws: Raw[] = []
        const source = unpackSource(cutUp(bytes, sizes), 'any')
        for await (const batch of readSource(source, { path: 'any', origin: 'named' })) raws.push(...batch)
        const found = sort(raws)
        expect(found.rejected).toEqual([])
        // As text: key order, own `__proto__` keys and lone surrogates count too.
        expect(JSON.stringify(found.records)).toBe(JSON.stringify(records))
      },
    ),
    { numRuns: 300 },
  )
})

it('any bytes at all are read or refused, and nothing else happens', async () => {
  const scrap = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    ',',
    ':',
    '\n',
    '1',
    'null',
    '{"a":1}',
    'AuditData',
    ';',
    '\0',
    'ü',
    ' ',
  )
  const bytes = fc.oneof(
    fc.array(scrap, { maxLength: 30 }).map(parts => Buffer.from(parts.join(''))),
    fc.uint8Array({ maxLength: 60 }).map(array => Buffer.from(array)),
  )
  await fc.assert(
    fc.asyncProperty(bytes, packing, cuts, async (content, pack, sizes) => {
      const source = unpackSource(cutUp(pack(content), sizes), 'any')
      for await (const batch of readSource(source, { path: 'any', origin: 'found' })) {
        for (const raw of batch)
          expect('record' in raw ? typeof raw.record : raw.rejected).toMatch(/^[a-z-]+$/)
      }
    }),
    { numRuns: 400 },
  )
})
