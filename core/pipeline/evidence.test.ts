import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { facts, makeChain, makeClock, TENANT } from '../../test/chain/kit.ts'
import { MIDNIGHT, probe } from '../../test/support/histories.ts'
import { makeApp } from '../app.ts'
import { makeCollector } from '../engine/collect.ts'
import { makeParser } from '../feeds/normalise/parse.ts'
import { silent } from '../log.ts'
import { DAY, dayOf, HOUR, iso, type Seconds } from '../model/time.ts'
import { readSettings } from '../settings.ts'
import { makeFindings } from '../stores/findings.ts'
import { makeMailboxes } from '../stores/mailboxes.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeMemoryQueue } from '../stores/queue/memory.ts'
import { makeTallies } from '../stores/tallies.ts'
import { evidence } from './evidence.ts'

const ADA = 'ada@birchwood.example'
const BEN = 'ben@birchwood.example'
const NOBODY = { application: () => undefined, person: () => undefined }
const idOf = (n: number) => `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`

function setUp() {
  const clock = makeClock()
  const chain = makeChain({ clock, feeds: [] })
  const deps = {
    ...chain,
    mailboxes: makeMailboxes(chain.tables, TENANT),
    receivers: ['teams', 'gone'],
    known: async () => NOBODY,
  }
  return {
    clock,
    ...deps,
    deps,
    /** Stored as the pipeline does. Returns the incident. */
    async found(more: Parameters<typeof makeFinding>[0] = {}) {
      const { finding } = await deps.findings.save(makeFinding(more))
      const [incident] = await deps.incidents.add(finding.actor, [finding])
      await deps.findings.assign(finding.id, incident?.id ?? '')
      return incident?.id ?? ''
    },
    /** Ada's records, `count` of them from `from` on, ten seconds apart, as a blob brings them. */
    async counted(from: Seconds, count: number) {
      const subjects = countedBy(from, count)
      await deps.tallies.write('blob', subjects)
      return [...(subjects.get(ADA)?.values() ?? [])]
    },
  }
}

function countedBy(from: Seconds, count: number) {
  const collector = makeCollector([probe], facts)
  const parse = makeParser(TENANT)
  for (let n = 0; n < count; n++) {
    const { record } = parse({
      ...{ Id: idOf(n), CreationTime: iso(from + 10 * n), Operation: 'Flag', UserId: ADA },
      ...{ Workload: 'Exchange', RecordType: 2, MailboxOwnerUPN: BEN },
    })
    if (record !== undefined) collector.add(record)
  }
  return collector.subjects
}

const GUID = '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83'
const week = { from: MIDNIGHT - 6 * DAY, to: MIDNIGHT + DAY }

