import { describe, expect, it, onTestFinished } from 'vitest'
import localMailStore from '../core/detections/local-mail-store.ts'
import onpremCollectionTooling from '../core/detections/onprem-collection-tooling.ts'
import { makeGraph } from '../core/feeds/graph/transport.ts'
import { makeObservationFeed } from '../core/feeds/observations.ts'
import { silent } from '../core/log.ts'
import { makeTokenSource } from '../core/net/token.ts'
import { makeHunters } from '../core/observers/hunting.ts'
import { capabilityOf, observe } from '../core/pipeline/observe.ts'
import { makeMemoryTables } from '../core/stores/memory.ts'
import { makeObservations } from '../core/stores/observations.ts'
import { makeState } from '../core/stores/state.ts'
import { makeWanted } from '../core/stores/wanted.ts'
import {
  DAY,
  HOUR,
  type HuntingEvent,
  MINUTE,
  makeManualClock,
  makeSleeper,
  startTenant,
  type TenantOptions,
} from '../emulator/index.ts'
import { everything, makeChain, ongoing, TENANT } from './chain/kit.ts'
import { credentialOf } from './chain/tenant.ts'
import { huntingRow } from './support/record-hunting.ts'
import { at, person, type RawRecord } from './support/records.ts'

const NINE = at('09:00') * 1000

const event = (
  table: string,
  row: RawRecord,
  when: number,
  availableAt = when + 2 * MINUTE,
): HuntingEvent => ({
  table,
  row: huntingRow(row, when / 1000),
  availableAt,
})
const packed = (when: number, more: RawRecord = {}, availableAt?: number) =>
  event(
    'DeviceFileEvents',
    {
      Process: '7z.exe',
      FileName: 'anna.pst',
      FolderPath: 'E:\\anna.pst',
      Ending: '.pst',
      Files: 1,
      ...more,
    },
    when,
    availableAt,
  )
const exported = (when: number, more: RawRecord = {}) =>
  event('DeviceProcessEvents', { Process: 'powershell.exe', Matched: 'Search-Mailbox', ...more }, when)
const scripted = (when: number) =>
  event('DeviceEvents', { Process: 'powershell.exe', Matched: 'Outlook.Application' }, when)

/** The observer on the emulated tenant, and the pipeline behind it. */
async function world(options: TenantOptions = {}) {
  const clock = makeManualClock(NINE)
  const tenant = await startTenant({ clock, tokenLifeSeconds: 600, ...options })
  onTestFinished(() => tenant.stop())
  const { now } = clock
  const tables = makeMemoryTables()
  const state = makeState(tables, TENANT)
  const scope = 'https://graph.microsoft.com/.default'
  const tokens = makeTokenSource({ credential: () => credentialOf(tenant), scope, now })
  const graph = makeGraph({
    origin: tenant.graphUrl,
    tokens,
    now,
    random: () => 0.5,
    sleep: makeSleeper(clock),
  })
  const observers = makeHunters(graph, state)
  const observations = makeObservations(tables, TENANT)
  const deps = {
    tenant: TENANT,
    observers,
    observations,
    wanted: makeWanted(tables, TENANT),
    state,
    now,
    log: silent,
  }
  const seconds = () => Math.floor(now() / 1000)
  const chain = makeChain({
    clock: { now, seconds, pass: by => clock.advance(by * 1000) },
    feeds: [makeObservationFeed(observations)],
    tables,
    detections: [localMailStore, onpremCollectionTooling],
    sinkNames: ['teams'],
  })
  /** One look, and what it finds through the pipeline. */
  async function round() {
    const reports = await observe(deps, ongoing())
    clock.advance(MINUTE)
    await chain.poll()
    await chain.drain()
    return Object.fromEntries(reports.map(report => [report.observer, capabilityOf(report)]))
  }
  async function rounds(ms: number) {
    for (const end = now() + ms; now() < end; clock.advance(HOUR - MINUTE)) await round()
  }
  const told = async () => (await chain.outbox.all('teams')).map(({ delivery }) => delivery.alert)
  async function recordIds() {
    const bodies: { Id?: string; Observed?: { file?: string } }[] = []
    for (const { id } of await everything(observations.list({ from: 0, to: seconds() + 1 })))
      bodies.push(...((await observations.read(id)) ?? []))
    return bodies
  }
  return { clock, tenant, chain, round, rounds, told, recordIds }
}

