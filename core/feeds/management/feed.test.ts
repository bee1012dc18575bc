import { describe, expect, it } from 'vitest'
import { inTurn, ongoing, thrownBy } from '../../net/loopback.test-kit.ts'
import { entry, json, listAll, makeTools, PUBLISHER, refusal } from './feed.test-kit.ts'

describe('a refused token', () => {
  it('is replaced once, and the request is sent again', async () => {
    const denied = { ...json({ Message: 'Authorization has been denied for this request.' }), status: 401 }
    const { feed, requests, issued } = await makeTools(inTurn(denied, json([])))
    expect(await listAll(feed)).toEqual([])
    expect(requests.map(r => r.headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
    expect(issued).toHaveLength(2)
  })

  it('that is refused again is not replaced again', async () => {
    const { feed, requests } = await makeTools(inTurn(refusal(401, 'AF10001')))
    const error = await thrownBy(listAll(feed))
    expect(error).toMatchObject({ code: 'consent-missing', serverCode: 'AF10001' })
    expect(requests).toHaveLength(2)
  })
})

describe('subscribe', () => {
  const isList = (url: string) => url.includes('/subscriptions/list?')

  it('starts what is missing, once, and then cools down', async () => {
    const { feed, requests, advance } = await makeTools(({ url }) =>
      isList(url) ? json([]) : json({ status: 'enabled' }),
    )
    expect(await feed.subscribe(ongoing())).toEqual({ state: 'started', was: 'absent' })
    advance(60_000)
    expect(await feed.subscribe(ongoing())).toEqual({ state: 'cooling', retryAfterMs: 14 * 60_000 })
    expect(requests.map(r => r.method)).toEqual(['GET', 'POST', 'GET'])
    for (const { url } of requests) expect(url).toContain(`PublisherIdentifier=${PUBLISHER}`)
  })

  it('never repeats a start by itself', async () => {
    const { feed, requests } = await makeTools(({ url }) => (isList(url) ? json([]) : { status: 503 }))
    expect(await thrownBy(feed.subscribe(ongoing()))).toMatchObject({ code: 'unavailable' })
    expect(requests.filter(r => r.method === 'POST')).toHaveLength(1)
  })

  it('takes the cool-down from the server and keeps it', async () => {
    const { feed, requests } = await makeTools(({ url }) =>
      isList(url)
        ? json([{ contentType: 'Audit.Exchange', status: 'disabled', webhook: null }])
        : refusal(
            403,
            '429',
            'Too many frequent subscription start requests. Please retry again after 14m 56s.',
          ),
    )
    expect(await feed.subscribe(ongoing())).toEqual({ state: 'cooling', retryAfterMs: 896_000 })
    expect(await feed.subscribe(ongoing())).toEqual({ state: 'cooling', retryAfterMs: 896_000 })
    expect(requests.filter(r => r.method === 'POST')).toHaveLength(1)
  })
})

it('never writes a token or an address of a blob to the log', async () => {
  const { feed, lines } = await makeTools(
    inTurn(refusal(403, 'AF429'), { status: 500 }, json([entry('http://x', 1), {}])),
  )
  await listAll(feed)
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.join('\n')).not.toMatch(/token-|http:/)
})