describe('evidence', () => {
  it('is of the incidents that reach into the time, or of those that are named', async () => {
    const { deps, found } = setUp()
    const [early, mine, late] = [
      await found({ start: MIDNIGHT - 20 * DAY }),
      await found({ start: week.from - 60, end: week.from + 60 }),
      await found({ start: week.to - 60, key: ['late'] }),
    ]
    await found({ start: week.to, key: ['after'], actor: BEN })
    const ids = async (
      ...asked: Parameters<typeof evidence> extends [unknown, ...infer Rest] ? Rest : never
    ) => (await evidence(deps, ...asked)).incidents.map(({ incident }) => incident.id)
    expect(await ids(week)).toEqual([mine, late])
    expect(await ids(week, [early])).toEqual([early])
    const named = await evidence(deps, undefined, [early])
    expect(named).toMatchObject({ from: MIDNIGHT - 20 * DAY, to: MIDNIGHT - 20 * DAY + 61 })
    expect(await ids(week, ['../../x', '__proto__'])).toEqual([])
  })

  it('still has an incident of which its own store has forgotten', async () => {
    const { deps, found, incidentsOf } = setUp()
    const old = await found({ start: MIDNIGHT - 60 * DAY, severity: 'high' })
    await found({ start: MIDNIGHT })
    expect((await incidentsOf()).map(({ id }) => id)).not.toContain(old)
    const [one] = (await evidence(deps, week, [old])).incidents
    expect(one?.incident).toMatchObject({ id: old, severity: 'high', mailboxes: [ADA] })
    expect(one?.alert).toMatchObject({ incident: old, severity: 'high' })
  })

  it('has every record that was counted, with what is known of it, as long as it is known', async () => {
    const { deps, counted, found, tables } = setUp()
    const start = MIDNIGHT + HOUR
    const [series] = await counted(start, 80)
    if (series === undefined) throw new Error('Nothing was counted')
    const records = Array.from({ length: 50 }, (_, n) => idOf(n))
    // The last ten are after the finding's end.
    await found({ ...{ key: series.key as [string], records, recordCount: 70, start }, end: start + 690 })
    const recordsNow = async () => (await evidence(deps, week)).incidents[0]?.findings[0]?.records ?? []

    const known = await recordsNow()
    expect(known.map(({ id }) => id)).toEqual(Array.from({ length: 70 }, (_, n) => idOf(n)))
    expect(known.filter(({ named }) => named).map(({ id }) => id)).toEqual(records)
    expect(known[60]).toMatchObject({ at: start + 600, named: false, context: { actor: ADA, mailbox: BEN } })

    for (const name of await tables.names('tallies')) await tables.drop(name)
    expect(await recordsNow()).toEqual(records.map(id => ({ id, named: true })))
  })

  it('tells who was told and when, also through a receiver that is no longer set', async () => {
    const { deps, found, outbox } = setUp()
    const incident = await found()
    const [one] = (await evidence(deps, week)).incidents
    if (one?.alert === undefined) throw new Error('There is no alert')
    const { alert } = one
    await outbox.add('gone', { ...alert, id: `${incident}-1` }, MIDNIGHT)
    await outbox.add('teams', { ...alert, id: `${incident}-1` }, MIDNIGHT + 60)
    await outbox.add('teams', { ...alert, id: 'other-1', incident: 'other' }, MIDNIGHT)
    for (const stored of await outbox.all('teams'))
      await outbox.update(stored, { state: 'done', attempts: 2, endedAt: MIDNIGHT + 90 })
    expect((await evidence(deps, week)).incidents[0]?.told).toMatchObject([
      { sink: 'gone', state: 'pending', createdAt: MIDNIGHT },
      { sink: 'teams', state: 'done', attempts: 2, endedAt: MIDNIGHT + 90, alert: { id: `${incident}-1` } },
    ])
  })

  it('tells what could not be seen: gaps, mailboxes without reads, findings without an incident', async () => {
    const { blinds, deps, findings, found } = setUp()
    await found({ mailboxes: [ADA, BEN] })
    await findings.save(makeFinding({ key: ['unfinished'] }))
    const cause = makeFinding({ key: ['cause'] })
    await blinds.note(cause, { whose: [BEN], from: MIDNIGHT - HOUR, to: MIDNIGHT, what: 'reads of mail' })
    const day = { at: MIDNIGHT, operation: 'Send' }
    await deps.mailboxes.note([
      { ...day, mailbox: ADA, operation: 'MailItemsAccessed' },
      { ...day, mailbox: BEN },
    ])
    const told = await evidence(deps, week)
    const gap = { what: 'reads of mail', names: [BEN], from: MIDNIGHT - HOUR, to: MIDNIGHT }
    expect(told).toMatchObject({ unassigned: 1, missing: [gap] })
    expect(told.incidents[0]).toMatchObject({ missing: [gap], unread: [BEN] })
  })

  it('is there also where this version knows none of the detections', async () => {
    const { deps, found } = setUp()
    await found({ detection: 'of-another-version' })
    const [one] = (await evidence(deps, week)).incidents
    expect(one?.alert).toBeUndefined()
    expect(one?.findings).toMatchObject([{ sentence: '', finding: { detection: 'of-another-version' } }])
  })

  it('writes nothing, also where the pipeline would tidy up what it reads', async () => {
    const writes: string[] = []
    const tables = makeMemoryTables({ failAt: (_, { kind }) => writes.push(kind) < 0 })
    const env = { AZURE_TENANT_ID: GUID, AzureWebJobsStorage: 'UseDevelopmentStorage=true' }
    const platform = { now: () => week.to * 1000, random: () => 0, log: silent, environment: {} }
    const app = makeApp(readSettings(env), platform, { tables, queue: makeMemoryQueue(() => week.to) })
    const series = countedBy(MIDNIGHT + HOUR, 40)
    const tallies = makeTallies(tables, GUID)
    for (let n = 0; n < 40; n++) await tallies.write(`0${n}`, series)
    const [first] = [...(series.get(ADA)?.values() ?? [])]
    const finding = makeFinding({ key: (first?.key ?? []) as unknown as [string], recordCount: 40 })
    const findings = makeFindings(tables, GUID)
    await findings.save(finding)
    await findings.assign(finding.id, '20261120-0123456789ab')
    writes.length = 0

    const { incidents } = await app.evidence(week)
    expect(incidents[0]?.findings[0]?.records.length).toBeGreaterThan(1)
    expect(writes).toEqual([])
    // The same read as the pipeline does it.
    await tallies.read(ADA, { from: dayOf(MIDNIGHT), to: dayOf(MIDNIGHT) }, { near: 0 })
    expect(writes).not.toEqual([])
  })
})
