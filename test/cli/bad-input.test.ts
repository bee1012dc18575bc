import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { breakIn, busyHour } from './break-in.ts'
import { complaintsOf, findingsOf, makeCommand, summaryOf } from './command.ts'

const { folder, run } = makeCommand()
const DAY = Date.UTC(2026, 2, 3)
const all = breakIn(DAY).flatMap(([, part]) => part)

/** One file with this content, replayed. */
async function replayed(name: string, content: string | Buffer) {
  const file = join(await folder('bad'), name)
  await writeFile(file, content)
  return await run(['replay', '--json', file])
}

describe('waxseal replay, given what cannot be read', () => {
  test.concurrent.for([
    {
      what: 'a path that is not there',
      make: async (dir: string) => join(dir, 'missing.json'),
      says: /no file or folder ".*missing\.json"/,
    },
    {
      what: 'a folder with no file in it',
      make: async (dir: string) => dir,
      says: /no file in the folder ".*"/,
    },
    {
      what: 'a CSV file without AuditData',
      make: (dir: string) => written(dir, 'wrong.csv', 'Name,Mail\r\nAmara,amara@birchwood.example\r\n'),
      says: /CSV file without an AuditData column/,
    },
    {
      what: 'a picture',
      make: (dir: string) => written(dir, 'card.png', Buffer.from([0x89, 0x50, 0x4e, 0x47])),
      says: /not an audit log in a known form/,
    },
  ])('$what: one clear sentence, and exit code 2', async ({ make, says }, { expect }) => {
    const ended = await run(['replay', '--json', await make(await folder('bad'))])
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(complaintsOf(ended)).toEqual([expect.stringMatching(says)])
  })

  test('judges what can be read of a gzip file that was cut short, and then says so', async () => {
    const lines = [...all, ...busyHour(DAY)].map(one => `${JSON.stringify(one)}\n`).join('')
    const packed = gzipSync(lines)
    const ended = await replayed('export.jsonl.gz', packed.subarray(0, (packed.length * 9) / 10))
    expect(ended.code).toBe(2)
    expect(complaintsOf(ended)).toEqual([
      expect.stringMatching(/export\.jsonl\.gz" ends too early; \d+ records were read/),
    ])
    expect(findingsOf(ended).map(({ detection }) => detection)).toContain('inbox-rule-forwarding')
    expect(summaryOf(ended)).toMatchObject({ records: expect.any(Number) })
  })

  test('counts what is no record, and loses nothing beside it', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const long = JSON.stringify({ ...all[0], Id: 'long', UserAgent: 'x'.repeat(1_000_000) })
    const sly = `{"__proto__":{"Id":"polluted"},"constructor":{"prototype":{}},${JSON.stringify(all[0])
      .slice(1)
      .replace(/"Id":"[^"]*"/, '"Id":"sly"')}`
    const ended = await replayed(
      'mixed.jsonl',
      [sly, long, deep, '"text"', 'null', '{"cut":', '1', ...all.map(one => JSON.stringify(one))].join('\n'),
    )
    expect(complaintsOf(ended)).toEqual([])
    expect(ended.code).toBe(0)
    const distinct = new Set(all.map(one => ('Id' in one ? one.Id : one))).size
    expect(summaryOf(ended)).toMatchObject({
      records: distinct + 2,
      rejected: { 'not-an-object': 3, 'malformed-json': 1, 'too-deep': 1 },
      incidents: 3,
    })
  })

  test('a folder is read for what is in it, and the rest is counted', async () => {
    const dir = await folder('mixed')
    await mkdir(join(dir, 'deeper'))
    await written(dir, 'notes.txt', 'Nothing here.\n')
    await written(join(dir, 'deeper'), 'blob.json', JSON.stringify(all))
    const ended = await run(['replay', '--json', dir])
    expect(ended.code).toBe(0)
    expect(summaryOf(ended)).toMatchObject({ rejected: { 'unrecognised-file': 1 }, incidents: 3 })
  })
})

describe('waxseal, called the wrong way', () => {
  test.concurrent.for([
    { args: ['watch'], says: /^error: unknown command 'watch'/ },
    { args: ['replay'], says: /^error: missing required argument 'path'/ },
    { args: ['replay', '--fast', 'x'], says: /^error: unknown option '--fast'/ },
    {
      args: ['replay', '--fail-on', 'awful', 'x'],
      says: /^error: .*Allowed choices are low, medium, high, critical/,
    },
    { args: ['start', '--port', 'http'], says: /^error: --port takes a number from 0 to 65535, not "http"/ },
    { args: ['start', '--port', '65536'], says: /^error: --port takes a number/ },
    {
      args: ['start', '--scenario', 'doomsday'],
      says: /^✖ --scenario doomsday is not known; there are quiet-day and takeover/,
    },
    { args: ['start', '--json'], says: /^✖ --json goes with --once/ },
  ])('$args: says what is wrong, and ends with 2', async ({ args, says }, { expect }) => {
    const ended = await run(args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(says)
    complaintsOf(ended)
  })

  test.concurrent('without a command it tells what there is', async ({ expect }) => {
    const { code, stderr } = await run([])
    expect(code).toBe(2)
    for (const name of ['start', 'replay', 'detections']) expect(stderr).toContain(name)
  })

  test.concurrent('asked for help it gives it, and ends with 0', async ({ expect }) => {
    const { code, stdout } = await run(['start', '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('--fresh')
  })
})

async function written(dir: string, name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(dir, name), content)
  return join(dir, name)
}
