import { describe, expect, it } from 'vitest'
import { anyRecord, collect, csv, makeFolder } from './testing.ts'

const { put } = await makeFolder()
const [first, second] = [anyRecord(1), anyRecord(2)]
const [one, two] = [JSON.stringify(first), JSON.stringify(second)]

const read = async (content: string | Buffer) => collect([await put('hostile', content)])
/** Both records are read, and between them nothing but these rejections. */
const survives = async (content: string | Buffer, rejected: string[]) => {
  const found = await read(content)
  expect({ rejected: found.rejected, error: found.error }).toEqual({ rejected, error: undefined })
  expect(found.records).toEqual([first, second])
}
describe('CSV', () => {
  const header = 'Id,AuditData,Note\r\n'
  const row = (text: string) => csv([['1', text, 'x']])

  it('rejects an empty AuditData cell', async () => {
    await survives(`${header}${row(one)}2,,x\r\n3,"  ",x\r\n${row(two)}`, [
      'empty-audit-data',
      'empty-audit-data',
    ])
  })

  it('rejects a row with too few cells, and takes one whose AuditData is whole with any number', async () => {
    await survives(`${header}${row(one)}2\r\n\r\n${row(two)}`, ['malformed-csv-row'])
    await survives(`${header}${csv([['1', one]])}${csv([['2', two, 'x', 'y']])}`, [])
  })

  it('rejects AuditData that is cut off, quoted or not', async () => {
    await survives(`${header}${row(one)}${row(one.slice(0, 50))}${row(two)}`, ['malformed-json'])
    await survives(`${header}${row(one)}2,${one},x\r\n${row(two)}`, ['malformed-csv-row'])
  })

  it('finds the next row behind a quote that was never closed', async () => {
    const open = '2,"{""CreationTime"":""2026'
    await survives(`${header}${open}\r\n${row(one)}${row(two)}`, ['malformed-csv-row'])
    await survives(`${header}${row(one)}${open}\r\n${row(two)}`, ['malformed-csv-row'])
    await survives(
      `${header}${open}\r\n${row(one)}${open}\r\n${open}\r\n${row(two)}`,
      Array(2).fill('malformed-csv-row'),
    )
    await survives(`${header}${row(one)}${row(two)}${open}`, ['malformed-csv-row'])
    await survives(`AuditData\n"{""a""\n${csv([[one], [two]])}`, ['malformed-csv-row'])
  })

  it('takes quotes in the middle of a cell as text', async () => {
    await survives(`${header}say "hi",${row(one).slice(4)}"a" b,${row(two).slice(4)}`, [])
  })

  it('keeps NUL bytes out of the way', async () => {
    await survives(`${header}${row(one)}\0\0\0\r\n${row(two)}`, ['malformed-csv-row'])
  })
})
