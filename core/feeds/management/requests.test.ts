import { describe, expect, it } from 'vitest'
import { fetchBlob, listContent, listSubscriptions, nextPage, startSubscription } from './requests.ts'

const TENANT = '41463f53-8812-40f4-890f-865bf6e35190'
const PUBLISHER = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'
const api = { origin: 'https://manage.office.com', tenantId: TENANT, publisher: PUBLISHER }
const ROOT = `https://manage.office.com/api/v1.0/${TENANT}/activity/feed`
const CONTENT = `https://manage.office.com/api/v1/${TENANT}/activity/feed/subscriptions/content`

it('lists the subscriptions', () => {
  expect(listSubscriptions(api)).toEqual({
    method: 'GET',
    url: `${ROOT}/subscriptions/list?PublisherIdentifier=${PUBLISHER}`,
  })
})

it('starts one content type, without a webhook', () => {
  expect(startSubscription(api, 'Audit.Exchange')).toEqual({
    method: 'POST',
    url: `${ROOT}/subscriptions/start?contentType=Audit.Exchange&PublisherIdentifier=${PUBLISHER}`,
  })
})

it('names both bounds of a listing in UTC without a zone', () => {
  const from = Date.UTC(2026, 10, 19, 9, 2, 5) / 1000
  expect(listContent(api, 'Audit.General', { from, to: from + 86_400 }).url).toBe(
    `${ROOT}/subscriptions/content?contentType=Audit.General&startTime=2026-11-19T09:02:05&endTime=2026-11-20T09:02:05&PublisherIdentifier=${PUBLISHER}`,
  )
})

it('takes an origin with a path or a slash behind it', () => {
  expect(listSubscriptions({ ...api, origin: 'https://manage.office.com/' }).url).toContain(ROOT)
})

describe('the next page', () => {
  const query =
    'contenttype=audit.exchange&starttime=2026-11-19T09:02:05.1234567Z&endtime=2026-11-20T09:02:05.0000000Z&nextpage=20261120001806300068349$20261119104642000000000$na0022'

  it('keeps every character of a real link and adds the publisher it lacks', () => {
    expect(nextPage(api, `${CONTENT}?${query}`).url).toBe(
      `${CONTENT}?${query}&PublisherIdentifier=${PUBLISHER}`,
    )
  })

  it.each(['publisherIdentifier=00000000-0000-0000-0000-000000000000', 'PUBLISHERIDENTIFIER='])(
    'puts our publisher in place of %s',
    other => {
      expect(nextPage(api, `${CONTENT}?${other}&${query}`).url).toBe(
        `${CONTENT}?${query}&PublisherIdentifier=${PUBLISHER}`,
      )
    },
  )

  it.each([
    'https://evil.example/api/v1.0/next?nextPage=1',
    'https://manage.office.com@evil.example/next',
    'http://manage.office.com/next',
    'file:///x',
    'https://manage-gcc.office.com/next',
  ])('is not taken from %s', link => {
    expect(() => nextPage(api, link)).toThrow(expect.objectContaining({ code: 'foreign-origin' }))
  })

  it.each(['not a link', '//evil.example/x'])('starts the window over when the link is %s', link => {
    expect(() => nextPage(api, link)).toThrow(expect.objectContaining({ code: 'page-rejected' }))
  })
})

describe('a blob', () => {
  const id = '20261120090205123456789$20261120091505123456789$audit_exchange$Audit_Exchange$emea0036$na0030'

  it('is fetched by its own address, dollar signs untouched, as its publisher', () => {
    expect(fetchBlob(api, `${ROOT}/audit/${id}`)).toEqual({
      method: 'GET',
      url: `${ROOT}/audit/${id}?PublisherIdentifier=${PUBLISHER}`,
    })
  })

  it('loses a fragment and keeps a question mark inside its query', () => {
    expect(fetchBlob(api, `${ROOT}/audit/1?a=b?c#d`).url).toBe(
      `${ROOT}/audit/1?a=b?c&PublisherIdentifier=${PUBLISHER}`,
    )
  })

  it('of another host is not fetched', () => {
    expect(() => fetchBlob(api, `https://evil.example/audit/${id}`)).toThrow(
      expect.objectContaining({ code: 'foreign-origin' }),
    )
  })
})
