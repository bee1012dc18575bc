import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { anyRecords, collect, csv, makeFolder, utf16 } from './testing.ts'

const { put } = await makeFolder()
const three = anyRecords(3)
const lines = three.map(record => `${JSON.stringify(record)}\n`).join('')
const pages = {
  '@odata.context': 'https://graph.example/$metadata',
  value: three.map(auditData => ({ id: 'x', auditData })),
}
const exported = (cell: (record: unknown) => string) =>
  three.map(record => ['50', '2026-03-01', 'a.larsen@birchwood.example', cell(record)])
const header = ['RecordType', 'CreationDate', 'UserIds', 'AuditData']

const forms: Record<string, string | Buffer> = {
  'a content blob on one line': JSON.stringify(three),
  'a content blob, pretty-printed': JSON.stringify(three, null, 2),
  'one array element per line': `[\n${three.map(record => JSON.stringify(record)).join(',\n')}\n]\n`,
  'two arrays, one after the other': `${JSON.stringify(three.slice(0, 2))}\n${JSON.stringify(three.slice(2))}`,
  'objects without anything between them': three.map(record => JSON.stringify(record)).join(''),
  'pretty-printed objects, one after the other': three
    .map(record => JSON.stringify(record, null, 2))
    .join('\n'),
  'JSON Lines': lines,
  'JSON Lines with CRLF, blank lines and a byte-order mark': `\ufeff${lines.replaceAll('}\n', '}\r\n \r\n')}`,
  'JSON Lines joined from files with byte-order marks': lines.replaceAll('{"C', '\ufeff{"C'),
  'JSON Lines without a last newline': lines.trimEnd(),
  'a Purview CSV export': `\ufeff${csv([header, ...exported(record => JSON.stringify(record))])}`,
  'a CSV export with escaped slashes and newlines in cells': csv([
    header,
    ...exported(record => JSON.stringify(record, null, 2).replaceAll('/', '\\/')),
  ]),
  'a CSV export with semicolons': csv([header, ...exported(record => JSON.stringify(record))], ';', '\n'),
  'a CSV export with tabs': csv([header, ...exported(record => JSON.stringify(record))], '\t'),
  'a CSV export whose column is written AUDITDATA': csv([
    ['auditdata '.toUpperCase()],
    ...exported(String).map((_, index) => [JSON.stringify(three[index])]),
  ]),
  'a CSV export under a #TYPE line and a sep= line': `#TYPE Deserialized.Export\r\nsep=,\r\n${csv([header, ...exported(record => JSON.stringify(record))])}`,
  'Search-UnifiedAuditLog as JSON, AuditData as text': JSON.stringify(
    three.map(record => ({ Operations: 'x', Operation: 'x', AuditData: JSON.stringify(record) })),
    null,
    4,
  ),
  'Search-UnifiedAuditLog as JSON Lines, AuditData as an object': three
    .map(AuditData => `${JSON.stringify({ Identity: 'x', AuditData })}\n`)
    .join(''),
  'records under "record"': three.map(record => `${JSON.stringify({ rule: 'x', record })}\n`).join(''),
  'records under "sample"': JSON.stringify(three.map(sample => ({ parsed: true, sample }))),
  'a page of a Graph audit search on one line': JSON.stringify(pages),
  'a page of a Graph audit search, pretty-printed, with a link behind it': JSON.stringify(
    { ...pages, '@odata.nextLink': 'x', more: [[1]] },
    null,
    2,
  ),
  'pages of a Graph audit search, one per line': `${JSON.stringify({ value: pages.value.slice(0, 1) })}\n${JSON.stringify({ value: pages.value.slice(1) })}\n`,
  'pages of a Graph audit search in an array': JSON.stringify([pages]),
  'diagnostic records under "records"': JSON.stringify({ records: three }, null, 1),
  'PowerShell text, JSON in UTF-16': utf16(JSON.stringify(three, null, 2)),
  'PowerShell text, CSV in UTF-16': utf16(csv([header, ...exported(record => JSON.stringify(record))])),
  'PowerShell text in big-endian UTF-16': utf16(lines).swap16(),
}

describe.each(Object.entries(forms))('%s', (_name, content) => {
  it('gives its records', async () => {
    expect(await collect([await put('form', content)])).toMatchObject({
      records: three,
      rejected: [],
      error: undefined,
    })
  })
  it('gives its records from a gzip file of any name', async () => {
    expect(await collect([await put('packed', gzipSync(content))])).toMatchObject({
      records: three,
      rejected: [],
    })
  })
})
