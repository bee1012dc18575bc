import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, makeManualClock } from '../clock.ts'
import type { TenantOptions } from '../options.ts'
import { startTenant, type Tenant } from '../tenant.ts'
import { between, connect, errorCode, json, type Listed, start, type TestClient } from '../test-client.ts'

const NOW = Date.UTC(2026, 10, 17, 12)
let clock: ReturnType<typeof makeManualClock>
let tenant: Tenant
let client: TestClient

const open = async (options: TenantOptions = {}) => {
  await tenant?.stop()
  tenant = await startTenant({ clock, tokenLifeSeconds: 30 * 86_400, ...options })
  client = await connect(tenant)
  await start(client, 'Audit.Exchange')
}
beforeEach(async () => {
  clock = makeManualClock(NOW)
  await open()
})
afterEach(() => tenant.stop())

const list = (range?: string) => client.list('Audit.Exchange', range)
const ids = (page: readonly Listed[]) => page.map(blob => blob.contentId)

test('a listing names each blob with its times, its type and its address', async () => {
  const blob = tenant.publish('Audit.Exchange', [{ Id: '1' }], { at: NOW - HOUR })
  expect(await json(await list(between(NOW - DAY, NOW)))).toEqual([
    {
      contentType: 'Audit.Exchange',
      contentId: blob.id,
      contentUri: `${tenant.url}/api/v1.0/${tenant.tenantId}/activity/feed/audit/${blob.id}`,
      contentCreated: '2026-11-17T11:00:00.000Z',
      contentExpiration: '2026-11-24T11:00:00.000Z',
    },
  ])
  expect(blob.id).toMatch(/^\d{23}\$\d{23}\$audit_exchange\$Audit_Exchange\$emea0036$/)
})

test('the start of a range is inside and its end is not', async () => {
  const first = tenant.publish('Audit.Exchange', [], { at: NOW - 2 * HOUR })
  tenant.publish('Audit.Exchange', [], { at: NOW - HOUR })
  expect(ids(await json(await list(between(NOW - 2 * HOUR, NOW - HOUR))))).toEqual([first.id])
})

test('without bounds the last 24 hours are meant', async () => {
  const recent = tenant.publish('Audit.Exchange', [], { at: NOW - 20 * HOUR })
  tenant.publish('Audit.Exchange', [], { at: NOW - 25 * HOUR })
  expect(ids(await json(await list()))).toEqual([recent.id])
})

test.each([
  ['only one bound', `startTime=2026-11-17T10:00:00`],
  ['start after end', between(NOW, NOW - HOUR)],
  ['start equal to end', between(NOW, NOW)],
  ['more than 24 hours', between(NOW - DAY - MINUTE, NOW)],
  ['more than 7 days back', between(NOW - 7 * DAY - MINUTE, NOW - 7 * DAY + HOUR)],
])('a bad range is refused: %s', async (_, range) => {
  expect(await errorCode(await list(range))).toBe('400 AF20055')
})

test('exactly 24 hours, exactly 7 days back and an end in the future are taken', async () => {
  expect((await list(between(NOW - 7 * DAY, NOW - 6 * DAY))).status).toBe(200)
  expect((await list(between(NOW - HOUR, NOW + HOUR))).status).toBe(200)
})

test('the other code, the grace beyond 7 days and partial answers to wide ranges are options', async () => {
  await open({ rangeCode: 'AF20030', lookBackGraceMs: HOUR, wideRange: 'partial' })
  expect(await errorCode(await list(between(NOW, NOW)))).toBe('400 AF20030')
  expect((await list(between(NOW - 7 * DAY - MINUTE, NOW - 7 * DAY))).status).toBe(200)
  tenant.publish('Audit.Exchange', [], { at: NOW - HOUR })
  expect(await json(await list(between(NOW - 2 * DAY, NOW)))).toEqual([])
})

test('a time that is none is AF20002', async () => {
  expect(await errorCode(await list('startTime=soon&endTime=later'))).toBe('400 AF20002')
})

