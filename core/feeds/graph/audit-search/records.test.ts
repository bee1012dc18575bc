import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DAY, iso } from '../../../model/time.ts'
import { recordsIn } from './records.ts'

const span = { from: 20_000 * DAY, to: 20_001 * DAY }
const body = (n: number, at = span.from + n) => ({ Id: `${n}`, CreationTime: iso(at).slice(0, 19) })

async function* pages(...all: readonly (readonly unknown[])[]) {
  yield* all
}

const read = async (...all: readonly (readonly unknown[])[]) => {
  const { more, text } = await recordsIn(pages(...all), span)
  return { more, records: JSON.parse(text) }
}

it('records are the same text in whatever order and on whatever pages they come, and each is there once', async () => {
  const entries = Array.from({ length: 12 }, (_, n) => ({ id: n, auditData: body(n) }))
  const { text } = await recordsIn(pages(entries), span)
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(entries, { minLength: 12 }),
      fc.array(fc.constantFrom(...entries)),
      fc.nat(12),
      async (all, again, cut) => {
        const given = pages(all.slice(0, cut), [], [...all.slice(cut), ...again])
        expect(await recordsIn(given, span)).toEqual({ text, more: false })
      },
    ),
  )
  expect(JSON.parse(text)).toHaveLength(12)
})

it('records can come as a text, and what is none stays to be rejected', async () => {
  const { records } = await read([
    { auditData: JSON.stringify(body(1)) },
    { auditData: '{' },
    { id: 2 },
    null,
    'x',
  ])
  expect(records).toHaveLength(5)
  expect(records).toEqual(expect.arrayContaining([body(1), { auditData: '{' }, { id: 2 }, null, 'x']))
})

it('records of another time are left out, to the second', async () => {
  const at = [span.from - 1, span.from, span.to - 1, span.to]
  const { records } = await read(at.map((time, n) => ({ auditData: body(n, time) })))
  expect(records.map(({ Id }: { Id: string }) => Id)).toEqual(['1', '2'])
})

it('no more is handed out at once than an instance can hold', async () => {
  const large = (n: number) => ({ auditData: { ...body(n), Large: 'x'.repeat(4 * 1024 * 1024) } })
  const seven = Array.from({ length: 7 }, (_, n) => large(n))
  expect((await read(seven, seven)).more).toBe(false)
  const { more, records } = await read(seven, [large(7)], [large(8)])
  expect({ more, count: records.length }).toEqual({ more: true, count: 7 })
})
