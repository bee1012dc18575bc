import { describe, expect, it } from 'vitest'
import { inTurn, START, serve, thrownBy } from '../../net/loopback.test-kit.ts'
import { makeSender } from '../../net/send.ts'
import { sleep } from '../../net/sleep.ts'
import { entry, json, listAll, makeTools, PUBLISHER, refusal, TENANT } from './feed.test-kit.ts'

describe('list', () => {
  it.each(['NextPageUri', 'nextpageuri', 'NEXTPAGEURI', 'NextPageUrl'])(
    'follows %s as real servers write it, and is the publisher on every page',
    async header => {
      const query = `contenttype=Audit.Exchange&starttime=x&nextpage=20261120001806300068349$20261119104642000000000$na0022`
      const tools = await makeTools(({ url, headers }) => {
        const origin = `http://${headers.host}`
        if (url.includes('nextpage=')) return json([entry(origin, 2)], { [header]: '' })
        const next = `${origin}/api/v1/${TENANT}/activity/feed/subscriptions/content?${query}`
        return json([entry(origin, 1)], { [header]: next })
      })
      expect(await listAll(tools.feed)).toEqual(['id$1', 'id$2'])
      expect(tools.requests.map(r => r.url)).toEqual([
        `/api/v1.0/${TENANT}/activity/feed/subscriptions/content?contentType=Audit.Exchange&startTime=2026-11-19T09:00:00&endTime=2026-11-20T09:00:00&PublisherIdentifier=${PUBLISHER}`,
        `/api/v1/${TENANT}/activity/feed/subscriptions/content?${query}&PublisherIdentifier=${PUBLISHER}`,
      ])
      for (const { headers } of tools.requests) expect(headers.authorization).toBe('Bearer token-1')
    },
  )

  it('sends nothing to a foreign next page', async () => {
    const evil = await serve(inTurn(json([])))
    const { feed } = await makeTools(inTurn(json([], { NextPageUri: `${evil.origin}/next` })))
    expect(await thrownBy(listAll(feed))).toMatchObject({ code: 'foreign-origin' })
    expect(evil.requests).toEqual([])
  })

  it('ends a circle of pages after the page that closes it', async () => {
    const tools = await makeTools(({ url, headers }) => {
      const origin = `http://${headers.host}`
      return json([entry(origin, 1)], { NextPageUri: `${origin}/p?nextPage=${url.includes('=1') ? 2 : 1}` })
    })
    expect(await thrownBy(listAll(tools.feed))).toMatchObject({ code: 'page-rejected' })
    expect(tools.requests).toHaveLength(3)
  })

  it('ends an endless listing after 1,000 pages', async () => {
    let page = 0
    const tools = await makeTools(({ headers }) =>
      json([], { NextPageUri: `http://${headers.host}/p?nextPage=${page++}` }),
    )
    expect(await thrownBy(listAll(tools.feed))).toMatchObject({ code: 'page-rejected' })
    expect(tools.requests).toHaveLength(1_000)
  })

  it('skips entries it cannot use and says only which field they lack', async () => {
    const { feed, lines } = await makeTools(({ headers }) => {
      const good = entry(`http://${headers.host}`, 1)
      return json([good, { ...good, contentUri: '' }, { ...good, contentUri: null }])
    })
    expect(await listAll(feed)).toEqual(['id$1'])
    expect(lines).toEqual([
      'A listing of Audit.Exchange has 2 entries without a usable contentUri; they cannot be fetched.',
    ])
  })

  it('lists blobs of a foreign origin, so that they are on record', async () => {
    const { feed } = await makeTools(inTurn(json([entry('https://evil.example', 1)])))
    expect(await listAll(feed)).toEqual(['id$1'])
  })

  it.each([
    [refusal(400, 'AF20022'), 'not-subscribed'],
    [refusal(400, 'AF20023'), 'subscription-disabled'],
    [refusal(400, 'AF20031'), 'page-rejected'],
    [refusal(400, 'AF20055'), 'window-rejected'],
    [refusal(400, 'AF20011', 'Tenant x does not exist.'), 'audit-off'],
  ])('%# is handed on once, as what it is', async (answer, code) => {
    const { feed, requests } = await makeTools(inTurn(answer))
    expect(await thrownBy(listAll(feed))).toMatchObject({ name: 'FeedError', code })
    expect(requests).toHaveLength(1)
  })

  it('waits through a throttle and an outage', async () => {
    const { feed, waits } = await makeTools(
      inTurn(
        refusal(403, 'AF429', 'Too many requests.', { 'Retry-After': '7' }),
        {
          status: 503,
          headers: { Date: 'Fri, 20 Nov 2026 09:00:00 GMT', 'Retry-After': 'Fri, 20 Nov 2026 09:00:03 GMT' },
        },
        { status: 502, body: '<html></html>' },
        json([]),
      ),
    )
    expect(await listAll(feed)).toEqual([])
    expect(waits).toEqual([7_000, 3_000, 2_000])
  })

  it('asks again for a listing that was cut', async () => {
    const { feed, requests } = await makeTools(inTurn({ body: '[{"contentId":' }, json([])))
    expect(await listAll(feed)).toEqual([])
    expect(requests).toHaveLength(2)
  })

  it('ends at once when the run ends during a wait', async () => {
    const run = new AbortController()
    const impatient = makeSender({
      now: () => START,
      random: () => 0.5,
      sleep: (ms, signal) => {
        const waiting = sleep(ms, signal)
        run.abort()
        return waiting
      },
    })
    const { feed } = await makeTools(inTurn(refusal(429, 'AF429', 'x', { 'Retry-After': '40' })), {
      http: impatient,
    })
    expect(await thrownBy(listAll(feed, run.signal))).toMatchObject({
      code: 'throttled',
      retryAfterMs: 40_000,
    })
  })
})
