import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { InputError, type InputProgress, readPaths } from './read.ts'
import { anyRecords, collect, csv, makeFolder } from './testing.ts'

const { folder, put } = await makeFolder()
const three = anyRecords(3)
const lines = three.map(record => `${JSON.stringify(record)}\n`).join('')

describe('reading paths', () => {
  it('gives one record for a file with one object', async () => {
    const path = await put('one.json', JSON.stringify(three[0], null, 2))
    expect((await collect([path])).records).toEqual([three[0]])
  })

  it('gives nothing for a file without content and for an empty page', async () => {
    const paths = [
      await put('nothing', ''),
      await put('blank', '\r\n  \n'),
      await put('page', '{"value": []}'),
    ]
    expect(await collect(paths)).toMatchObject({ records: [], rejected: [], error: undefined })
  })

  it('keeps the order of paths and gives batches of at most 500', async () => {
    const many = anyRecords(1_201)
    const path = await put('many.jsonl', many.map(record => JSON.stringify(record)).join('\n'))
    const sizes: number[] = []
    for await (const batch of readPaths([
      path,
      await put('page.json', `{"value":[${'{},'.repeat(1200)}{}]}`),
    ]))
      sizes.push(batch.length)
    expect(Math.max(...sizes)).toBe(500)
    expect(sizes.reduce((a, b) => a + b)).toBe(2_402)
  })

  it('tells the place of every record', async () => {
    const where = async (name: string, content: string) =>
      (await collect([await put(name, content)])).where.map(text => text.split('/').at(-1))
    expect(await where('w.jsonl', '{"a":1}\n\n{"a":2}')).toEqual(['w.jsonl line 1', 'w.jsonl line 3'])
    expect(await where('w.json', '[{"a":1},\n{"a":2}]')).toEqual(['w.json element 1', 'w.json element 2'])
    expect(await where('w.csv', 'x,AuditData\n1,{}\n')).toEqual(['w.csv row 2'])
    expect(await where('p.json', '{"value":[{"a":1}]}')).toEqual(['p.json element 1'])
    expect(await where('p.jsonl', '{"a":1}\n{"value":[{"a":1}]}')).toEqual([
      'p.jsonl line 1',
      'p.jsonl line 2 value 1',
    ])
  })

  it('reports the bytes on disk, also of a gzip file, up to the total', async () => {
    const packed = gzipSync(lines)
    const paths = [await put('p.jsonl', lines), await put('p.jsonl.gz', packed)]
    const seen: InputProgress[] = []
    await collect(paths, progress => seen.push(progress))
    const total = Buffer.byteLength(lines) + packed.length
    expect(seen.every(({ totalBytes }) => totalBytes === total)).toBe(true)
    expect(seen.map(({ bytesRead }) => bytesRead)).toEqual(
      [...seen.map(({ bytesRead }) => bytesRead)].sort((a, b) => a - b),
    )
    expect(seen.at(-1)).toEqual({ bytesRead: total, totalBytes: total, file: paths[1] })
  })

  it('reads no further than its reader does', async () => {
    const path = await put('stop.jsonl', lines.repeat(3_000))
    let last: InputProgress | undefined
    for await (const batch of readPaths([path], progress => {
      last = progress
    })) {
      expect(batch.length).toBeGreaterThan(0)
      break
    }
    expect(last?.bytesRead).toBeLessThan(last?.totalBytes ?? 0)
  })
})