test('without a subscription the answer is AF20022, after an administrator’s hand AF20023', async () => {
  expect(await errorCode(await client.list('Audit.General'))).toBe('400 AF20022')
  tenant.disable('Audit.Exchange')
  expect(await errorCode(await list())).toBe('400 AF20023')
  clock.advance(15 * MINUTE)
  await start(client, 'Audit.Exchange')
  expect((await list()).status).toBe(200)
})

test('content created while the subscription was stopped never shows', async () => {
  clock.advance(HOUR)
  await client.post('subscriptions/stop?contentType=Audit.Exchange')
  clock.advance(HOUR)
  tenant.publish('Audit.Exchange', [])
  clock.advance(HOUR)
  await start(client, 'Audit.Exchange')
  const after = tenant.publish('Audit.Exchange', [])
  clock.advance(MINUTE)
  expect(ids(await json(await list()))).toEqual([after.id])
})

test('a blob shows once it is available, inside a range that was listed before', async () => {
  const range = between(NOW - HOUR, NOW)
  const late = tenant.publish('Audit.Exchange', [], { contentCreated: NOW - MINUTE, availableAt: NOW + HOUR })
  expect(await json(await list(range))).toEqual([])
  clock.advance(HOUR)
  expect(ids(await json(await list(range)))).toEqual([late.id])
})

test('pages follow the order of availability, hold each blob once, and are shuffled inside', async () => {
  await open({ pageSize: 20 })
  const blobs = Array.from({ length: 50 }, (_, i) =>
    tenant.publish('Audit.Exchange', [], { contentCreated: NOW - HOUR + i, availableAt: NOW - 50 + i }),
  )
  const range = between(NOW - DAY, NOW)
  const first = ids(await json(await list(range)))
  expect(first).not.toEqual(blobs.slice(0, 20).map(b => b.id))
  expect(first.toSorted()).toEqual(blobs.slice(0, 20).map(b => b.id))
  const all = ids(await client.listAll('Audit.Exchange', range))
  expect(all.toSorted()).toEqual(blobs.map(b => b.id))
  expect(ids(await json(await list(range)))).toEqual(first)
})

test('the page link is spelled as in the wild and names no publisher', async () => {
  await open({ pageSize: 1 })
  for (const i of [1, 2]) tenant.publish('Audit.Exchange', [], { at: NOW - i * MINUTE })
  const page = await list(between(NOW - DAY, NOW))
  const feed = `${tenant.url}/api/v1.0/${tenant.tenantId}/activity/feed`
  const link = page.headers.get('NextPageUri') ?? ''
  expect(link.slice(0, feed.length)).toBe(feed)
  expect(link.slice(feed.length)).toMatch(
    /^\/subscriptions\/content\?contenttype=Audit\.Exchange&starttime=2026-11-16T12:00:00\.0000000Z&endtime=2026-11-17T12:00:00\.0000000Z&nextpage=\d{23}\$20261116120000000000000\$na0022$/,
  )
  const last = await client.open(link)
  expect(last.headers.has('NextPageUri')).toBe(false)
})

test('the link of an unbounded listing keeps the range it meant', async () => {
  await open({ pageSize: 1 })
  for (const i of [1, 2]) tenant.publish('Audit.Exchange', [], { at: NOW - i * MINUTE })
  const link = (await list()).headers.get('NextPageUri') ?? ''
  clock.advance(HOUR)
  expect(await json(await client.open(link))).toHaveLength(1)
})

test('an invented nextPage, or one of another range, is AF20031', async () => {
  const range = between(NOW - DAY, NOW)
  expect(await errorCode(await list(`${range}&nextPage=2015101900R022885001761`))).toBe('400 AF20031')
  const other = '20261117110000000000001$20261101000000000000000$na0022'
  expect(await errorCode(await list(`${range}&nextPage=${other}`))).toBe('400 AF20031')
})
