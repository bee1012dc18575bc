import { afterEach, expect, test } from 'vitest'
import { HOUR, MINUTE, makeManualClock } from './clock.ts'
import type { Fault } from './faults.ts'
import { startTenant, type Tenant } from './tenant.ts'
import { between, connect, errorCode, json, type Listed, start, type TestClient } from './test-client.ts'

const NOW = Date.UTC(2026, 10, 17, 12)
const RANGE = between(NOW - 12 * HOUR, NOW)
const clock = makeManualClock(NOW)
let tenant: Tenant
let client: TestClient

async function open(faults: Fault[], { pageSize = 600 } = {}) {
  clock.set(NOW)
  tenant = await startTenant({ clock, pageSize, faults: { seed: 1, faults } })
  client = await connect(tenant)
  await start(client, 'Audit.Exchange')
  return Array.from({ length: 3 }, (_, i) =>
    tenant.publish('Audit.Exchange', [{ Id: `${i}a` }, { Id: `${i}b` }], { at: NOW - HOUR + i * MINUTE }),
  )
}
afterEach(() => tenant.stop())

const list = () => client.list('Audit.Exchange', RANGE)

test('a page can lose its link once, or answer 500 once', async () => {
  await open([{ kind: 'lost-page' }], { pageSize: 2 })
  expect((await list()).headers.has('NextPageUri')).toBe(false)
  expect((await list()).headers.has('NextPageUri')).toBe(true)
  await tenant.stop()
  await open([{ kind: 'lost-page', how: 'error', pages: 'later' }], { pageSize: 2 })
  const link = (await list()).headers.get('NextPageUri') ?? ''
  expect(await errorCode(await client.open(link))).toBe('500 AF50000')
  expect(await json(await client.open(link))).toHaveLength(1)
})

test('blobs can share their moment of creation', async () => {
  const blobs = await open([{ kind: 'same-timestamp' }])
  expect(new Set(blobs.map(blob => blob.contentCreated)).size).toBe(1)
  expect(await json(await list())).toHaveLength(3)
})

test('late blobs are listed after a delay, under their old time of creation', async () => {
  await open([{ kind: 'late', delayMs: 2 * HOUR }])
  expect(await json(await list())).toEqual([])
  clock.advance(2 * HOUR)
  client = await connect(tenant)
  const listed = await json<Listed[]>(await list())
  expect(listed).toHaveLength(3)
  expect(Date.parse(listed[0]?.contentCreated ?? '')).toBeLessThan(NOW)
})

test('the same blob can stand on two pages', async () => {
  await open([{ kind: 'repeated-blob', pages: 'later' }], { pageSize: 2 })
  const found = await client.listAll('Audit.Exchange', RANGE)
  expect(found).toHaveLength(4)
  expect(new Set(found.map(blob => blob.contentId)).size).toBe(3)
})

test('foreign links lead to a second host that tells who brought a token', async () => {
  await open([{ kind: 'foreign-content-uri' }, { kind: 'foreign-next-page' }], { pageSize: 2 })
  const page = await list()
  const link = page.headers.get('NextPageUri') ?? ''
  const [blob] = await json<Listed[]>(page)
  expect(tenant.foreignUrl).not.toBe(tenant.url)
  for (const uri of [link, blob?.contentUri ?? '']) expect(new URL(uri).origin).toBe(tenant.foreignUrl)

  await fetch(blob?.contentUri ?? '')
  expect(tenant.audit()).toMatchObject({ tokensLeaked: 0, foreignCalls: [{ token: false }] })
  expect(await json(await client.open(link))).toEqual([])
  expect(tenant.audit()).toMatchObject({ tokensLeaked: 1 })

  const healed = await json<Listed[]>(await list())
  expect(healed.every(({ contentUri }) => contentUri.startsWith(tenant.url))).toBe(true)
})

test('without foreign links there is no foreign host', async () => {
  await open([])
  expect(tenant.foreignUrl).toBeUndefined()
})

test('an endless loop of pages points at itself for as long as it lasts', async () => {
  await open([{ kind: 'endless-pages', permanent: true }])
  expect(await client.listAll('Audit.Exchange', RANGE, 15)).toHaveLength(45)
  await tenant.stop()
  await open([{ kind: 'endless-pages' }])
  expect((await client.listAll('Audit.Exchange', RANGE, 15)).length).toBeLessThan(45)
})