describe('a folder', () => {
  it('is walked in name order, without names that start with a dot, and counts what is something else', async () => {
    const top = join(folder, 'walk')
    await mkdir(join(top, 'b', '.hidden'), { recursive: true })
    await writeFile(join(top, 'c.jsonl'), JSON.stringify(three[2]))
    await writeFile(join(top, 'b', 'x.json.gz'), gzipSync(JSON.stringify([three[1]])))
    await writeFile(join(top, 'a.csv'), csv([['AuditData'], [JSON.stringify(three[0])]]))
    await writeFile(join(top, 'b', '.hidden', 'y.json'), JSON.stringify(three))
    await writeFile(join(top, '.z.json'), JSON.stringify(three))
    await writeFile(
      join(top, 'LICENSE'),
      'The Example License\n\nCopyright (c) 2026, Birchwood\nAll rights, reserved.\n',
    )
    await writeFile(join(top, 'other.csv'), 'name,size\na,1\n')
    await writeFile(join(top, 'picture.png'), Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
    await symlink(top, join(top, 'd-loop'))
    await symlink(join(top, 'gone'), join(top, 'e-gone'))
    const found = await collect([top])
    expect(found.records).toEqual(three)
    expect(found.error).toBeUndefined()
    expect(found.rejected).toEqual(Array(5).fill('unrecognised-file'))
    const names = ['LICENSE', 'd-loop', 'e-gone', 'other.csv', 'picture.png'].map(name => join(top, name))
    expect(found.where).toEqual(expect.arrayContaining(names))
  })
})

describe('an input error', () => {
  const refused = async (paths: string[]) => {
    const { records, error } = await collect(paths)
    expect(error).toBeInstanceOf(InputError)
    return {
      records,
      code: error instanceof InputError && error.code,
      message: error instanceof Error ? error.message : '',
    }
  }

  it('names a missing path before anything is read', async () => {
    const missing = join(folder, 'nowhere.json')
    const { records, code, message } = await refused([await put('good.jsonl', lines), missing])
    expect({ records, code }).toEqual({ records: [], code: 'not-found' })
    expect(message).toContain(missing)
  })

  it('names a file of another kind before anything is read', async () => {
    const text = await put('notes.txt', 'Dear all,\nthe audit log is attached.\n')
    const { records, code, message } = await refused([await put('good.jsonl', lines), text])
    expect({ records, code }).toEqual({ records: [], code: 'unrecognised-file' })
    expect(message).toContain(text)
    expect((await refused([await put('export.zip', 'PK\x03\x04rest')])).message).toContain('unpack it first')
  })

  it('names the columns of a CSV file without AuditData', async () => {
    const path = await put(
      'users.csv',
      '\ufeff"Display name";"Mail"\r\n"A. Larsen";"a.larsen@birchwood.example"\r\n',
    )
    const { code, message } = await refused([path])
    expect(code).toBe('csv-without-audit-data')
    expect(message).toContain('"Display name", "Mail"')
    expect(message).toContain('AuditData')
  })

  it('ends a gzip file that ends too early, after its records and those of the files behind it', async () => {
    const many = anyRecords(2_000)
    const packed = gzipSync(
      many
        .map(record => JSON.stringify({ ...record, noise: Math.sin(Number(String(record.Id).slice(-6))) }))
        .join('\n'),
    )
    const cut = await put('cut.jsonl.gz', packed.subarray(0, packed.length >> 1))
    const found = await collect([cut, await put('behind.jsonl', lines)])
    const kept = found.records.length - 3
    expect(kept).toBeGreaterThan(500)
    expect(found.rejected).toEqual([])
    expect(found.records.slice(0, kept).map(({ Id }) => Id)).toEqual(many.slice(0, kept).map(({ Id }) => Id))
    expect(found.error).toMatchObject({
      code: 'incomplete',
      message: `The gzip file "${cut}" ends too early; ${kept} records were read before that.`,
    })
  })

  it.each(['json', 'csv'])('keeps the records of a cut gzip file with %s in it', async form => {
    const many = anyRecords(300).map(record => ({
      ...record,
      noise: Math.sin(Number(String(record.Id).slice(-6))),
    }))
    const text =
      form === 'json'
        ? JSON.stringify(many)
        : csv([['AuditData'], ...many.map(record => [JSON.stringify(record)])])
    const packed = gzipSync(text)
    const found = await collect([await put('cut.gz', packed.subarray(0, packed.length - 200))])
    expect(found.records.length).toBeGreaterThan(200)
    expect(found.records).toEqual(many.slice(0, found.records.length))
    expect(found.rejected).toEqual([])
    expect(found.error).toMatchObject({ code: 'incomplete' })
  })

  it('is not raised by a gzip file of several parts or padded with zeros', async () => {
    const parts = three.map(record => gzipSync(JSON.stringify(record)))
    const found = await collect([await put('parts.gz', Buffer.concat([...parts, Buffer.alloc(40_000)]))])
    expect(found).toMatchObject({ records: three, rejected: [], error: undefined })
  })

  it('ends a gzip file with something else behind its end', async () => {
    const path = await put('tail.gz', Buffer.concat([gzipSync(lines), Buffer.from('x'.repeat(40_000))]))
    expect((await refused([path])).message).toContain('is damaged; ')
  })

  it('says that a gzip file is damaged when it is', async () => {
    const packed = gzipSync(JSON.stringify(anyRecords(50)))
    packed.fill(0, packed.length - 8, packed.length - 4) // its checksum
    expect((await refused([await put('bad.gz', packed)])).message).toContain('is damaged; ')
    packed.fill(0xff, 20)
    expect((await refused([await put('bad.gz', packed)])).code).toBe('incomplete')
  })
})
