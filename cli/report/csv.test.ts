import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plain } from '../../core/sinks/text.ts'
import { HOSTILE_TEXTS, MEGABYTES } from '../../test/support/hostile.ts'
import { steering } from '../../test/support/inert.ts'
import { csv } from './csv.ts'

const hostile = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }))
const read = (text: string): string[][] => parse(text, { bom: true, record_delimiter: '\r\n' })

it('is read by others as the rows it was made of, whatever stands in them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(hostile, hostile, fc.integer())), rows => {
      const [head, ...body] = read(csv(['a', 'b', 'c'], rows))
      expect(head).toEqual(['a', 'b', 'c'])
      const bare = body.map(cells => cells.map(cell => cell.replace(/^'(?=[=+\-@＝＋－＠])/u, '')))
      expect(bare).toEqual(
        rows.map(([a, b, c]) => [...[a, b].map(one => (one === '' ? '' : plain(one, 4_000))), String(c)]),
      )
    }),
  )
})

it('holds nothing that a spreadsheet takes for a formula, and nothing that hides or steers', () => {
  for (const text of [...HOSTILE_TEXTS, ...MEGABYTES, '＝1+1', '＠SUM(1)']) {
    const out = csv(['a'], [[text], [[text, text]]])
    for (const [cell = ''] of read(out)) expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠]/u)
    expect(steering(out.slice(1).replaceAll('\r\n', '\n'))).toEqual([])
    expect(out.length).toBeLessThan(20_000)
  }
})

it('quotes every text, so that no delimiter of another country begins a cell', () => {
  expect(
    csv(
      ['a', 'b'],
      [
        ['x;=1+1', undefined],
        [['p', 'q"r'], -2],
      ],
    ),
  ).toBe('\ufeff"a","b"\r\n"x;=1+1",\r\n"p; q""r",-2\r\n')
})
