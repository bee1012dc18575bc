import { describe, expect, it } from 'vitest'
import { runSignal } from '../../net/deadline.ts'
import {
  fakeClock,
  inTurn,
  ongoing,
  type Script,
  type Scripted,
  START,
  serve,
  thrownBy,
} from '../../net/loopback.test-kit.ts'
import { sleep } from '../../net/sleep.ts'
import { type GraphDeps, type GraphQuery, makeGraph } from './transport.ts'

const QUERY: GraphQuery = {
  family: 'reporting',
  version: 'beta',
  path: '/auditLogs/signIns',
  filter: "createdDateTime ge 2026-11-20T09:00:00Z and signInEventTypes/any(t: t eq 'servicePrincipal')",
  orderBy: 'createdDateTime desc',
  top: 500,
  subject: { what: 'sign-ins', permission: 'AuditLog.Read.All' },
}

async function setUp(script: Script, more: Partial<GraphDeps> = {}) {
  const server = await serve(script)
  const clock = fakeClock()
  const issued: string[] = []
  const tokens = {
    token: async () => `token-${issued.length + 1}`,
    forget: (token = '') => void issued.push(token),
  }
  const graph = makeGraph({ origin: server.origin, tokens, random: () => 0.5, ...clock, ...more })
  const page = (signal = ongoing()) => graph.page(QUERY, { signal })
  return { ...server, ...clock, graph, issued, page }
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Scripted => ({
  status,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
const refusal = (status: number, code: string, message = 'As documented.', headers = {}) =>
  json({ error: { code, message, innerError: {} } }, status, headers)

describe('a request', () => {
  it('is encoded, versioned, and has a token, over plain http on this machine too', async () => {
    const { page, requests } = await setUp(inTurn(json({ value: [{ id: 1 }] })))
    expect(await page()).toEqual({ entries: [{ id: 1 }], next: undefined })
    const [{ headers, method, url } = { url: '' }] = requests
    expect({ method, authorization: headers?.authorization }).toEqual({
      method: 'GET',
      authorization: 'Bearer token-1',
    })
    const asked = new URL(url, 'http://x')
    expect(asked.pathname).toBe('/beta/auditLogs/signIns')
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      $top: '500',
      $orderby: 'createdDateTime desc',
      $filter: QUERY.filter,
    })
    expect(url).toMatch(/^[\x21-\x7e]+$/)
    expect(url).toContain('signInEventTypes%2Fany')
  })

  it('is sent once more with another token where the first is refused', async () => {
    const { issued, page, requests } = await setUp(
      inTurn(refusal(401, 'InvalidAuthenticationToken'), json({ value: [] })),
    )
    expect(await page()).toMatchObject({ entries: [] })
    expect(issued).toEqual(['token-1'])
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
  })
})

describe('an object', () => {
  const ONE: GraphQuery = { ...QUERY, family: 'directory', version: 'v1.0', path: '/organization/1' }

  it('is asked for by its path and the properties wanted', async () => {
    const { graph, requests } = await setUp(inTurn(json({ id: '1' })))
    const { filter: _, orderBy: __, top: ___, ...plain } = ONE
    expect(await graph.object({ ...plain, select: 'id' }, { signal: ongoing() })).toEqual({ id: '1' })
    expect(requests.map(({ method, url }) => [method, url])).toEqual([
      ['GET', '/v1.0/organization/1?$select=id'],
    ])
  })

  it('is what a POST answers with, sent as JSON, and once where it must not be repeated', async () => {
    const { graph, requests } = await setUp(inTurn({ status: 503 }, json({ id: '2' }, 201)))
    const post = { family: 'audit-search', version: 'beta', path: '/q', subject: QUERY.subject } as const
    const query = { ...post, body: { displayName: 'ü' } }
    const failure = await thrownBy(graph.object(query, { signal: ongoing(), retries: 0 }))
    expect(failure).toMatchObject({ code: 'unavailable' })
    expect(await graph.object(query, { signal: ongoing(), retries: 0 })).toEqual({ id: '2' })
    expect(requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '{"displayName":"ü"}'],
      ['POST', '{"displayName":"ü"}'],
    ])
  })
})

describe('a page link', () => {
  it('is followed to the letter', async () => {
    const link = '/beta/auditLogs/signIns?$filter=a%20eq%20%27b%27&$skiptoken=MS4w_=%24x%2f==&$TOP=1'
    const { graph, origin, requests } = await setUp(inTurn(json({ value: [] })))
    await graph.follow(origin + link, QUERY, { signal: ongoing() })
    expect(requests.map(({ url }) => url)).toEqual([link])
  })

  it('to another host gets neither a request nor a token', async () => {
    const { graph, requests } = await setUp(inTurn(json({ value: [] })))
    const other = await serve(inTurn(json({ value: [] })))
    for (const link of [
      `${other.origin}/v1.0/x?a=1`,
      'https://graph.microsoft.com/v1.0/x',
      'nonsense',
      '/v1.0/x',
    ])
      expect(await thrownBy(graph.follow(link, QUERY, { signal: ongoing() }))).toMatchObject({
        code: 'foreign-origin',
      })
    expect([...requests, ...other.requests]).toEqual([])
  })

  it('that has grown old is told from a refusal', async () => {
    const { graph, origin } = await setUp(inTurn(refusal(400, 'BadRequest', 'Skip token is expired.')))
    const error = await thrownBy(graph.follow(`${origin}/v1.0/x`, QUERY, { signal: ongoing() }))
    expect(error).toMatchObject({ code: 'page-rejected', serverCode: 'BadRequest' })
  })
})

