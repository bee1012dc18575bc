import { afterEach, expect, test } from 'vitest'
import { HOUR, MINUTE, makeManualClock } from './clock.ts'
import type { Fault } from './faults.ts'
import { startTenant, type Tenant } from './tenant.ts'
import { between, connect, errorCode, json, PUBLISHER, start, type TestClient } from './test-client.ts'

const NOW = Date.UTC(2026, 10, 17, 12)
const RANGE = between(NOW - 12 * HOUR, NOW)
const clock = makeManualClock(NOW)
let tenant: Tenant
let client: TestClient

async function open(faults: Fault[], { blobs = 3, pageSize = 600, seed = 1 } = {}) {
  clock.set(NOW)
  tenant = await startTenant({ clock, pageSize, faults: { seed, faults } })
  client = await connect(tenant)
  await start(client, 'Audit.Exchange')
  return Array.from({ length: blobs }, (_, i) =>
    tenant.publish('Audit.Exchange', [{ Id: `${i}a` }, { Id: `${i}b` }], { at: NOW - HOUR + i * MINUTE }),
  )
}
afterEach(() => tenant.stop())

const list = () => client.list('Audit.Exchange', RANGE)
const fetchBlob = (blob: { id: string } | undefined) => client.get(`audit/${blob?.id}`)

test('the same seed answers the same requests in the same way', async () => {
  const play = async (seed: number) => {
    const blobs = await open([{ kind: 'server-error', rate: 0.5, shape: 'html' }], { blobs: 24, seed })
    const statuses = await Promise.all(blobs.map(async blob => (await fetchBlob(blob)).status))
    await tenant.stop()
    return statuses.join()
  }
  const first = await play(5)
  expect(first).toContain('502')
  expect(first).toContain('200')
  expect(await play(5)).toBe(first)
  expect(await play(6)).not.toBe(first)
})

test('a throttle comes as 403 or 429, with and without Retry-After, and in the documents’ single quotes', async () => {
  const on = ['blob'] as const
  const [blob] = await open([
    { kind: 'throttle', on },
    { kind: 'throttle', on, status: 429, retryAfterSeconds: 7, quotes: 'single' },
  ])
  const first = await fetchBlob(blob)
  expect(first.headers.has('Retry-After')).toBe(false)
  expect(await errorCode(first)).toBe('403 AF429')
  const second = await fetchBlob(blob)
  expect([second.status, second.headers.get('Retry-After')]).toEqual([429, '7'])
  expect(await second.text()).toBe(
    `{'error':{'code':'AF429','message':'Too many requests. Method=GetBlob, PublisherId=${PUBLISHER}'}}`,
  )
  expect((await fetchBlob(blob)).status).toBe(200)
})

test('a 401 in the middle of the pages can take the token with it', async () => {
  await open([{ kind: 'unauthorized', pages: 'later', revoke: true }], { pageSize: 1 })
  const link = (await list()).headers.get('NextPageUri') ?? ''
  expect((await client.open(link)).status).toBe(401)
  expect((await client.open(link)).status).toBe(401)
  client = await connect(tenant)
  expect((await client.open(link)).status).toBe(200)
})

test('server errors come as AF50000, as a page of HTML and as nothing', async () => {
  const on = ['blob'] as const
  const [blob] = await open([
    { kind: 'server-error', on },
    { kind: 'server-error', on, shape: 'html' },
    { kind: 'server-error', on, shape: 'empty' },
  ])
  expect(await errorCode(await fetchBlob(blob))).toBe('500 AF50000')
  const html = await fetchBlob(blob)
  expect([html.status, (await html.text()).slice(0, 6)]).toEqual([502, '<html>'])
  const empty = await fetchBlob(blob)
  expect([empty.status, await empty.text()]).toEqual([500, ''])
})

test('records repeat inside a blob and from one blob to the next, the same ones every time', async () => {
  const [, blob] = await open([
    { kind: 'duplicates-inside', share: 1 },
    { kind: 'duplicates-across', share: 1 },
  ])
  const ids = async () => (await json<{ Id: string }[]>(await fetchBlob(blob))).map(record => record.Id)
  expect(await ids()).toEqual(['1a', '1b', '1a', '1b', '0a', '0b'])
  expect(await ids()).toEqual(['1a', '1b', '1a', '1b', '0a', '0b'])
})

