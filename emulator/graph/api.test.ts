import { describe, expect, onTestFinished, test } from 'vitest'
import { HOUR, MINUTE, makeManualClock } from '../clock.ts'
import type { TenantOptions } from '../options.ts'
import { startTenant } from '../tenant.ts'
import { errorCode, json, takeToken } from '../test-client.ts'
import type { GraphEntry } from './entries.ts'
import { applicationSignIn, publishedAgain } from './sign-ins.ts'

const NINE = Date.UTC(2026, 10, 17, 9)

interface Page {
  readonly value: readonly { readonly id: string; readonly signInEventTypes?: readonly string[] }[]
  readonly '@odata.nextLink'?: string
}

const signIn = (n: number, type = 'interactiveUser', more: Partial<GraphEntry> = {}): GraphEntry => ({
  log: 'signIns',
  entry: {
    id: `s${n}`,
    createdDateTime: new Date(NINE + n * MINUTE).toISOString().replace('Z', '9999Z'),
    signInEventTypes: [type],
  },
  availableAt: NINE,
  ...more,
})

async function setUp(options: TenantOptions = {}) {
  const clock = makeManualClock(NINE + HOUR)
  const tenant = await startTenant({
    clock,
    tokenLifeSeconds: 86_400,
    graphQuota: { requests: 100, perMs: 10_000 },
    ...options,
  })
  onTestFinished(() => tenant.stop())
  const token = await takeToken(tenant, 'https://graph.microsoft.com')
  const open = (url: string, bearer = token) => fetch(url, { headers: { Authorization: `Bearer ${bearer}` } })
  const get = (path: string) => open(tenant.graphUrl + path)
  const ids = async (path: string) => (await json<Page>(await get(path))).value.map(({ id }) => id)
  return { clock, tenant, open, get, ids }
}

const range = (from: number, to: number) => {
  const at = (minutes: number) => new Date(NINE + minutes * MINUTE).toISOString().slice(0, 19)
  return `createdDateTime ge ${at(from)}Z and createdDateTime le ${at(to - 1)}.9999999Z`
}

describe('the log of sign-ins', () => {
  test('is filtered by time, to the last digit, newest first', async () => {
    const { ids, tenant } = await setUp()
    tenant.publishGraph([0, 3, 1, 2].map(n => signIn(n)))
    expect(await ids('/v1.0/auditLogs/signIns')).toEqual(['s3', 's2', 's1', 's0'])
    expect(await ids(`/v1.0/auditLogs/signIns?$filter=${encodeURIComponent(range(1, 2))}`)).toEqual(['s1'])
  })

  test('has the other types in the beta alone, for who asks for one', async () => {
    const { get, ids, tenant } = await setUp()
    tenant.publishGraph([signIn(1), signIn(2, 'servicePrincipal'), signIn(3, 'managedIdentity')])
    const only = `$filter=${encodeURIComponent("signInEventTypes/any(t: t eq 'servicePrincipal')")}`
    expect(await ids('/beta/auditLogs/signIns')).toEqual(['s1'])
    expect(await ids(`/beta/auditLogs/signIns?${only}`)).toEqual(['s2'])
    expect(await errorCode(await get(`/v1.0/auditLogs/signIns?${only}`))).toBe('400 BadRequest')
    const [entry] = (await json<Page>(await get('/v1.0/auditLogs/signIns'))).value
    expect(entry).not.toHaveProperty('signInEventTypes')
  })

  test('shows an entry once it is there, and as it was last published', async () => {
    const { clock, get, ids, tenant } = await setUp()
    const later = { ...signIn(1).entry, riskState: 'atRisk' }
    tenant.publishGraph([
      signIn(1),
      { ...signIn(1), entry: later, availableAt: NINE + 2 * HOUR },
      signIn(0, undefined, { availableAt: NINE + 2 * HOUR }),
    ])
    expect(await ids('/v1.0/auditLogs/signIns')).toEqual(['s1'])
    clock.advance(HOUR)
    expect((await json<Page>(await get('/v1.0/auditLogs/signIns'))).value).toMatchObject([
      { id: 's1', riskState: 'atRisk' },
      { id: 's0' },
    ])
  })

  test('is paged by links that work as they are and in no other spelling', async () => {
    const { get, open, tenant } = await setUp({ graphPageSize: 2 })
    tenant.publishGraph([1, 2, 3].map(n => signIn(n)))
    const first = await json<Page>(await get('/v1.0/auditLogs/signIns?$top=2'))
    const link = first['@odata.nextLink'] ?? ''
    const second = await json<Page>(await open(link))
    expect([...first.value, ...second.value].map(({ id }) => id)).toEqual(['s3', 's2', 's1'])
    expect(second['@odata.nextLink']).toBeUndefined()
    expect(await errorCode(await open(link.replace('==_$%24', '%3D%3D_$$')))).toBe('400 BadRequest')
  })

  test.each(['$top=1001', '$top=0', '$orderby=id', "$filter=id eq 's1'"])('refuses %s', async query => {
    const { get } = await setUp()
    expect(await errorCode(await get(`/v1.0/auditLogs/signIns?${query}`))).toBe('400 BadRequest')
  })
})