describe('a refusal', () => {
  it.each([
    [403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'No.', 'not-licensed'],
    [403, 'X', "Neither tenant is B2C or tenant doesn't have premium license", 'not-licensed'],
    [403, 'Authorization_RequestDenied', 'Insufficient privileges.', 'permission-missing'],
    [403, 'UnknownError', '', 'permission-missing'],
    [401, 'InvalidAuthenticationToken', 'Expired.', 'unauthorized'],
    [404, 'ResourceNotFound', 'No segment.', 'not-in-cloud'],
    [501, 'NotImplemented', 'Later.', 'not-in-cloud'],
    [400, 'BadRequest', 'Invalid filter clause', 'rejected'],
    [302, 'Moved', 'There.', 'rejected'],
  ])('%i %s "%s" is %s, in a sentence that quotes it', async (status, code, message, expected) => {
    const { page } = await setUp(inTurn(refusal(status, code, message)))
    const error = await thrownBy(page())
    expect(error).toMatchObject({ name: 'FeedError', code: expected, serverCode: code })
    expect(String(error)).toContain(`HTTP ${status}, ${code}`)
  })

  it.each([500, 502, 503, 504, 408])('%i is tried again, by us and not by the client', async status => {
    const { page, requests, waits } = await setUp(inTurn({ status, body: '<html>' }, json({ value: [] })))
    await page()
    expect(requests).toHaveLength(2)
    expect(waits).toEqual([500])
  })
})

describe('a throttle', () => {
  it('is waited for as long as it says, beyond what the client would', async () => {
    const { page, waits } = await setUp(
      inTurn(refusal(429, 'TooManyRequests', '', { 'Retry-After': '200' }), json({ value: [] })),
    )
    await page(runSignal(START + 300_000, START))
    expect(waits).toEqual([200_000])
  })

  it('without a time is waited for as long as a window of the quota', async () => {
    const { page, waits } = await setUp(inTurn(refusal(429, 'TooManyRequests'), json({ value: [] })))
    await page()
    expect(waits).toEqual([10_000])
  })

  it('holds back everybody else', async () => {
    const { page, requests, now } = await setUp(
      inTurn(refusal(429, 'x', '', { 'Retry-After': '30' }), json({ value: [] })),
    )
    await Promise.all([page(), page()])
    expect(now()).toBe(START + 30_000)
    expect(requests.length).toBeLessThanOrEqual(4)
  })

  it('does not outlive the run: an abort ends the wait at once', async () => {
    const run = new AbortController()
    const { page } = await setUp(inTurn(refusal(429, 'x', '', { 'Retry-After': '50' })), {
      sleep: (ms, signal) => {
        const waiting = sleep(ms, signal)
        run.abort()
        return waiting
      },
    })
    expect(await thrownBy(page(run.signal))).toMatchObject({ code: 'throttled', retryAfterMs: 50_000 })
  })
})

describe('the budget', () => {
  it('lets five requests go in ten seconds, retries among them', async () => {
    const { page, now } = await setUp(inTurn({ status: 503 }, json({ value: [] })))
    for (let n = 0; n < 4; n++) await page()
    expect(now()).toBe(START + 500)
    await page()
    expect(now()).toBe(START + 10_000)
  })

  it('that does not suffice before the end of the run is a throttle', async () => {
    const { page, requests } = await setUp(inTurn(json({ value: [] })))
    for (let n = 0; n < 5; n++) await page()
    const error = await thrownBy(page(runSignal(START + 5_000, START)))
    expect(error).toMatchObject({ code: 'throttled', retryAfterMs: 10_000 })
    expect(requests).toHaveLength(5)
  })
})

describe('an answer', () => {
  it.each([
    ['<html>hello</html>', 'a page of a gateway'],
    ['{"value":[{"id":1', 'one that was cut off'],
    ['[]', 'a bare list'],
  ])('%s, %s, is asked for again and then malformed', async body => {
    const { page, requests } = await setUp(inTurn({ body }))
    expect(await thrownBy(page())).toMatchObject({ code: 'malformed' })
    expect(requests).toHaveLength(5)
  })

  it.each(['{}', '{"value":{}}', '{"value":[}'])('%s is malformed, and not quoted', async body => {
    const { page } = await setUp(inTurn({ body }))
    const error = await thrownBy(page())
    expect(error).toMatchObject({ code: 'malformed', message: expect.not.stringContaining('value') })
  })

  it('larger than the limit is not read to its end', async () => {
    const { page } = await setUp(inTurn(json({ value: ['x'.repeat(2_000)] })), { maxBytes: 1_000 })
    expect(await thrownBy(page())).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('limit of 1000 bytes'),
    })
  })
})
