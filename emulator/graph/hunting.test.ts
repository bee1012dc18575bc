import { describe, expect, onTestFinished, test } from 'vitest'
import { HOUR, MINUTE, makeManualClock } from '../clock.ts'
import type { TenantOptions } from '../options.ts'
import { startTenant } from '../tenant.ts'
import { errorCode, json, takeToken } from '../test-client.ts'

const NINE = Date.UTC(2026, 10, 17, 9)

interface Answer {
  readonly results: readonly { readonly name: string }[]
}

const TABLE = 'DeviceFileEvents'
const event = (name: string, minutes: number, availableAt = NINE) => ({
  table: TABLE,
  row: { Timestamp: new Date(NINE - minutes * MINUTE).toISOString(), name },
  availableAt,
})

async function setUp(options: TenantOptions = {}) {
  const clock = makeManualClock(NINE)
  const tenant = await startTenant({ clock, tokenLifeSeconds: 86_400, ...options })
  onTestFinished(() => tenant.stop())
  const token = await takeToken(tenant, 'https://graph.microsoft.com')
  const ask = (body: unknown, bearer = token) =>
    fetch(`${tenant.graphUrl}/v1.0/security/runHuntingQuery`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const names = async (Query: string, Timespan?: string) =>
    (await json<Answer>(await ask({ Query, Timespan }))).results.map(({ name }) => name)
  return { ask, clock, names, tenant }
}

describe('a hunting query', () => {
  test('finds the rows of its table within its time, the oldest first, as many as it takes', async () => {
    const { clock, names, tenant } = await setUp()
    tenant.publishHunting([
      event('b', 30),
      event('a', 90),
      { ...event('x', 30), table: 'DeviceEvents' },
      event('late', 45, NINE + HOUR),
    ])
    expect(await names(`${TABLE}\n| where true\n| top 1000 by Timestamp asc`)).toEqual(['a', 'b'])
    expect(await names(`${TABLE} | take 1`)).toEqual(['a'])
    expect(await names(TABLE, 'PT1H')).toEqual(['b'])
    const at = (minutes: number) => new Date(NINE - minutes * MINUTE).toISOString()
    expect(await names(TABLE, `${at(100)}/${at(60)}`)).toEqual(['a'])
    clock.advance(HOUR)
    expect(await names(TABLE, 'P1D')).toEqual(['a', 'late', 'b'])
  })

  test('is refused for a table that is not there, and where it is none', async () => {
    const { ask } = await setUp({ huntingTables: ['DeviceEvents'] })
    const refused = await ask({ Query: `${TABLE} | take 1` })
    expect(await refused.text()).toContain(`named '${TABLE}'`)
    expect(refused.status).toBe(400)
    for (const body of ['no json', {}, { Query: 'DeviceEvents', Timespan: 'yesterday' }])
      expect(await errorCode(await ask(body))).toBe('400 BadRequest')
  })

  test('takes its role', async () => {
    const { ask } = await setUp({ roles: ['AuditLog.Read.All'] })
    expect(await errorCode(await ask({ Query: TABLE }))).toBe('403 Authorization_RequestDenied')
    expect(await errorCode(await ask({ Query: TABLE }, 'nonsense'))).toBe('401 InvalidAuthenticationToken')
  })

  test('has two quotas, and the refusal says which', async () => {
    const { ask, clock } = await setUp({
      huntingQuota: { requests: 3, perMs: MINUTE },
      huntingCpuPerQuery: 100,
      huntingCpuSeconds: 300,
    })
    const answers = async (n: number) => {
      const all: string[] = []
      for (let i = 0; i < n; i++) {
        const answer = await ask({ Query: TABLE })
        all.push(
          answer.status === 200 ? 'ok' : (/Quota exceeded: (\w+)/.exec(await answer.text())?.[1] ?? ''),
        )
      }
      return all
    }
    expect(await answers(4)).toEqual(['ok', 'ok', 'ok', 'Number'])
    clock.advance(MINUTE)
    expect(await answers(1)).toEqual(['CPU'])
    clock.advance(15 * MINUTE)
    expect(await answers(1)).toEqual(['ok'])
  })
})