describe('hunting', () => {
  it('tells what machines report, once, however often it is asked for', async () => {
    const { chain, recordIds, rounds, tenant, told } = await world()
    tenant.publishHunting([packed(NINE - 3 * DAY), exported(NINE - HOUR), scripted(NINE + 2 * HOUR)])
    await rounds(2 * DAY)
    const alerts = await told()
    expect(alerts.map(({ actor }) => actor)).toEqual(alerts.map(() => person('anna')))
    const findings = (await chain.incidentsOf()).flatMap(incident => incident.findings)
    expect(findings.map(({ count, detection }) => [detection, count]).toSorted()).toEqual([
      ['local-mail-store', 1],
      ['onprem-collection-tooling', 1],
    ])
    // Asked for many times, it was written down under one identity each.
    const ids = (await recordIds()).map(({ Id }) => Id)
    expect(ids.length).toBeGreaterThan(12)
    expect(new Set(ids).size).toBe(3)
  })

  it('finds what a machine that was away reports two days late', async () => {
    const { clock, rounds, tenant, told } = await world()
    await rounds(HOUR)
    tenant.publishHunting([packed(clock.now() + HOUR, {}, clock.now() + 2 * DAY)])
    await rounds(2 * DAY - HOUR)
    expect(await told()).toEqual([])
    await rounds(DAY + 2 * HOUR)
    expect(await told()).toMatchObject([{ severity: 'high' }])
  })

  it('goes on without a table that the licence does not bring, and with it once it is there', async () => {
    const huntingTables = ['DeviceProcessEvents', 'DeviceEvents']
    const { clock, round, tenant, told } = await world({ huntingTables })
    tenant.publishHunting([packed(NINE - HOUR), exported(NINE - HOUR)])
    expect(await round()).toMatchObject({
      'hunting-mail-files': { state: 'not-licensed', detail: expect.stringContaining('DeviceFileEvents') },
      'hunting-commands': { state: 'works' },
      'hunting-scripts': { state: 'works' },
    })
    expect(await told()).toHaveLength(1)
    huntingTables.push('DeviceFileEvents')
    clock.advance(HOUR)
    expect(await round()).toMatchObject({ 'hunting-mail-files': { state: 'works' } })
    expect((await told()).at(-1)?.rules.map(({ detection }) => detection)).toContain('local-mail-store')
  })

  it('is left out without its permission', async () => {
    const { round, tenant, told } = await world({ roles: ['ActivityFeed.Read', 'AuditLog.Read.All'] })
    tenant.publishHunting([packed(NINE - HOUR)])
    const states = Object.values(await round()).map(({ state, detail }) => [state, detail])
    expect(states).toHaveLength(3)
    for (const [state, detail] of states) {
      expect(state).toBe('permission-missing')
      expect(detail).toContain('ThreatHunting.Read.All')
    }
    expect(await told()).toEqual([])
  })

  it('waits where the quota of computing time is used up, and loses nothing', async () => {
    const { clock, round, tenant, told } = await world({ huntingCpuPerQuery: 100, huntingCpuSeconds: 300 })
    tenant.publishHunting([packed(NINE - HOUR), exported(NINE - HOUR), scripted(NINE - HOUR)])
    const first = await round()
    expect(first['hunting-mail-files']).toMatchObject({ state: 'works' })
    expect(first['hunting-scripts']).toMatchObject({
      state: 'unreachable',
      detail: expect.stringContaining('CPU resources in a 15 minute cycle'),
    })
    clock.advance(15 * MINUTE)
    expect(await round()).toMatchObject({ 'hunting-commands': { state: 'works' } })
    clock.advance(15 * MINUTE)
    await round()
    const rules = (await told()).flatMap(alert => alert.rules.map(({ detection }) => detection))
    expect([...new Set(rules)].toSorted()).toEqual(['local-mail-store', 'onprem-collection-tooling'])
  })

  it('reads more rows than an answer holds, in several', async () => {
    const { recordIds, round, tenant } = await world()
    const names = Array.from({ length: 2_600 }, (_, n) => `mail-${n}.pst`)
    tenant.publishHunting(
      names.map((FileName, n) =>
        packed(NINE - 2 * HOUR + Math.floor((n * 90 * MINUTE) / 2_600), { FileName }),
      ),
    )
    await round()
    expect(new Set((await recordIds()).map(({ Id }) => Id)).size).toBe(2_600)
  })

  it('does not follow clocks that are wrong', async () => {
    const { recordIds, round, tenant } = await world()
    tenant.publishHunting([packed(NINE + 3 * DAY, {}, NINE), packed(NINE - 20 * DAY)])
    await round()
    expect(await recordIds()).toEqual([])
  })
})
