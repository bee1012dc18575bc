import { afterEach, expect, test } from 'vitest'
import { makeManualClock } from './clock.ts'
import type { Fault } from './faults.ts'
import { startTenant, type Tenant } from './tenant.ts'

const clock = makeManualClock(Date.UTC(2026, 10, 17, 9))
let tenant: Tenant
afterEach(() => tenant.stop())

const open = async (...faults: Fault[]) => {
  tenant = await startTenant({ clock, faults: { seed: 1, faults } })
}
const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Mail was read' }] }
const envelope = (content: unknown = card) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
})
const post = (url: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

test('a card in its envelope is accepted with an empty 202 and kept with its arrival', async () => {
  await open()
  const answer = await post(tenant.teamsUrl, envelope())
  expect([answer.status, await answer.text()]).toEqual([202, ''])
  expect(tenant.cards()).toEqual([{ at: clock.now(), bytes: expect.any(Number), content: card }])
})

test.each([
  ['no attachments', { type: 'message' }],
  ['an empty list', { type: 'message', attachments: [] }],
  ['a bare card', card],
  ['a card that is none', envelope({ type: 'MessageCard' })],
  ['no JSON', '{'],
])('a body with %s is refused with 400', async (_, body) => {
  await open()
  expect((await post(tenant.teamsUrl, body)).status).toBe(400)
  expect(tenant.cards()).toEqual([])
})

test('more than 28 KB is refused with 413, and up to that is taken', async () => {
  await open()
  const padded = (bytes: number) => {
    const text = JSON.stringify(envelope({ ...card, fallbackText: '' }))
    return text.replace('"fallbackText":""', `"fallbackText":"${'x'.repeat(bytes - text.length)}"`)
  }
  expect((await post(tenant.teamsUrl, padded(28 * 1024))).status).toBe(202)
  expect((await post(tenant.teamsUrl, padded(28 * 1024 + 1))).status).toBe(413)
})

test('the address is the secret: another flow or signature gets in nowhere', async () => {
  await open()
  expect((await post(tenant.teamsUrl.replace(/sig=.*/, 'sig=guess'), envelope())).status).toBe(401)
  expect((await post(tenant.teamsUrl.replace(/teams\/\w+/, 'teams/other'), envelope())).status).toBe(404)
})

test('an outage refuses each message a number of times, then it goes through', async () => {
  await open({ kind: 'outage', hits: 2 })
  const statuses = []
  for (let i = 0; i < 3; i++) statuses.push((await post(tenant.teamsUrl, envelope())).status)
  expect(statuses).toEqual([503, 503, 202])
  expect(tenant.cards()).toHaveLength(1)
})

test('an outage can last for a stretch of time', async () => {
  const until = clock.now() + 1000
  await open({ kind: 'outage', until, on: ['webhook'] })
  expect((await post(tenant.webhookUrl, 'a')).status).toBe(503)
  expect((await post(tenant.teamsUrl, envelope())).status).toBe(202)
  clock.set(until)
  expect((await post(tenant.webhookUrl, 'a')).status).toBe(200)
})

test('a throttled message is told when to come back, and a call before that is on record', async () => {
  await open({ kind: 'throttle', retryAfterSeconds: 30, on: ['teams', 'webhook'] })
  const refused = await post(tenant.teamsUrl, envelope())
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '30'])
  expect((await post(tenant.teamsUrl, envelope())).status).toBe(202)
  expect(tenant.audit().earlyCalls).toMatchObject([{ kind: 'teams', earlyByMs: 30_000 }])
})

test('the webhook receiver keeps headers and the raw body', async () => {
  await open()
  const body = '{"type":"finding"  }'
  const headers = { 'webhook-id': 'msg_1', 'webhook-signature': 'v1,abc' }
  expect((await fetch(tenant.webhookUrl, { method: 'POST', headers, body })).status).toBe(200)
  expect(tenant.webhooks()).toMatchObject([{ at: clock.now(), headers, body }])
})

test('a webhook is known by its id over its retries, whatever else changes', async () => {
  await open({ kind: 'outage', hits: 1 })
  const deliver = (body: string) =>
    fetch(tenant.webhookUrl, { method: 'POST', headers: { 'webhook-id': 'msg_1' }, body })
  expect((await deliver('first try')).status).toBe(503)
  expect((await deliver('second try')).status).toBe(200)
})