describe('a faulty log of sign-ins', () => {
  test('has some entries late and writes pages in no order', async () => {
    const on = ['signIns'] as const
    const { clock, ids, tenant } = await setUp({
      faults: {
        seed: 3,
        faults: [
          { kind: 'late-entry', on, rate: 0.5, delayMs: 3 * HOUR },
          { kind: 'unordered-page', on, permanent: true },
        ],
      },
    })
    tenant.publishGraph([...Array(12).keys()].map(n => signIn(n)))
    const some = await ids('/v1.0/auditLogs/signIns')
    expect(some.length).toBeGreaterThan(0)
    expect(some.length).toBeLessThan(12)
    clock.advance(3 * HOUR)
    const all = await ids('/v1.0/auditLogs/signIns')
    const inOrder = [...Array(12).keys()].map(n => `s${11 - n}`)
    expect(all).not.toEqual(inOrder)
    expect(all.toSorted()).toEqual(inOrder.toSorted())
  })

  test('shows an application’s sign-in to who asks for its type, and as it was published last', async () => {
    const { clock, get, tenant } = await setUp()
    const app = { appId: 'a', principal: 'p', name: 'Backup' }
    const first = applicationSignIn({
      at: NINE,
      app,
      resource: 'r',
      ip: '192.0.2.1',
      asn: 64500,
      secret: 'k',
    })
    tenant.publishGraph([first, publishedAgain(first, NINE + 2 * HOUR, { riskState: 'atRisk' })])
    const path = `/beta/auditLogs/signIns?$filter=${encodeURIComponent("signInEventTypes/any(t: t eq 'servicePrincipal')")}`
    const shown = async () => (await json<Page>(await get(path))).value
    expect(await shown()).toMatchObject([{ servicePrincipalId: 'p', autonomousSystemNumber: 64500 }])
    expect(await shown()).not.toMatchObject([{ riskState: 'atRisk' }])
    clock.advance(HOUR)
    expect(await shown()).toMatchObject([{ servicePrincipalId: 'p', riskState: 'atRisk' }])
  })
})

describe('who may read', () => {
  test('needs a token for Graph, the role, and for sign-ins the licence', async () => {
    const { get, open, tenant } = await setUp({ entraLicence: 'free' })
    const url = `${tenant.graphUrl}/v1.0/auditLogs/signIns`
    expect(await errorCode(await open(url, 'nonsense'))).toBe('401 InvalidAuthenticationToken')
    expect(await errorCode(await open(url, await takeToken(tenant)))).toBe('401 InvalidAuthenticationToken')
    expect(await errorCode(await get('/v1.0/auditLogs/signIns'))).toBe(
      '403 Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    )
    expect((await get('/v1.0/auditLogs/directoryAudits')).status).toBe(200)
    tenant.revoke('AuditLog.Read.All')
    const fresh = await takeToken(tenant, 'https://graph.microsoft.com')
    expect(await errorCode(await open(`${tenant.graphUrl}/v1.0/auditLogs/directoryAudits`, fresh))).toBe(
      '403 Authorization_RequestDenied',
    )
  })

  test.each([
    ['absent', 404, 404],
    ['without-beta', 200, 404],
    ['present', 200, 200],
  ] as const)('finds Graph %s', async (graph, stable, beta) => {
    const { get } = await setUp({ graph })
    expect((await get('/v1.0/auditLogs/signIns')).status).toBe(stable)
    expect((await get('/beta/auditLogs/signIns')).status).toBe(beta)
    expect((await get('/v1.0/groups')).status).toBe(404)
  })

  test('gets five answers in ten seconds, and a time to wait where the tenant gives one', async () => {
    const { clock, get } = await setUp({
      graphQuota: { requests: 5, perMs: 10_000 },
      graphRetryAfterSeconds: 7,
    })
    const statuses = async (n: number) => {
      const all: number[] = []
      for (let i = 0; i < n; i++) all.push((await get('/v1.0/auditLogs/directoryAudits')).status)
      return all
    }
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429])
    const refused = await get('/v1.0/auditLogs/directoryAudits')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7'])
    clock.advance(10_000)
    expect(await statuses(1)).toEqual([200])
  })
})

describe('faults', () => {
  test('send a page link elsewhere, and the tenant sees who followed with a token', async () => {
    const faults = { seed: 1, faults: [{ kind: 'foreign-next-page', on: ['signIns'] }] } as const
    const { get, open, tenant } = await setUp({ graphPageSize: 1, faults })
    tenant.publishGraph([signIn(1), signIn(2)])
    const { '@odata.nextLink': link = '' } = await json<Page>(await get('/v1.0/auditLogs/signIns'))
    expect(link.startsWith(tenant.foreignUrl ?? 'nowhere')).toBe(true)
    await open(link)
    expect(tenant.audit().tokensLeaked).toBe(1)
  })

  test.each([
    [{ kind: 'throttle', retryAfterSeconds: 20 }, '429 TooManyRequests', '20'],
    [{ kind: 'throttle' }, '429 TooManyRequests', null],
    [{ kind: 'server-error' }, '503 serviceNotAvailable', null],
    [{ kind: 'unauthorized' }, '401 InvalidAuthenticationToken', null],
  ] as const)('%j', async (fault, expected, retryAfter) => {
    const { get } = await setUp({ faults: { seed: 1, faults: [{ ...fault, on: ['directoryAudits'] }] } })
    const struck = await get('/v1.0/auditLogs/directoryAudits')
    expect(struck.headers.get('retry-after')).toBe(retryAfter)
    expect(await errorCode(struck)).toBe(expected)
    expect((await get('/v1.0/auditLogs/directoryAudits')).status).toBe(200)
  })
})
