import { describe, expect, it } from 'vitest'
import { type FeedError, REACTIONS } from '../../model/errors.ts'
import { inTurn, ongoing, type Script, START, serve, thrownBy } from '../../net/loopback.test-kit.ts'
import { blobAt, entry, json, makeTools, PUBLISHER, refusal, TENANT } from './feed.test-kit.ts'

describe('fetch', () => {
  it('returns the text of the blob without its byte order mark', async () => {
    const { feed, origin, requests } = await makeTools(inTurn({ body: '\uFEFF[{"Id":"1"}]' }))
    expect(await feed.fetch(blobAt(entry(origin, 1).contentUri), ongoing())).toBe('[{"Id":"1"}]')
    expect(requests[0]).toMatchObject({
      url: `/api/v1.0/${TENANT}/activity/feed/audit/id$1?PublisherIdentifier=${PUBLISHER}`,
      headers: { authorization: 'Bearer token-1' },
    })
  })

  it.each(['/audit/1', '/api/v1.0/x?PublisherIdentifier=1'])(
    'sends nothing to a foreign origin (%s)',
    async path => {
      const evil = await serve(inTurn(json([])))
      const { feed, requests, issued } = await makeTools(inTurn(json([])))
      expect(await thrownBy(feed.fetch(blobAt(evil.origin + path), ongoing()))).toMatchObject({
        code: 'foreign-origin',
      })
      expect(evil.requests).toEqual([])
      expect(requests).toEqual([])
      expect(issued).toEqual([])
    },
  )

  it('does not follow a redirect to a foreign origin', async () => {
    const evil = await serve(inTurn(json([])))
    const { feed, origin } = await makeTools(
      inTurn({ status: 307, headers: { Location: `${evil.origin}/x` } }),
    )
    expect(await thrownBy(feed.fetch(blobAt(`${origin}/x`), ongoing()))).toMatchObject({ code: 'rejected' })
    expect(evil.requests).toEqual([])
  })

  it('of an expired blob sends nothing', async () => {
    const { feed, origin, requests } = await makeTools(inTurn(json([])))
    const blob = blobAt(`${origin}/x`, '2026-11-20T09:00:00.000Z')
    expect(await thrownBy(feed.fetch(blob, ongoing()))).toMatchObject({ code: 'content-expired' })
    expect(requests).toEqual([])
  })

  it('of a blob that never says when it expires is tried', async () => {
    const { feed, origin } = await makeTools(inTurn(json([])))
    expect(await feed.fetch({ ...blobAt(`${origin}/x`), expires: undefined }, ongoing())).toBe('[]')
  })

  it('of a blob that is too large to be held says so, and is not repeated', async () => {
    const { feed, origin, requests } = await makeTools(inTurn(json(['x'.repeat(2000)])), {
      wholeBytes: 1000,
    })
    const error = await thrownBy(feed.fetch(blobAt(`${origin}/x`), ongoing()))
    expect(error).toMatchObject({ code: 'too-large', message: expect.stringContaining('1000 bytes') })
    expect(requests).toHaveLength(1)
  })

  it('of a missing blob is tried again and then given up', async () => {
    const { feed, origin, requests } = await makeTools(inTurn(refusal(404, 'AF20050')))
    const error = (await thrownBy(feed.fetch(blobAt(`${origin}/x`), ongoing()))) as FeedError
    expect(REACTIONS[error.code].next).toBe('quarantine')
    expect(requests).toHaveLength(5)
  })

  it('is held back while another call of the tenant is throttled', async () => {
    const { feed, origin, requests, now } = await makeTools(({ url }) =>
      url.startsWith('/a') && requests.length === 1
        ? refusal(403, 'AF429', 'Too many requests', { 'Retry-After': '20' })
        : json([]),
    )
    const arrivals: number[] = []
    const fetched = (path: string) =>
      feed.fetch(blobAt(`${origin}${path}`), ongoing()).then(() => arrivals.push(now()))
    await fetched('/a')
    await fetched('/b')
    expect(arrivals).toEqual([START + 20_000, START + 20_000])
  })
})

describe('streaming', () => {
  const text = async (bytes: AsyncIterable<Uint8Array>) => {
    let all = ''
    for await (const chunk of bytes) all += Buffer.from(chunk).toString()
    return all
  }
  const read = async (script: Script, more: Parameters<typeof makeTools>[1] = {}) => {
    const tools = await makeTools(script, more)
    const { feed, origin } = tools
    if (feed.stream === undefined) throw new Error('It streams')
    return { ...tools, result: feed.stream(blobAt(`${origin}/x`), ongoing(), text) }
  }

  it('hands over the whole body, with the token of the others', async () => {
    const { result, requests } = await read(inTurn(json(['x'.repeat(200_000)])))
    expect(await result).toBe(JSON.stringify(['x'.repeat(200_000)]))
    expect(requests[0]?.headers.authorization).toBe('Bearer token-1')
  })

  it('begins again where the body breaks off, a refusal passes or a token is replaced', async () => {
    let asked = 0
    const { result, issued } = await read((_, response) => {
      asked++
      if (asked === 1) return refusal(401, 'AF10001')
      if (asked === 2) return refusal(503, 'AF50000')
      if (asked > 3) return json(['all of it'])
      response.writeHead(200, { 'Content-Length': '100' })
      response.write('[')
      setTimeout(() => response.destroy(), 20)
    })
    expect(await result).toBe('["all of it"]')
    expect(issued).toHaveLength(2)
  })

  it.each([{}, { 'Transfer-Encoding': 'chunked' }])('ends at the cap: %j', async headers => {
    const { result, requests } = await read(inTurn(json(['x'.repeat(200_000)], headers)), {
      maxBlobBytes: 100_000,
    })
    expect(await thrownBy(result)).toMatchObject({ code: 'too-large' })
    expect(requests).toHaveLength(1)
  })
})
