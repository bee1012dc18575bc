import { describe, expect, it } from 'vitest'
import type { FeedCode } from '../../model/errors.ts'
import { AF_CODES } from './af-codes.ts'
import { type Call, failure, START_COOLDOWN_MS } from './failures.ts'

const TENANT = '41463f53-8812-40f4-890f-865bf6e35190'
const subject = { tenantId: TENANT, contentType: 'Audit.Exchange', host: 'manage.office.com' } as const
const af = (code: string, message = 'As documented.') => JSON.stringify({ error: { code, message } })
const fail = (call: Call, status: number, body: string, headers = {}) =>
  failure(call, { status, body, headers: new Headers(headers) }, subject)

describe('codes of the API', () => {
  it.each<[string, number, FeedCode]>([
    ['AF10001', 401, 'consent-missing'],
    ['AF20001', 400, 'rejected'],
    ['AF20002', 400, 'rejected'],
    ['AF20003', 400, 'rejected'],
    ['AF20010', 403, 'wrong-tenant'],
    ['AF20011', 400, 'audit-off'],
    ['AF20012', 400, 'wrong-tenant'],
    ['AF20013', 400, 'wrong-tenant'],
    ['AF20020', 400, 'rejected'],
    ['AF20021', 400, 'rejected'],
    ['AF20022', 400, 'not-subscribed'],
    ['AF20023', 400, 'subscription-disabled'],
    ['AF20030', 400, 'window-rejected'],
    ['AF20031', 400, 'page-rejected'],
    ['AF20050', 404, 'content-missing'],
    ['AF20050', 400, 'content-missing'],
    ['AF20051', 400, 'content-expired'],
    ['AF20052', 400, 'content-missing'],
    ['AF20053', 400, 'rejected'],
    ['AF20054', 400, 'rejected'],
    ['AF20055', 400, 'window-rejected'],
    ['AF429', 403, 'throttled'],
    ['AF429', 429, 'throttled'],
    ['AF50000', 500, 'unavailable'],
    ['AF50005', 500, 'unavailable'],
    ['AF50006', 503, 'unavailable'],
  ])('%s under %i is %s', (code, status, feedCode) => {
    const error = fail('content', status, af(code))
    expect(error).toMatchObject({ code: feedCode, serverCode: code })
    expect(error.message).toContain(code)
  })

  it.each([...AF_CODES.keys()])(
    '%s is one sentence that names the status, the code and nothing undefined',
    code => {
      const { message } = fail('content', 400, af(code))
      expect(message).toMatch(/^[A-Z].*\.$/)
      expect(message).toContain(`HTTP 400, ${code}: "As documented"`)
      expect(message).not.toMatch(/undefined|[\r\n]/)
    },
  )
})

describe('without a code of the API', () => {
  it.each<[Call, number, string, FeedCode]>([
    ['content', 401, '{"Message":"Authorization has been denied for this request."}', 'unauthorized'],
    ['blob', 401, '', 'unauthorized'],
    ['content', 429, '', 'throttled'],
    ['content', 403, af('429', 'Too many requests.'), 'throttled'],
    ['content', 502, '<html><body>Bad Gateway</body></html>', 'unavailable'],
    ['blob', 503, '<html></html>', 'unavailable'],
    ['subscriptions', 500, '', 'unavailable'],
    ['subscriptions', 408, '', 'unavailable'],
    ['blob', 404, '', 'content-missing'],
    ['blob', 410, '', 'content-missing'],
    ['content', 404, '', 'rejected'],
    ['content', 302, '', 'rejected'],
    ['content', 403, '<html>Proxy</html>', 'rejected'],
    ['content', 400, '{"error":{"code":"toString","message":"x"}}', 'rejected'],
  ])('%s, %i %s is %s', (call, status, body, code) => {
    expect(fail(call, status, body)).toMatchObject({ code })
  })
})

describe('a tenant that does not exist', () => {
  it.each([
    [400, af('AF20011', `Specified tenant ID (${TENANT}) does not exist in the system or has been deleted.`)],
    [401, `{"Message":"Tenant ${TENANT} does not exist."}`],
    [
      500,
      af(
        'AF50000',
        `Microsoft.Office.Compliance.Audit.DataServiceException: Tenant ${TENANT} does not exist.`,
      ),
    ],
  ])('under %i is audit-off, and the sentence names both causes', (status, body) => {
    const error = fail('subscriptions', status, body)
    expect(error.code).toBe('audit-off')
    expect(error.message).toContain('not recording activity')
    expect(error.message).toContain('M365_CLOUD')
  })
})

describe('a start that comes too early', () => {
  const text = 'Too many frequent subscription start requests. Please retry again after 14m 56s.'

  it.each([403, 429])('is a cool-down under %i, for as long as it says', status => {
    const error = fail('start', status, af('429', text))
    expect(error).toMatchObject({ code: 'start-cooldown', retryAfterMs: 896_000, serverCode: '429' })
  })

  it('lasts 15 minutes when it does not say', () => {
    expect(fail('start', 429, af('429', 'Too many.'))).toMatchObject({ retryAfterMs: START_COOLDOWN_MS })
  })

  it('is something else than too many requests', () => {
    expect(fail('start', 403, af('AF429', 'Too many requests.'))).toMatchObject({ code: 'throttled' })
  })
})

it('waits an hour when an internal error says so', () => {
  expect(fail('blob', 500, af('AF50000', 'Internal error, retry in an hour.'))).toMatchObject({
    code: 'unavailable',
    retryAfterMs: 3_600_000,
  })
})

it('reads a throttle in single quotes', () => {
  const body =
    "{'error':{'code':'AF429','message':'Too many requests. Method=GetBlob, PublisherId=00000000'}}"
  expect(fail('blob', 403, body)).toMatchObject({ code: 'throttled', serverCode: 'AF429' })
})

it('names the clock of the server when a range is refused', () => {
  const error = fail('content', 400, af('AF20055'), { Date: 'Fri, 20 Nov 2026 09:02:00 GMT' })
  expect(error.message).toContain('server time 2026-11-20T09:02:00.000Z')
})

it('names both tenants when they differ', () => {
  const error = fail('content', 400, af('AF20010', 'The token is for bbbbcccc-1111-dddd-2222-eeee3333ffff.'))
  expect(error.message).toContain(TENANT)
  expect(error.message).toContain('bbbbcccc-1111-dddd-2222-eeee3333ffff')
})

it('asks for the permission that the content type needs', () => {
  expect(fail('content', 401, af('AF10001')).message).toContain('grant it ActivityFeed.Read,')
  const dlp = { ...subject, contentType: 'DLP.All' } as const
  const reply = { status: 401, body: af('AF10001'), headers: new Headers() }
  expect(failure('content', reply, dlp).message).toContain('ActivityFeed.ReadDlp')
})

it('keeps the words that came with an unknown code, on one short line', () => {
  const error = fail('content', 400, af('AF29999', `New\r\nand \u202Estrange. ${'x'.repeat(1000)}`))
  expect(error).toMatchObject({ code: 'rejected', serverCode: 'AF29999' })
  expect(error.message).toContain('AF29999: "New and strange. xxx')
  expect(error.message.length).toBeLessThan(350)
})
