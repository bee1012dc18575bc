import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, makeManualClock } from '../clock.ts'
import type { TenantOptions } from '../options.ts'
import { startTenant, type Tenant } from '../tenant.ts'
import { connect, errorCode, json, PUBLISHER, start, type TestClient, takeToken } from '../test-client.ts'

const NOW = Date.UTC(2026, 10, 17, 12)
let clock: ReturnType<typeof makeManualClock>
let tenant: Tenant
let client: TestClient

const open = async (options: TenantOptions = {}) => {
  await tenant?.stop()
  tenant = await startTenant({ clock, tokenLifeSeconds: 30 * 86_400, ...options })
  client = await connect(tenant)
}
beforeEach(async () => {
  clock = makeManualClock(NOW)
  await open()
})
afterEach(() => tenant.stop())

test('a blob is served whole, at the address the listing gave', async () => {
  await start(client, 'Audit.Exchange')
  tenant.publish('Audit.Exchange', [{ Id: 'a' }, { Id: 'b' }], { at: NOW - MINUTE })
  const [blob] = await client.listAll('Audit.Exchange')
  expect(await json(await client.open(blob?.contentUri ?? ''))).toEqual([{ Id: 'a' }, { Id: 'b' }])
})

test('an id with its $ encoded is AF20052, an unknown one AF20050, an expired one AF20051', async () => {
  const { id } = tenant.publish('Audit.Exchange', [{ Id: 'a' }])
  expect(await errorCode(await client.get(`audit/${id.replaceAll('$', '%24')}`))).toBe('400 AF20052')
  expect(await errorCode(await client.get('audit/nothing'))).toBe('400 AF20052')
  expect(await errorCode(await client.get(`audit/${id}x`))).toBe('404 AF20050')
  clock.advance(7 * DAY)
  expect(await errorCode(await client.get(`audit/${id}`))).toBe('400 AF20051')
})

test('content lives as long as the tenant says', async () => {
  await open({ contentLifeMs: 20 * DAY })
  const { id } = tenant.publish('Audit.Exchange', [])
  clock.advance(19 * DAY)
  expect((await client.get(`audit/${id}`)).status).toBe(200)
})

test('a blob that is not available yet does not exist', async () => {
  const { id } = tenant.publish('Audit.Exchange', [], { at: NOW, availableAt: NOW + HOUR })
  expect(await errorCode(await client.get(`audit/${id}`))).toBe('404 AF20050')
})

test('ids and bodies can be given as they are, but an id only once', async () => {
  tenant.publish('Audit.Exchange', [], { id: 'odd$id', body: '\uFEFF[]' })
  expect(Buffer.from(await (await client.get('audit/odd$id')).arrayBuffer()).toString('hex')).toBe(
    'efbbbf5b5d',
  )
  expect(() => tenant.publish('Audit.General', [], { id: 'odd$id' })).toThrow('published already')
})

test('another tenant, no GUID, auditing off and a broken tenant each have a code', async () => {
  const Authorization = `Bearer ${await takeToken(tenant)}`
  const ask = (id: string) =>
    fetch(`${tenant.url}/api/v1.0/${id}/activity/feed/subscriptions/list`, { headers: { Authorization } })
  expect(await errorCode(await ask('5b6a1d0e-0000-4000-8000-000000000000'))).toBe('400 AF20010')
  expect(await errorCode(await ask('birchwood'))).toBe('400 AF20013')
  await open({ state: 'auditing-off' })
  const off = await json<{ error: { code: string; message: string } }>(await client.get('subscriptions/list'))
  expect(off.error.code).toBe('AF20011')
  expect(off.error.message).toBe(`Tenant ${tenant.tenantId} does not exist.`)
  await open({ state: 'misconfigured' })
  expect(await errorCode(await client.get('subscriptions/list'))).toBe('400 AF20012')
})

test('over quota the answer is 403 AF429 and names the publisher, or zeros for none', async () => {
  await open({ quotaPerMinute: 2 })
  const { id } = tenant.publish('Audit.Exchange', [])
  await client.get(`audit/${id}`)
  await client.get(`audit/${id}`)
  const refused = await client.get(`audit/${id}`)
  expect(refused.status).toBe(403)
  expect(refused.headers.has('Retry-After')).toBe(false)
  expect(await refused.json()).toEqual({
    error: { code: 'AF429', message: `Too many requests. Method=GetBlob, PublisherId=${PUBLISHER}` },
  })

  const Authorization = `Bearer ${await takeToken(tenant)}`
  const anonymous = () =>
    fetch(`${tenant.url}/api/v1.0/${tenant.tenantId}/activity/feed/audit/${id}`, {
      headers: { Authorization },
    })
  await anonymous()
  expect((await anonymous()).status).toBe(200)
  expect(await (await anonymous()).text()).toContain('PublisherId=00000000-0000-0000-0000-000000000000')
  clock.advance(MINUTE)
  expect((await anonymous()).status).toBe(200)
})

test('answers carry the headers of the real front end, and the date of the tenant’s clock', async () => {
  const answer = await client.get('subscriptions/list')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    date: 'Tue, 17 Nov 2026 12:00:00 GMT',
  })
  await open({ dateSkewMs: 10 * MINUTE })
  expect((await client.get('subscriptions/list')).headers.get('date')).toContain('12:10:00')
})

test.each(['NextPageUri', 'nextpageuri'] as const)(
  'the page header can be written %s',
  async nextPageHeader => {
    await open({ nextPageHeader, pageSize: 1 })
    await start(client, 'Audit.General')
    for (const i of [1, 2]) tenant.publish('Audit.General', [], { at: NOW - i * MINUTE })
    const Authorization = `Bearer ${await takeToken(tenant)}`
    const path = `/api/v1.0/${tenant.tenantId}/activity/feed/subscriptions/content?contentType=Audit.General`
    const raw = await new Promise<string[]>((resolve, reject) => {
      request(tenant.url + path, { headers: { Authorization } }, answer => {
        answer.resume()
        resolve(answer.rawHeaders)
      })
        .on('error', reject)
        .end()
    })
    expect(raw).toContain(nextPageHeader)
  },
)

test('notifications are empty, sensitive types are few, and everything else is 404', async () => {
  await start(client, 'Audit.General')
  expect(await json(await client.get('subscriptions/notifications?contentType=Audit.General'))).toEqual([])
  expect(await json(await client.get('resources/dlpSensitiveTypes'))).toHaveLength(2)
  expect((await client.get('subscriptions/nothing')).status).toBe(404)
  expect((await client.get('subscriptions/start?contentType=Audit.General')).status).toBe(404)
})

test('the older version in the path works too', async () => {
  const Authorization = `Bearer ${await takeToken(tenant)}`
  const url = `${tenant.url}/api/v1/${tenant.tenantId}/activity/feed/subscriptions/list`
  expect((await fetch(url, { headers: { Authorization } })).status).toBe(200)
})
