import { afterEach, beforeEach, expect, test } from 'vitest'
import { MINUTE, makeManualClock, SECOND } from '../clock.ts'
import { startTenant, type Tenant } from '../tenant.ts'
import { connect, errorCode, json, start, type TestClient } from '../test-client.ts'

let clock: ReturnType<typeof makeManualClock>
let tenant: Tenant
let client: TestClient

beforeEach(async () => {
  clock = makeManualClock(Date.UTC(2026, 10, 17, 9))
  tenant = await startTenant({ clock })
  client = await connect(tenant)
})
afterEach(() => tenant.stop())

const stop = () => client.post('subscriptions/stop?contentType=Audit.Exchange')

test('a start answers with the subscription, and list shows it with a null webhook', async () => {
  const enabled = { contentType: 'Audit.Exchange', status: 'enabled', webhook: null }
  const answer = await start(client, 'Audit.Exchange')
  expect([answer.status, await answer.json()]).toEqual([200, enabled])
  expect(await (await client.get('subscriptions/list')).json()).toEqual([enabled])
})

test('starting what is enabled answers 400 AF20024', async () => {
  await start(client, 'Audit.Exchange')
  expect(await errorCode(await start(client, 'Audit.Exchange'))).toBe('400 AF20024')
})

test('a start within 15 minutes of the last meets the cool-down and is told how long to wait', async () => {
  await start(client, 'Audit.Exchange')
  expect((await stop()).status).toBe(200)
  clock.advance(4 * SECOND)
  const refused = await start(client, 'Audit.Exchange')
  expect(refused.status).toBe(403)
  const { error } = await json<{ error: { code: string; message: string } }>(refused)
  expect(error.code).toBe('429')
  expect(error.message).toContain('Please retry again after 14m 56s')
  clock.advance(14 * MINUTE + 56 * SECOND)
  expect((await start(client, 'Audit.Exchange')).status).toBe(200)
})

test('the cool-down is counted for each content type by itself', async () => {
  await start(client, 'Audit.Exchange')
  expect((await start(client, 'Audit.General')).status).toBe(200)
})

test('the cool-down can answer 429, and can come before AF20024', async () => {
  const other = await startTenant({ clock, coolDownStatus: 429, repeatedStart: 'cool-down' })
  const its = await connect(other)
  await start(its, 'Audit.General')
  expect(await errorCode(await start(its, 'Audit.General'))).toBe('429 429')
  clock.advance(15 * MINUTE)
  expect(await errorCode(await start(its, 'Audit.General'))).toBe('400 AF20024')
  await other.stop()
})

test('a stop answers 200 without a body, and a second one AF20022', async () => {
  await start(client, 'Audit.Exchange')
  const stopped = await stop()
  expect([stopped.status, await stopped.text()]).toEqual([200, ''])
  expect(await errorCode(await stop())).toBe('400 AF20022')
})

test('a webhook is kept and listed; one that expired is refused', async () => {
  const webhook = {
    address: 'https://hooks.birchwood.example',
    authId: 'a',
    expiration: '2026-12-01T00:00:00Z',
  }
  const path = 'subscriptions/start?contentType=Audit.General'
  expect(await json(await client.post(path, JSON.stringify({ webhook })))).toMatchObject({
    webhook: { status: 'enabled', ...webhook },
  })
  const old = { webhook: { ...webhook, expiration: '2026-01-01T00:00:00Z' } }
  expect(await errorCode(await client.post(path, JSON.stringify(old)))).toBe('400 AF20003')
  expect(await errorCode(await client.post(path, '{nonsense'))).toBe('400 AF20002')
})

test('a missing content type is AF20001 and an invented one AF20020', async () => {
  expect(await errorCode(await client.post('subscriptions/start'))).toBe('400 AF20001')
  expect(await errorCode(await client.post('subscriptions/start?contentType=Audit.Mail'))).toBe('400 AF20020')
})

test('names of parameters and content types are read without regard to case', async () => {
  expect((await client.post('subscriptions/start?contenttype=audit.exchange')).status).toBe(200)
})
