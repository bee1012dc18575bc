import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeParser } from '../feeds/normalise/parse.ts'
import { MAX_DEPTH, MAX_RECORD_BYTES } from '../json/limits.ts'
import type { AuditRecord } from '../model/audit-record.ts'
import { FeedError } from '../model/errors.ts'
import { readBlob, readPieces } from './read-blob.ts'

const parse = makeParser('t')

async function* cut(text: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size)
}

async function inPieces(text: string, size: number) {
  const records: AuditRecord[] = []
  const counts = await readPieces(cut(Buffer.from(text), size), parse, record => records.push(record))
  return counts && { records, counts }
}

function atOnce(text: string) {
  try {
    return readBlob(text, parse)
  } catch (error) {
    if (error instanceof FeedError && error.code === 'malformed') return undefined
    throw error
  }
}

const record = fc.record({
  Id: fc.constantFrom('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002', 'x'),
  Operation: fc.constantFrom('Flag', 'Read', ''),
  CreationTime: fc.constantFrom('2026-11-20T00:00:00', 'never'),
  UserId: fc.string({ unit: 'grapheme' }),
  Folders: fc.jsonValue({ maxDepth: 3 }),
})
const blob = fc.oneof(fc.array(fc.oneof(record, fc.jsonValue({ maxDepth: 2 })), { maxLength: 8 }), record)

it('a blob says the same read in pieces and at once, also where it is cut off or more follows', async () => {
  const damage = fc.constantFrom('none', 'cut', 'more', 'mark', 'blank')
  await fc.assert(
    fc.asyncProperty(
      blob,
      damage,
      fc.integer({ min: 1, max: 6_000 }),
      fc.nat(200),
      async (value, how, size, at) => {
        const whole = JSON.stringify(value, null, at % 3)
        const texts: Record<string, string> = {
          none: whole,
          cut: whole.slice(0, Math.max(1, whole.length - 1 - at)),
          more: `${whole}${whole}`,
          mark: whole,
          blank: ` \n${whole}\r\n `,
        }
        const text = texts[how] ?? ''
        expect(await inPieces(how === 'mark' ? `\uFEFF${text}` : text, size)).toEqual(atOnce(text))
      },
    ),
    { numRuns: 400 },
  )
})

it.each([
  ['as deep as allowed', MAX_DEPTH, {}],
  ['one level deeper', MAX_DEPTH + 1, { 'too-deep': 1 }],
])('a record that is %s has one outcome, whichever way it is read', async (_, depth, rejected) => {
  const nested = `${'{"a":'.repeat(depth - 1)}1${'}'.repeat(depth - 1)}`
  const flag = (more: string) =>
    `{"Id":"00000000-0000-4000-8000-000000000001","Operation":"Flag","CreationTime":"2026-11-20T00:00:00","UserId":"ada@birchwood.example"${more}}`
  const text = `[${flag(`,"Deep":${nested}`)},${flag('')}]`
  const piecemeal = await inPieces(text, 1_000)
  expect(piecemeal).toEqual(atOnce(text))
  expect(piecemeal?.counts.rejected).toEqual(rejected)
})

it('a record longer than can be held is rejected, and its neighbours are read', async () => {
  const flag = (n: number, UserId: string) =>
    JSON.stringify({
      Id: `00000000-0000-4000-8000-00000000000${n}`,
      Operation: 'Flag',
      CreationTime: '2026-11-20T00:00:00',
      UserId,
    })
  const text = `[${flag(1, 'ada')},${flag(2, 'x'.repeat(MAX_RECORD_BYTES + 65_536))},${flag(3, 'ben')}]`
  const read = await inPieces(text, 65_536)
  expect(read?.records.map(({ actor }) => actor)).toEqual(['ada', 'ben'])
  expect(read?.counts).toEqual({ parsed: 3, evaluated: 2, duplicates: 0, rejected: { 'too-long': 1 } })
})
