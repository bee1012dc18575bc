import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContentBlob } from '../../model/content-blob.ts'
import { FeedError } from '../../model/errors.ts'
import { HOUR } from '../../model/time.ts'
import {
  hourPath,
  line,
  makeContainer,
  makeFeed,
  makeMemory,
  NOON,
  OWN_APP,
  ongoing,
  TENANT,
} from './feed.test-kit.ts'
import { CHUNK } from './ranges.ts'

/** An hour of lines that grow by blocks which end anywhere, also within a line or a letter, and what is listed when. */
const history = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
      fc.constant('not json'),
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .chain(contents => {
    const lines = contents.map((text, n) =>
      text === 'not json' ? `{"half": ${n}` : line(n, { userAgent: text }),
    )
    const bytes = Buffer.from(lines.map(one => `${one}\r\n`).join(''))
    return fc.record({
      lines: fc.constant(lines),
      bytes: fc.constant(bytes),
      ends: fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 8 }),
      restarts: fc.boolean(),
    })
  })

describe('the lines of an hour', () => {
  it('each come exactly once, however the hour grows and whenever it is listed', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ lines, bytes, ends, restarts }) => {
        const { container, append } = makeContainer()
        const memory = makeMemory()
        let feed = makeFeed(container, memory)
        const seen = new Map<string, ContentBlob>()
        let written = 0
        for (const end of [...ends.sort((a, b) => a - b), bytes.length]) {
          append(bytes.subarray(written, end))
          written = end
          for (const blob of await feed.listed()) seen.set(blob.id, blob)
          if (restarts) feed = makeFeed(container, memory)
        }
        // Whatever was ever listed is what the last listing names.
        expect((await feed.listed()).map(({ id }) => id).sort()).toEqual([...seen.keys()].sort())
        const ids = (await Promise.all([...seen.values()].map(feed.idsIn))).flat()
        const expected = lines.map((one, n) => (one.startsWith('{"half"') ? undefined : String(n)))
        expect(ids.sort()).toEqual(expected.sort())
      }),
      { numRuns: 300 },
    )
  })

  it('are whole also where no end of line follows the last one', async () => {
    const { container, append } = makeContainer()
    const feed = makeFeed(container)
    append(`${line(1)}\r\n${line(2)}`)
    await feed.listed()
    append(`\r\n${line(3)}`)
    const blobs = await feed.listed()
    expect(await Promise.all(blobs.map(feed.idsIn))).toEqual([['1', '2'], ['3']])
  })

  it('may begin with a byte order mark, and be empty', async () => {
    const { container, append } = makeContainer()
    const feed = makeFeed(container)
    append(`\uFEFF${line(1)}\r\n\r\n \r\n${line(2)}\r\n`)
    const [blob] = await feed.listed()
    expect(blob && (await feed.idsIn(blob))).toEqual(['1', '2'])
  })

  it('are found when they are longer than what is read at once', async () => {
    const { container, append } = makeContainer()
    const feed = makeFeed(container)
    const long = line(1, { userAgent: 'x'.repeat(200_000) })
    append(`${line(0)}\r\n${long.slice(0, 190_000)}`)
    await feed.listed()
    append(`${long.slice(190_000)}\r\n${line(2)}\r\n`)
    const blobs = await feed.listed()
    expect(await Promise.all(blobs.map(feed.idsIn))).toEqual([['0'], ['1', '2']])
  })

  it('that never end are counted once, and cost no more than a megabyte each time', async () => {
    const { container, append, reads } = makeContainer()
    const feed = makeFeed(container)
    append(Buffer.alloc(3 * CHUNK, 120))
    append(`\n${line(1)}\n`)
    const blobs = await feed.listed()
    const ids = await Promise.all(blobs.map(feed.idsIn))
    expect(ids).toEqual([[], [], [], [undefined, '1']])
    expect(Math.max(...reads)).toBeLessThanOrEqual(CHUNK + 1)
    expect(reads.reduce((sum, size) => sum + size, 0)).toBeLessThan(7 * CHUNK)
  })
})

