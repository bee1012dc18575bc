import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openSource } from './source.ts'
import { anyRecord, anyRecords, collect, csv, makeFolder } from './testing.ts'

const { put } = await makeFolder()
const [first, second] = [anyRecord(1), anyRecord(2)]
const [one, two] = [JSON.stringify(first), JSON.stringify(second)]
const TOO_LONG = 'x'.repeat(32 * 1024 * 1024 + 300_000)

const read = async (content: string | Buffer) => collect([await put('hostile', content)])
/** Both records are read, and between them nothing but these rejections. */
const survives = async (content: string | Buffer, rejected: string[]) => {
  const found = await read(content)
  expect({ rejected: found.rejected, error: found.error }).toEqual({ rejected, error: undefined })
  expect(found.records).toEqual([first, second])
}
const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`
const forms: Record<string, (element: string) => string> = {
  'JSON Lines': element => `${one}\n${element}\n${two}\n`,
  'an array': element => `[${one},${element},${two}]`,
  'an array with line breaks': element => `[\n  ${one},\n  ${element},\n  ${two}\n]\n`,
  'a page': element => `{"@odata.context":"x","value":[${one},${element},${two}],"next":{"value":[1]}}`,
  'a CSV column': element =>
    csv([
      ['Id', 'AuditData'],
      ['1', one],
      ['2', element],
      ['3', two],
    ]),
  'AuditData text in an array': element =>
    `[${[one, element, two].map(text => JSON.stringify({ AuditData: text })).join()}]`,
}

describe.each(Object.entries(forms))('%s', (_name, form) => {
  it.each(['7', '"text"', 'null', 'true', '[]', '[1,{"a":2}]', '-1.5e3'])(
    'rejects %s as not an object',
    async element => {
      await survives(form(element), ['not-an-object'])
    },
  )

  it('rejects a record nested 100,000 deep, of objects or of arrays', async () => {
    await survives(form(nested(100_000)), ['too-deep'])
    await survives(form(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), ['too-deep'])
  })

  it('accepts nesting of 150 levels and rejects 201', async () => {
    expect((await read(form(nested(150)))).records).toHaveLength(3)
    await survives(form(nested(201)), ['too-deep'])
  })

  it('keeps keys named like parts of a prototype as data', async () => {
    const text =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":null}}'
    const { records } = await read(form(text))
    expect(JSON.stringify(records[1])).toBe(text)
    expect(Object.getPrototypeOf(records[1])).toBe(Object.prototype)
    expect('polluted' in {}).toBe(false)
  })

  it('is not led to unwrap by a key of the prototype', async () => {
    const text = '{"__proto__":{"AuditData":"{}","record":{},"value":[]}}'
    expect(JSON.stringify((await read(form(text))).records[1])).toBe(text)
  })

  it('accepts a string of 1 MB, with quotes, braces and escapes in it', async () => {
    const long = { CreationTime: 'x', text: '"}]\\{[ü\u0000\u2028'.repeat(40_000) }
    expect((await read(form(JSON.stringify(long)))).records).toEqual([first, long, second])
  })
})

it.each(['JSON Lines', 'an array', 'a CSV column'])(
  '%s with more than 32 MB in one record is read on',
  async name => {
    const form = forms[name] ?? String
    await survives(form(`{"a":"${TOO_LONG}"}`), ['too-long'])
  },
)

describe('JSON Lines', () => {
  it('rejects each bad line and reads the next, wherever the bad one stands', async () => {
    await survives(`oops\n${one}\n{"a":\n${two}\n}\n`, ['malformed-json', 'malformed-json', 'malformed-json'])
    await survives(`{"a": oops}\n${one}\n${two}`, ['malformed-json'])
    await survives(`[broken\n${one}\n${two}`, ['malformed-json'])
    await survives(`null\n${one}\n[]\n${two}`, ['not-an-object', 'not-an-object'])
    await survives(`${one}\n${two}\n${one.slice(0, 40)}`, ['malformed-json'])
  })

  it('rejects NUL bytes, and replaces bytes that are not UTF-8', async () => {
    await survives(`${one}\n${'\0'.repeat(5_000)}\n${two}\n`, ['malformed-json'])
    const { records } = await read(
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from('"}\n{"b":1}')]),
    )
    expect(records).toEqual([{ a: '\ufffd\ufffd\ufffd' }, { b: 1 }])
  })

  it('rejects a first line of 33 MB and reads the next', async () => {
    await survives(`{"a":"${TOO_LONG}"}\n${one}\n${two}`, ['too-long'])
  })
})

describe('a JSON array', () => {
  const tail = async (broken: string) => {
    const { records, rejected, where, error } = await read(`[${one},${two},${broken}`)
    return { records, rejected, error, where: where.at(-1) }
  }
  const kept = { records: [first, second], rejected: ['malformed-json'], error: undefined }
  const before = Buffer.byteLength(`[${one},${two}`)

  it.each(['oops]', '{"a" 1}]', `}, ${one}]`, '\0', ',', '"a\nb"]', '{"a":"\\x"}', '[1', '{"a":tru e}'])(
    'keeps the elements before an error such as %j and tells the offset',
    async broken => {
      const { where, ...found } = await tail(broken)
      expect(found).toEqual(kept)
      const [, offset] = /element 3, near byte (\d+) of the text$/.exec(where ?? '') ?? []
      expect(Number(offset)).toBeGreaterThanOrEqual(before)
      expect(Number(offset)).toBeLessThanOrEqual(before + 16)
    },
  )

  it('counts a byte-order mark and a whole 1 MB of elements into the offset', async () => {
    const many = `\ufeff${JSON.stringify(anyRecords(2_500)).slice(0, -1)}`
    const { records, where } = await read(`${many}, oops]`)
    expect(records).toHaveLength(2_500)
    expect(where.at(-1)).toContain(`element 2501, near byte ${Buffer.byteLength(many)} of`)
  })

  it('keeps the elements of an array that is never closed', async () => {
    for (const broken of ['', ' ', '{"a":1', '"text', 'tru', '{"a":"\\u00']) {
      expect(await tail(broken)).toMatchObject(kept)
    }
  })

  it('rejects what follows it, unless that is JSON too', async () => {
    await survives(`[${one},${two}] trailing`, ['malformed-json'])
    await survives(`[${one}] null [${two}]`, ['not-an-object'])
  })

  it('is given up at a key or a number without end', async () => {
    const key = await tail(`{"${TOO_LONG}":1}]`)
    expect(key).toMatchObject({ ...kept, rejected: ['too-long', 'rest-unreadable'] })
    expect(await tail(`${'1'.repeat(TOO_LONG.length)}]`)).toMatchObject({
      ...kept,
      rejected: ['rest-unreadable'],
    })
  })

  it('is given up when it does nothing but nest', async () => {
    expect(await tail('['.repeat(3_000_000))).toMatchObject({
      ...kept,
      rejected: ['too-deep', 'rest-unreadable'],
    })
  })
})

describe('AuditData', () => {
  it('may be null, empty, or not JSON at all', async () => {
    const cells = [null, '', {}, 'oops', '[]', 5]
    const text = `[${cells.map(AuditData => JSON.stringify({ AuditData })).join()}]`
    const rejected = [
      'empty-audit-data',
      'empty-audit-data',
      'empty-audit-data',
      'malformed-json',
      'not-an-object',
      'not-an-object',
    ]
    expect(await read(text)).toMatchObject({ records: [], rejected })
  })

  it('is unwrapped through several layers', async () => {
    expect(
      (
        await read(
          JSON.stringify({ record: { sample: { AuditData: JSON.stringify({ auditData: first }) } } }),
        )
      ).records,
    ).toEqual([first])
  })
})

describe('a record that has a word of the wrappers among its own keys', () => {
  it('stays whole', async () => {
    const record = { CreationTime: 'x', record: {}, sample: {}, value: [1], records: [2], auditData: {} }
    expect((await read(JSON.stringify(record))).records).toEqual([record])
    expect((await read(JSON.stringify(record, null, 2))).records).toEqual([record])
    expect((await read(JSON.stringify([record]))).records).toEqual([record])
  })
})

describe('a gzip file that unpacks to far more than it is', () => {
  const unpacked = async (path: string, limits: Parameters<typeof openSource>[2]) => {
    const source = openSource(path, () => {}, limits)
    let bytes = 0
    for await (const chunk of source.chunks) bytes += chunk.length
    return { bytes, broken: source.broken() }
  }

  it('is given up at once, with what was read of it', async () => {
    const bomb = await put('bomb.gz', gzipSync(`${one}\n${two}\n${'\n'.repeat(200_000_000)}`))
    const { error, records } = await collect([bomb])
    expect(records).toEqual([first, second])
    expect(error).toMatchObject({
      code: 'incomplete',
      message: expect.stringMatching(
        /^The gzip file ".*bomb\.gz" unpacks to more than \d+ bytes of \d+, which no audit log does; 2 records were read before that\.$/,
      ),
    })
  })

  it('is given up at an absolute limit too, and read to its end below both', async () => {
    const path = await put(
      'random.gz',
      gzipSync(
        Buffer.from(
          anyRecords(20_000)
            .map(one => JSON.stringify(one))
            .join('\n'),
        ),
      ),
    )
    const whole = await unpacked(path, { most: 10 ** 9, ratio: 300, free: 1 })
    expect(whole).toEqual({ bytes: expect.any(Number), broken: undefined })
    const cut = await unpacked(path, { most: 100_000, ratio: 300, free: 100_000 })
    expect(cut.broken).toMatch(/unpacks to more than/)
    expect(cut.bytes).toBeLessThan(whole.bytes)
  })
})
