import { afterAll, describe, expect, test } from 'vitest'
import { DAY, MINUTE, makeManualClock } from '../clock.ts'
import { startTenant, type Tenant } from '../tenant.ts'
import { connect, json, start } from '../test-client.ts'
import { makeScenario, playScenario } from './play.ts'
import { quietDay } from './quiet-day.ts'
import type { Scenario } from './scenario.ts'
import { takeover } from './takeover.ts'
import { type Seen, seenIn } from './test-readings.ts'

const quiet = quietDay()
const robbed = takeover()

describe.each([quiet, robbed])('$name', scenario => {
  const records = seenIn(scenario)

  test('is made of real-sized blobs in the four content types that carry audit records', () => {
    const types = new Set(scenario.timeline.map(entry => entry.contentType))
    expect([...types].toSorted()).toEqual([
      'Audit.AzureActiveDirectory',
      'Audit.Exchange',
      'Audit.General',
      'Audit.SharePoint',
    ])
    const sizes = scenario.timeline.map(entry => entry.records.length)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(20)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(300)
    expect(records.length).toBeGreaterThan(6_000)
  })

  test('delivers every record 60 to 90 minutes after its event, and one in fifty again', () => {
    const first = new Map<string, Seen>()
    for (const seen of records) if (!first.has(seen.record.Id)) first.set(seen.record.Id, seen)
    for (const { at, availableAt } of first.values()) {
      expect(availableAt - at).toBeGreaterThanOrEqual(60 * MINUTE)
      expect(availableAt - at).toBeLessThanOrEqual(90 * MINUTE)
    }
    const repeated = (records.length - first.size) / first.size
    expect(repeated).toBeGreaterThan(0.01)
    expect(repeated).toBeLessThan(0.03)
  })

  test('shows no record twice inside one blob, and blobs in order of availability', () => {
    for (const { records: own } of scenario.timeline) {
      expect(new Set(own.map(record => JSON.stringify(record))).size).toBe(own.length)
    }
    const times = scenario.timeline.map(entry => entry.availableAt)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test('is about fifty people of one tenant, and only documentation addresses', () => {
    expect(scenario.tenant.people).toHaveLength(50)
    expect(scenario.tenant.sharedMailboxes.length).toBeGreaterThan(2)
    const addresses = new Set(records.map(({ record }) => record.ClientIPAddress ?? record.ClientIP ?? ''))
    for (const address of addresses) {
      expect(address).toMatch(/^$|^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+(:\d+)?$|^\[?2001:db8:/)
    }
    for (const { record } of records) expect(record.OrganizationId).toBe(scenario.tenant.tenantId)
  })
})

test('the same seed makes the same day, another seed another one', () => {
  const text = (scenario: Scenario) => JSON.stringify(scenario)
  expect(text(quietDay())).toBe(text(quiet))
  expect(text(takeover())).toBe(text(robbed))
  expect(text(quietDay({ seed: 2 }))).not.toBe(text(quiet))
})

test('a scenario can be moved to another day and another tenant', () => {
  const day = Date.UTC(2027, 0, 5)
  const { timeline, tenant } = quietDay({ day, tenantId: '11111111-2222-4333-8444-555555555555' })
  expect(tenant.tenantId).toBe('11111111-2222-4333-8444-555555555555')
  expect(timeline.every(({ at }) => at > day && at < day + DAY)).toBe(true)
})

describe('played on a tenant', () => {
  let tenant: Tenant
  afterAll(() => tenant.stop())

  test('blobs show themselves as the clock comes to them, and not one is lost', async () => {
    const clock = makeManualClock(Date.UTC(2026, 10, 17, 6))
    tenant = await startTenant({ clock, tokenLifeSeconds: 2 * 86_400, pageSize: 7 })
    playScenario(tenant, robbed)
    const client = await connect(tenant)
    await start(client, 'Audit.Exchange')
    expect(await json(await client.list('Audit.Exchange'))).toEqual([])
    clock.set(Date.UTC(2026, 10, 17, 11))
    const noon = await client.listAll('Audit.Exchange')
    clock.set(Date.UTC(2026, 10, 17, 23))
    const evening = await client.listAll('Audit.Exchange')
    expect(noon.length).toBeGreaterThan(0)
    expect(evening.length).toBe(robbed.timeline.filter(e => e.contentType === 'Audit.Exchange').length)
    expect(noon.length).toBeLessThan(evening.length)
  })

  test('a tenant of another id, and a scenario of no known name, are refused with a word', () => {
    const other = quietDay({ tenantId: '11111111-2222-4333-8444-555555555555' })
    expect(() => playScenario(tenant, other)).toThrow('give both the same tenantId')
    expect(() => makeScenario('toString')).toThrow('there are quiet-day and takeover')
    expect(makeScenario('quiet-day').name).toBe('quiet-day')
  })
})