describe('an hour', () => {
  it('is cut at every megabyte, and where it ended', async () => {
    const { container, append } = makeContainer()
    const feed = makeFeed(container)
    append(Array.from({ length: 600 }, (_, n) => `${line(n, { userAgent: 'x'.repeat(4_000) })}\r\n`).join(''))
    const blobs = await feed.listed()
    const path = hourPath()
    expect(blobs.map(({ id }) => id)).toEqual([
      `${path}:0-${CHUNK}`,
      `${path}:${CHUNK}-${2 * CHUNK}`,
      expect.stringMatching(new RegExp(`:${2 * CHUNK}-2\\d{6}$`)),
    ])
    const ids = (await Promise.all(blobs.map(feed.idsIn))).flat()
    expect(ids).toEqual(Array.from({ length: 600 }, (_, n) => String(n)))
  })

  it('that grows when it is long over is read on by whoever lists it again', async () => {
    const { container, append } = makeContainer()
    const feed = makeFeed(container)
    append(`${line(1)}\r\n`, hourPath('01'))
    expect(await feed.listed(NOON - 12 * HOUR)).toHaveLength(1)
    append(`${line(2)}\r\n`, hourPath('01'))
    expect(await feed.listed(NOON - 3 * HOUR)).toEqual([])
    const [, late] = await feed.listed(NOON - 12 * HOUR)
    expect(late && (await feed.idsIn(late))).toEqual(['2'])
  })

  it('belongs to every slice that it touches, and to no other', async () => {
    const { container, append } = makeContainer()
    const feed = makeFeed(container)
    for (const hour of ['10', '11', '12', '13']) append(`${line(hour)}\r\n`, hourPath(hour))
    const hours = async (from: number, to: number) =>
      (await feed.listed(from, to)).map(({ uri }) => /h=(\d\d)/.exec(uri)?.[1])
    expect(await hours(NOON, NOON + HOUR)).toEqual(['12'])
    expect(await hours(NOON - 1, NOON + 1)).toEqual(['11', '12'])
    expect(await hours(NOON + 14 * HOUR, NOON + 15 * HOUR)).toEqual([])
  })

  it('is found whatever the case of the tenant’s id, also in two folders', async () => {
    const { container, append } = makeContainer()
    const feed = makeFeed(container)
    const folder = `tenantId=${TENANT.toUpperCase()}/`
    append(`${line(1)}\r\n`)
    append(`${line(2)}\r\n`, hourPath('12', folder))
    const blobs = await feed.listed()
    expect((await Promise.all(blobs.map(feed.idsIn))).flat()).toEqual(['1', '2'])
  })
})

describe('what is wrong', () => {
  it('is told where the container holds another tenant’s log, or another form of path', async () => {
    for (const folder of ['tenantId=0d3b7f52-64f0-4a52-9d58-6e1c1f1d5a11/', 'resourceId=/', 'y=2026/']) {
      const { container, append } = makeContainer()
      append(`${line(1)}\r\n`, hourPath('12', folder))
      const error = await makeFeed(container)
        .listed()
        .catch(thrown => thrown)
      expect(error).toBeInstanceOf(FeedError)
      expect(error).toMatchObject({ code: 'rejected' })
      expect(error.message).toContain(`only ${folder}`)
      expect(error.message).toContain(`tenantId=${TENANT}/`)
    }
  })

  it('is nothing while the container is empty', async () => {
    expect(await makeFeed(makeContainer().container).listed()).toEqual([])
  })

  it('is told before anything is listed that cannot be read', async () => {
    const { container, append } = makeContainer()
    append(`${line(1)}\r\n`)
    const denied = new FeedError('permission-missing', 'No.')
    const memory = makeMemory()
    const feed = makeFeed({ ...container, read: () => Promise.reject(denied) }, memory)
    await expect(feed.listed()).rejects.toBe(denied)
    expect(await memory.recall(Math.floor(NOON / 86_400))).toEqual({})
  })

  it('is told of a message that names no range of the log, or nobody’s', async () => {
    const { container, append } = makeContainer()
    append(`${line(1)}\r\n`)
    const feed = makeFeed(container)
    const [blob] = await feed.listed()
    const other = hourPath('12', 'tenantId=0d3b7f52-64f0-4a52-9d58-6e1c1f1d5a11/')
    for (const id of [
      'x',
      `${hourPath()}:5-5`,
      `${hourPath()}:0-${CHUNK + 1}`,
      `${other}:0-5`,
      `../secrets:0-5`,
    ])
      await expect(feed.fetch({ ...(blob as ContentBlob), id }, ongoing()), id).rejects.toMatchObject({
        code: 'rejected',
      })
  })
})

describe('our own requests', () => {
  const uri = (path: string) => ({ appId: OWN_APP.toUpperCase(), requestUri: `https://graph.example${path}` })
  const left = async (more: Readonly<Record<string, unknown>>) => {
    const { container, append } = makeContainer()
    append(`${line(1, more)}\r\n${line(2)}\r\n`)
    const feed = makeFeed(container)
    const [blob] = await feed.listed()
    return blob && (await feed.idsIn(blob))
  }

  it.each([
    uri('/v1.0/auditLogs/signIns?$top=500'),
    uri('/v1.0/users/x/mailFolders/inbox/messageRules'),
    { ...uri('/beta/security/auditLog/queries'), requestMethod: 'POST' },
  ])('are left out: $requestUri', async more => {
    expect(await left(more)).toEqual(['2'])
  })

  it.each([
    uri('/v1.0/users/x/mailFolders/inbox/messages'),
    { ...uri('/v1.0/$batch'), requestMethod: 'POST' },
    { ...uri('/v1.0/users/x/mailFolders/inbox/messageRules'), requestMethod: 'POST' },
    { ...uri('/v1.0/auditLogs/signIns'), appId: TENANT },
  ])('are not those that read mail or change anything: $requestUri', async more => {
    expect(await left(more)).toEqual(['1', '2'])
  })
})
