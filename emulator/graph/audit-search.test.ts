import { describe, expect, onTestFinished, test } from 'vitest'
import { HOUR, MINUTE, makeManualClock } from '../clock.ts'
import type { TenantOptions } from '../options.ts'
import { makeRandom } from '../random.ts'
import { type AuditRecord, type RecordKit, signIn } from '../records/index.ts'
import { startTenant } from '../tenant.ts'
import { errorCode, json, takeToken } from '../test-client.ts'
import { zoneless } from '../times.ts'

const NINE = Date.UTC(2026, 10, 17, 9)
const PATH = '/v1.0/security/auditLog/queries'

interface Query {
  readonly id: string
  readonly status: string
  readonly isRecordCountLimitExceeded: boolean
}
interface Page {
  readonly value: readonly { readonly id: string; readonly auditData: AuditRecord }[]
  readonly '@odata.nextLink'?: string
}

const random = makeRandom('audit search')
const kit: RecordKit = {
  random,
  organizationId: random.guid(),
  organizationName: 'birchwood.onmicrosoft.example',
}
const person = { upn: 'ada@birchwood.example', objectId: random.guid(), puid: '10032' }
/** A sign-in some hours before nine. */
const ago = (hours: number): AuditRecord =>
  signIn(kit, {
    at: NINE - hours * HOUR,
    person,
    ip: '192.0.2.10',
    applicationId: random.guid(),
    userAgent: 'Mozilla/5.0',
    os: 'Windows10',
    browser: 'Edge',
    session: random.guid(),
  })

async function setUp(options: TenantOptions = {}) {
  const clock = makeManualClock(NINE)
  const tenant = await startTenant({ clock, roles: ['AuditLogsQuery.Read.All'], ...options })
  onTestFinished(() => tenant.stop())
  const token = await takeToken(tenant, 'https://graph.microsoft.com')
  const open = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { Authorization: `Bearer ${token}` } })
  const get = (path: string) => open(tenant.graphUrl + path)
  const create = (from: number, to: number, more: object = {}, path = PATH) => {
    const [filterStartDateTime, filterEndDateTime] = [from, to].map(at => `${zoneless(NINE - at * HOUR)}Z`)
    const body = JSON.stringify({ filterStartDateTime, filterEndDateTime, ...more })
    return open(tenant.graphUrl + path, { method: 'POST', body })
  }
  const look = async ({ id }: Query) => await json<Query>(await get(`${PATH}/${id}`))
  return { clock, create, get, look, open, tenant }
}

describe('a search', () => {
  test('takes its time, and then has the records of its span and operations, as they were written', async () => {
    const { clock, create, get, look, tenant } = await setUp()
    const inside = [ago(40), ago(50)]
    tenant.publishPast([...inside, ago(20), { ...ago(45), Operation: 'Update user.' }])
    const made = await create(60, 30, { operationFilters: ['UserLoggedIn'] })
    expect(made.status).toBe(201)
    const query = await json<Query>(made)
    expect(query.status).toBe('notStarted')
    expect(await errorCode(await get(`${PATH}/${query.id}/records`))).toBe('400 BadRequest')
    clock.advance(5 * MINUTE)
    expect(await look(query)).toMatchObject({ status: 'running' })
    clock.advance(5 * MINUTE)
    expect(await look(query)).toMatchObject({ status: 'succeeded', isRecordCountLimitExceeded: false })
    const { value } = await json<Page>(await get(`${PATH}/${query.id}/records`))
    expect(value.map(({ id }) => id).sort()).toEqual(inside.map(({ Id }) => Id).sort())
    expect(inside).toContainEqual(expect.objectContaining({ Id: value[0]?.auditData.Id, UserId: person.upn }))
  })

  test('finds what was delivered as well, and each record once', async () => {
    const { clock, create, get, tenant } = await setUp()
    const record = ago(2)
    tenant.publish('Audit.AzureActiveDirectory', [record, record])
    tenant.publishPast([record])
    const { id } = await json<Query>(await create(3, 1))
    clock.advance(10 * MINUTE)
    expect((await json<Page>(await get(`${PATH}/${id}/records`))).value).toHaveLength(1)
  })

  test('is paged by links, and says that it succeeded and yet holds something back', async () => {
    const { clock, create, get, look, open, tenant } = await setUp({ graphPageSize: 2, searchLimit: 3 })
    tenant.publishPast([1, 2, 3, 4].map(ago))
    const query = await json<Query>(await create(5, 0))
    clock.advance(10 * MINUTE)
    expect(await look(query)).toMatchObject({ status: 'succeeded', isRecordCountLimitExceeded: true })
    const first = await json<Page>(await get(`${PATH}/${query.id}/records?$top=999`))
    const second = await json<Page>(await open(first['@odata.nextLink'] ?? ''))
    expect([...first.value, ...second.value]).toHaveLength(3)
    expect(second['@odata.nextLink']).toBeUndefined()
  })

  test('can fail or be cancelled, and do better when it is asked for again', async () => {
    const { clock, create, look } = await setUp({ searchFailures: ['failed', 'cancelled'] })
    const statuses: string[] = []
    for (let n = 0; n < 3; n++) {
      const query = await json<Query>(await create(5, 0))
      clock.advance(10 * MINUTE)
      statuses.push((await look(query)).status)
    }
    expect(statuses).toEqual(['failed', 'cancelled', 'succeeded'])
  })

  test('is refused where too many are created, with a time to wait or without', async () => {
    for (const graphRetryAfterSeconds of [undefined, 120]) {
      const { clock, create } = await setUp({
        searchQuota: { requests: 1, perMs: HOUR / 2 },
        graphRetryAfterSeconds,
      })
      expect((await create(5, 0)).status).toBe(201)
      const refused = await create(5, 0)
      expect(await errorCode(refused)).toBe('429 TooManyRequests')
      expect(refused.headers.get('retry-after')).toBe(graphRetryAfterSeconds?.toString() ?? null)
      clock.advance(HOUR / 2)
      expect((await create(5, 0)).status).toBe(201)
    }
  })
})

test('who may search needs the role, and a version that offers it', async () => {
  const { create, get } = await setUp({ auditSearch: ['beta'] })
  expect((await get(PATH)).status).toBe(404)
  expect((await create(5, 0)).status).toBe(404)
  expect((await create(5, 0, {}, PATH.replace('v1.0', 'beta'))).status).toBe(201)
  const other = await setUp({ roles: ['AuditLog.Read.All'] })
  expect(await errorCode(await other.get(PATH))).toBe('403 Authorization_RequestDenied')
})
