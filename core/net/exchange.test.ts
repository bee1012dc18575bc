import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { type ExchangeOptions, exchange, TransportError } from './exchange.ts'
import { inTurn, ongoing, serve, thrownBy } from './loopback.test-kit.ts'

const get = (url: string, options: Partial<ExchangeOptions> = {}) =>
  exchange({ method: 'GET', url }, { signal: ongoing(), timeoutMs: 5000, maxBytes: 10_000, ...options })

it('returns status, headers and text', async () => {
  const { origin } = await serve(
    inTurn({ status: 418, headers: { 'X-Kind': 'teapot' }, body: 'short and stout' }),
  )
  const reply = await get(origin)
  expect(reply).toMatchObject({ status: 418, body: 'short and stout' })
  expect(reply.headers.get('x-kind')).toBe('teapot')
})

it('times out on a server that never answers', async () => {
  const { origin } = await serve(() => undefined)
  const error = await thrownBy(get(origin, { timeoutMs: 40 }))
  expect(error).toMatchObject({
    code: 'timeout',
    message: expect.stringContaining('did not answer within 0.04 s'),
  })
})

it('times out on a server that stops in the middle of the body', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(200)
    response.write('[')
    return undefined
  })
  expect(await thrownBy(get(origin, { timeoutMs: 40 }))).toMatchObject({ code: 'timeout' })
})

it('notices a body shorter than announced', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'Content-Length': '100' })
    response.write('[')
    setImmediate(() => response.destroy())
    return undefined
  })
  expect(await thrownBy(get(origin))).toMatchObject({ code: 'unreachable' })
})

it('stops reading at the cap and closes the connection', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  const { origin } = await serve((_, response) => {
    response.on('close', resolve)
    const more = () => !response.destroyed && response.write('x'.repeat(1000), () => setImmediate(more))
    more()
    return undefined
  })
  expect(await thrownBy(get(origin))).toMatchObject({ code: 'too-large' })
  await closed
})

it('accepts a body of exactly the cap', async () => {
  const { origin } = await serve(inTurn({ body: 'x'.repeat(10_000) }))
  expect((await get(origin)).body).toHaveLength(10_000)
})

it('measures after decompression', async () => {
  const headers = { 'Content-Encoding': 'gzip' }
  const { origin } = await serve(inTurn({ headers, body: gzipSync('x'.repeat(100_000)) }))
  expect(await thrownBy(get(origin))).toMatchObject({ code: 'too-large' })
})

it('keeps the status of a refusal however long its body is', async () => {
  const { origin } = await serve(inTurn({ status: 400, body: 'x'.repeat(300_000) }))
  const reply = await get(origin)
  expect(reply.status).toBe(400)
  expect(reply.body.length).toBeLessThanOrEqual(10_000)
})

it('sees a redirect as a reply and does not follow it', async () => {
  const elsewhere = await serve(inTurn({ body: 'elsewhere' }))
  const { origin } = await serve(inTurn({ status: 302, headers: { Location: elsewhere.origin } }))
  expect(await get(origin)).toMatchObject({ status: 302 })
  expect(elsewhere.requests).toEqual([])
})

it('drops a byte order mark and keeps characters that were cut between chunks', async () => {
  const bytes = Buffer.from('\uFEFF["Grüße"]')
  const { origin } = await serve((_, response) => {
    response.write(bytes.subarray(0, 8))
    setImmediate(() => response.end(bytes.subarray(8)))
    return undefined
  })
  expect((await get(origin)).body).toBe('["Grüße"]')
})

it('sends the length of an empty body, which some servers insist on', async () => {
  const { origin, requests } = await serve(inTurn({}))
  await exchange({ method: 'POST', url: origin }, { signal: ongoing(), timeoutMs: 5000, maxBytes: 10 })
  expect(requests[0]?.headers['content-length']).toBe('0')
})

it('ends when the run ends', async () => {
  const run = new AbortController()
  const { origin } = await serve(() => {
    run.abort()
    return undefined
  })
  expect(await thrownBy(get(origin, { signal: run.signal }))).toMatchObject({ code: 'aborted' })
  expect(await thrownBy(get(origin, { signal: run.signal }))).toMatchObject({ code: 'aborted' })
})

it.each(['nonsense', 'https://user:secret@manage.example/'])('does not send to %s', async url => {
  const error = await thrownBy(get(url))
  expect(error).toMatchObject({ code: 'bad-address' })
  expect(String(error)).not.toContain('secret')
})

it('names host and system error, and neither path nor query, when nobody listens', async () => {
  const error = await thrownBy(get('http://127.0.0.1:9/secret-path?sig=secret'))
  expect(error).toBeInstanceOf(TransportError)
  expect(error).toMatchObject({
    code: 'unreachable',
    message: expect.stringMatching(/127\.0\.0\.1:9 .*\(.+\)/),
  })
  expect(String(error)).not.toContain('secret')
})

it('never quotes a header that cannot be sent', async () => {
  const { origin } = await serve(inTurn({}))
  const request = { method: 'GET', url: origin, headers: { authorization: 'Bearer secret\ntoken' } } as const
  const error = await thrownBy(exchange(request, { signal: ongoing(), timeoutMs: 5000, maxBytes: 10 }))
  expect(error).toMatchObject({ code: 'unreachable', cause: undefined })
  expect(String(error)).not.toContain('secret')
})
