import { afterEach, expect, test } from 'vitest'
import { makeManualClock } from './clock.ts'
import { OWN_APP } from './identity.ts'
import { startTenant, type Tenant } from './tenant.ts'
import { askToken, connect, errorCode, json, start, takeToken } from './test-client.ts'

const clock = makeManualClock(Date.UTC(2026, 10, 17, 9))
let tenant: Tenant
afterEach(() => tenant.stop())

test('the endpoint answers in the App Service form, with expires_on as text in unix seconds', async () => {
  tenant = await startTenant({ clock, tokenLifeSeconds: 600 })
  const answer = await askToken(tenant, 'https://manage.office.com')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]{40,}$/),
    expires_on: String(clock.now() / 1000 + 600),
    resource: 'https://manage.office.com',
    token_type: 'Bearer',
  })
})

test('the expiry can be told on the clock that the credential library lives by', async () => {
  tenant = await startTenant({ clock, tokenLifeSeconds: 600, credentialNow: () => 5_000 })
  const body = await json<{ expires_on: string }>(await askToken(tenant, tenant.url))
  expect(body.expires_on).toBe('605')
})

test('a request without the right identity header, version or resource gets no token', async () => {
  tenant = await startTenant({ clock })
  const headers = { 'X-IDENTITY-HEADER': tenant.identityHeader }
  expect((await askToken(tenant, 'https://manage.office.com', 'guess')).status).toBe(401)
  expect(
    (await fetch(`${tenant.identityEndpoint}?resource=x&api-version=2017-09-01`, { headers })).status,
  ).toBe(400)
  expect((await fetch(`${tenant.identityEndpoint}?api-version=2019-08-01`, { headers })).status).toBe(400)
})

const DENIED = { Message: 'Authorization has been denied for this request.' }

test('the Management API denies a missing, unknown, foreign or expired token in words of its own', async () => {
  tenant = await startTenant({ clock, tokenLifeSeconds: 60 })
  const path = `${tenant.managementUrl}/api/v1.0/${tenant.tenantId}/activity/feed/subscriptions/list`
  const bare = await fetch(path)
  expect([bare.status, await bare.json()]).toEqual([401, DENIED])

  const stranger = await connect(tenant, 'nonsense')
  expect((await stranger.get('subscriptions/list')).status).toBe(401)
  const graph = await connect(tenant, await takeToken(tenant, 'https://graph.microsoft.com'))
  expect((await graph.get('subscriptions/list')).status).toBe(401)

  const client = await connect(tenant)
  expect((await client.get('subscriptions/list')).status).toBe(200)
  clock.advance(60_000)
  const late = await client.get('subscriptions/list')
  expect([late.status, await late.json()]).toEqual([401, DENIED])
})

test('tokens for every cloud, with or without a slash, and for the tenant’s own address are taken', async () => {
  tenant = await startTenant({ clock })
  for (const resource of ['https://manage.office.com/', 'https://manage.office365.us', tenant.url]) {
    const client = await connect(tenant, await takeToken(tenant, resource))
    expect((await client.get('subscriptions/list')).status).toBe(200)
  }
})

test('a token says whose it is and what it may', async () => {
  tenant = await startTenant({ clock, roles: ['ActivityFeed.Read', 'AuditLog.Read.All'] })
  tenant.revoke('AuditLog.Read.All')
  const [, claims = ''] = (await takeToken(tenant, tenant.url)).split('.')
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    appid: OWN_APP.appId,
    oid: OWN_APP.objectId,
    roles: ['ActivityFeed.Read'],
  })
})

test('a token lacks the role it was issued without until a new one is taken', async () => {
  tenant = await startTenant({ clock, roles: [] })
  const before = await connect(tenant)
  tenant.grant('ActivityFeed.Read')
  expect(await errorCode(await before.get('subscriptions/list'))).toBe('401 AF10001')
  const after = await connect(tenant)
  expect((await after.get('subscriptions/list')).status).toBe(200)
  expect(await errorCode(await start(after, 'DLP.All'))).toBe('401 AF10001')
})
