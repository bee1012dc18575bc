import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, makeManualClock } from './clock.ts'
import type { TenantOptions } from './options.ts'
import { startTenant, type Tenant } from './tenant.ts'
import { between, connect, start, type TestClient, takeToken } from './test-client.ts'

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

const time = (ms: number) => new Date(ms).toISOString()
const list = (from: number, to: number) => client.list('Audit.Exchange', between(from, to))

test('the audit is plain JSON', async () => {
  await list(NOW - HOUR, NOW)
  const audit = tenant.audit()
  expect(JSON.parse(JSON.stringify(audit))).toEqual(audit)
})

test('blobs are counted as never, once or again fetched; unavailable and unreachable ones do not count', async () => {
  const blobs = [1, 2, 3].map(i => tenant.publish('Audit.Exchange', [{}], { at: NOW - i * MINUTE }))
  tenant.publish('Audit.Exchange', [], { at: NOW, availableAt: NOW + HOUR })
  tenant.publish('Audit.General', [], { at: NOW - MINUTE })
  await list(NOW - HOUR, NOW)
  for (const n of [1, 2, 2]) await client.get(`audit/${blobs[n]?.id}`)
  const { never, once, again, blobs: details } = tenant.audit()
  expect([never, once, again]).toEqual([[blobs[0]?.id], [blobs[1]?.id], [blobs[2]?.id]])
  expect(details[2]).toMatchObject({ records: 1, listed: 1, asked: 2, fetched: 2 })
})

test('what no listing covered since the start is a gap, and the last one is open', async () => {
  clock.advance(10 * HOUR)
  await list(NOW - HOUR, NOW + HOUR)
  await list(NOW + 3 * HOUR, NOW + 4 * HOUR)
  expect(tenant.audit().gaps).toEqual([
    { contentType: 'Audit.Exchange', from: time(NOW + HOUR), to: time(NOW + 3 * HOUR), open: false },
    { contentType: 'Audit.Exchange', from: time(NOW + 4 * HOUR), to: time(NOW + 10 * HOUR), open: true },
  ])
  await list(NOW, NOW + 10 * HOUR)
  expect(tenant.audit().gaps).toEqual([])
})

test('a listing into the future covers no more than what had happened', async () => {
  await list(NOW, NOW + 5 * HOUR)
  clock.advance(HOUR)
  expect(tenant.audit().gaps).toMatchObject([{ from: time(NOW), to: time(NOW + HOUR) }])
})

test('ranges that are too wide or too old are named with their bounds and the reason', async () => {
  await list(NOW - 2 * DAY, NOW)
  await client.list('Audit.Exchange', 'startTime=2026-11-17')
  expect(tenant.audit().badRanges).toEqual([
    {
      at: time(NOW),
      contentType: 'Audit.Exchange',
      startTime: '2026-11-15T12:00:00',
      endTime: '2026-11-17T12:00:00',
      reason: 'more than 24 hours apart',
    },
    { at: time(NOW), contentType: 'Audit.Exchange', startTime: '2026-11-17', reason: 'only one bound' },
  ])
})

test('a page link that nobody follows is on record until someone does', async () => {
  await open({ pageSize: 1 })
  for (const i of [1, 2]) tenant.publish('Audit.Exchange', [], { at: NOW - i * MINUTE })
  const link = (await list(NOW - HOUR, NOW)).headers.get('NextPageUri') ?? ''
  const [unfollowed] = tenant.audit().unfollowedLinks
  expect(link.endsWith(unfollowed?.link ?? 'none')).toBe(true)
  await client.open(link)
  expect(tenant.audit().unfollowedLinks).toEqual([])
})

test('starts inside the cool-down are told with what they met', async () => {
  clock.advance(MINUTE)
  await start(client, 'Audit.Exchange')
  clock.advance(15 * MINUTE)
  await start(client, 'Audit.Exchange')
  expect(tenant.audit().startsInCoolDown).toEqual([
    { contentType: 'Audit.Exchange', at: time(NOW + MINUTE), afterMs: MINUTE, answer: 'AF20024' },
  ])
})

test('calls without a publisher are counted by kind', async () => {
  const headers = { Authorization: `Bearer ${await takeToken(tenant)}` }
  const feed = `${tenant.managementUrl}/api/v1.0/${tenant.tenantId}/activity/feed`
  await fetch(`${feed}/subscriptions/list`, { headers })
  await fetch(`${feed}/audit/a$b`, { headers })
  expect(tenant.audit().withoutPublisher).toEqual({ list: 1, blob: 1 })
})

test('a throttle binds the whole feed until its Retry-After has passed', async () => {
  await open({ faults: { seed: 1, faults: [{ kind: 'throttle', on: ['list'], retryAfterSeconds: 60 }] } })
  expect((await client.get('subscriptions/list')).status).toBe(403)
  expect(tenant.audit().earlyCalls).toEqual([])
  clock.advance(20_000)
  await list(NOW - HOUR, NOW)
  clock.advance(40_000)
  await list(NOW - HOUR, NOW)
  expect(tenant.audit().earlyCalls).toEqual([{ kind: 'content', at: time(NOW + 20_000), earlyByMs: 40_000 }])
})

test('requests over quota are counted', async () => {
  await open({ quotaPerMinute: 3 })
  for (let i = 0; i < 4; i++) await client.get('subscriptions/list')
  expect(tenant.audit().overQuota).toBe(2)
  expect(tenant.audit().calls).toMatchObject({
    token: { 200: 1 },
    start: { 200: 1 },
    list: { 200: 2, 403: 2 },
  })
})