test('a body can be cut short, quietly or with the line going dead, and is whole the next time', async () => {
  const [blob] = await open([
    { kind: 'truncated', on: ['blob'] },
    { kind: 'truncated', on: ['blob'], shape: 'dropped' },
  ])
  const cut = await fetchBlob(blob)
  expect(cut.status).toBe(200)
  await expect(cut.json()).rejects.toThrow()
  await expect(fetchBlob(blob).then(answer => answer.text())).rejects.toThrow()
  expect(await json(await fetchBlob(blob))).toHaveLength(2)
  expect(tenant.audit().blobs[0]).toMatchObject({ asked: 3, fetched: 1 })
})

test('a poison blob never parses', async () => {
  const [blob] = await open([{ kind: 'poison' }])
  for (let i = 0; i < 3; i++) await expect((await fetchBlob(blob)).json()).rejects.toThrow()
})

test('expired content stays expired', async () => {
  const [blob] = await open([{ kind: 'expired' }])
  expect(await errorCode(await fetchBlob(blob))).toBe('400 AF20051')
  expect(await errorCode(await fetchBlob(blob))).toBe('400 AF20051')
})

test('a disabled subscription answers AF20023 until it is started again, and only once', async () => {
  await open([{ kind: 'disabled', from: NOW + 20 * MINUTE }])
  expect((await list()).status).toBe(200)
  clock.advance(20 * MINUTE)
  expect(await errorCode(await list())).toBe('400 AF20023')
  expect(await errorCode(await client.list('Audit.Exchange'))).toBe('400 AF20023')
  expect((await start(client, 'Audit.Exchange')).status).toBe(200)
  expect((await list()).status).toBe(200)
})

test('a connection can be reset, and an answer can be slow', async () => {
  const [blob] = await open([
    { kind: 'reset', on: ['blob'] },
    { kind: 'slow', ms: 5, on: ['blob'] },
  ])
  await expect(fetchBlob(blob)).rejects.toThrow()
  expect((await fetchBlob(blob)).status).toBe(200)
  expect(tenant.audit().calls.blob).toEqual({ 0: 1, 200: 1 })
})

test('the token endpoint can fail like the rest', async () => {
  await open([{ kind: 'server-error', on: ['token'], from: NOW + 1 }])
  clock.advance(1)
  const ask = () =>
    fetch(`${tenant.identityEndpoint}?resource=https://manage.office.com&api-version=2019-08-01`, {
      headers: { 'X-IDENTITY-HEADER': tenant.identityHeader },
    })
  expect((await ask()).status).toBe(500)
  expect((await ask()).status).toBe(200)
})

test('a content type falls silent for hours, whatever is published', async () => {
  const from = NOW - HOUR + MINUTE
  await open([{ kind: 'silent', contentTypes: ['Audit.Exchange'], from, until: from + MINUTE }])
  expect(await json<unknown[]>(await list())).toHaveLength(2)
})

test('reads of a mailbox that is no longer audited are not recorded, everything else is', async () => {
  await open([{ kind: 'unaudited', mailboxes: ['a@birchwood.example'], from: NOW - HOUR }], { blobs: 0 })
  const record = (Operation: string, MailboxOwnerUPN: string) => ({ Operation, MailboxOwnerUPN })
  const [read, other, sent] = [
    record('MailItemsAccessed', 'a@birchwood.example'),
    record('MailItemsAccessed', 'b@birchwood.example'),
    record('Send', 'a@birchwood.example'),
  ]
  const before = tenant.publish('Audit.Exchange', [read, other, sent], { at: NOW - HOUR - 1 })
  const after = tenant.publish('Audit.Exchange', [read, other, sent], { at: NOW - HOUR })
  expect(await json(await fetchBlob(before))).toEqual([read, other, sent])
  expect(await json(await fetchBlob(after))).toEqual([other, sent])
})
