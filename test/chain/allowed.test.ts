import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR, iso } from '../../core/model/time.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import type { Tables } from '../../core/stores/port.ts'
import { allowEntry } from '../../core/tuning/allow-schema.ts'
import { delivery, MIDNIGHT, type RawRecord } from '../support/histories.ts'
import { makeTestFeed } from './feed.ts'
import { everything, makeChain, makeClock } from './kit.ts'
import { expectedOf, storedOf } from './promises.ts'
import { inTurns } from './turns.ts'

const ADA = 'ada@birchwood.example'
const BEN = 'ben@birchwood.example'
const entry = allowEntry({
  actor: ADA,
  reason: 'moves to another mailbox',
  owner: 'it@birchwood.example',
  from: '2026-11-19',
  until: '2027-01-31',
})
const config = { allow: [entry] }

/** Six records within an hour are a medium finding of the probe; `more` of them a larger one. */
function reading(day: number, { more = 0, ip = '192.0.2.7', user = ADA } = {}) {
  return Array.from({ length: 6 + more }, (_, n) => ({
    Id: `0000000${day}-0000-4000-8000-${ip.replaceAll('.', '').padStart(8, '0')}${n.toString().padStart(4, '0')}`,
    CreationTime: iso(MIDNIGHT + day * DAY + 8 * HOUR + n),
    Operation: 'Read',
    UserId: user,
    ClientIP: ip,
  }))
}

function setUp() {
  const clock = makeClock(MIDNIGHT + 9 * HOUR)
  const feed = makeTestFeed(clock.seconds)
  const chain = makeChain({ clock, feeds: [feed], sinkNames: ['teams'], config })
  const comes = async (records: readonly object[]) => {
    feed.publish(records, { created: clock.seconds() - 60 })
    await chain.poll()
    await chain.drain()
  }
  const posted = async () =>
    (await chain.outbox.all('teams'))
      .map(({ delivery }) => delivery.alert)
      .filter(({ kind }) => kind === 'Probe')
  const stored = async () => await everything(chain.findings.since(0, 4e9))
  return { clock, feed, chain, comes, posted, stored }
}

describe('what is allowed', () => {
  it('is found, joined and stored with the reason, and nobody is told', async () => {
    const { clock, comes, posted, stored, chain } = setUp()
    for (let day = 0; day < 4; day++) {
      await comes(reading(day, { more: day }))
      clock.pass(DAY)
    }
    expect(await posted()).toEqual([])
    expect(await stored()).toMatchObject(
      [6, 7, 8, 9].map(count => ({
        finding: { detection: 'probe', count },
        incident: expect.any(String),
        allowed: { entry: entry.id, reason: 'moves to another mailbox', owner: 'it@birchwood.example' },
      })),
    )
    expect((await chain.incidentsOf()).every(({ told }) => told.revision === 0)).toBe(true)
  })

  it('does not cover what somebody else does', async () => {
    const { comes, posted } = setUp()
    await comes([...reading(0), ...reading(0, { user: BEN, ip: '192.0.2.8' })])
    expect((await posted()).map(({ actor }) => actor)).toEqual([BEN])
  })

  it('ends with the day the entry names, by the time of the records', async () => {
    const { clock, comes, posted } = setUp()
    const end = 73
    clock.pass((end - 1) * DAY)
    await comes(reading(end - 1).map((one, n) => ({ ...one, Id: `00000001-0000-4000-8000-00000000000${n}` })))
    clock.pass(DAY)
    await comes(reading(end).map((one, n) => ({ ...one, Id: `00000002-0000-4000-8000-00000000000${n}` })))
    expect((await posted()).map(({ clock }) => iso(clock.start).slice(0, 10))).toEqual(['2027-02-01'])
  })
})

describe('what goes beyond', () => {
  it.each([
    [{ more: 24 }, 'it counts 30, and at most 6 was seen under this entry'],
    [{ ip: '203.0.113.9' }, 'network not seen under this entry (203.0.113.0/24)'],
  ])('is told, with the entry and how it was broken: %j', async (change, how) => {
    const { clock, comes, posted, stored } = setUp()
    await comes(reading(0))
    clock.pass(DAY)
    await comes(reading(1, change))
    expect((await posted()).map(({ sentence }) => sentence)).toEqual([
      `This goes beyond what is allowed until 2027-01-31 (moves to another mailbox; it@birchwood.example): ${how}. Probe.`,
    ])
    expect((await stored()).map(({ allowed }) => allowed?.broken)).toEqual([undefined, how])
    clock.pass(DAY)
    await comes(reading(2))
    expect(await posted()).toHaveLength(1)
  })

  it('is told once more records show it', async () => {
    const { clock, comes, posted } = setUp()
    await comes(reading(0))
    clock.pass(DAY)
    const all = reading(1, { more: 30 })
    await comes(all.slice(0, 12))
    expect(await posted()).toEqual([])
    await comes(all.slice(8))
    expect(await posted()).toHaveLength(1)
  })
})

it('an entry tells of itself in the channel, at the next sweep', async () => {
  const { clock, chain } = setUp()
  await chain.sweep()
  clock.pass(HOUR)
  await chain.sweep()
  expect((await chain.notices('teams')).map(({ sentence }) => sentence)).toEqual([
    `Findings of any kind by ${ADA} are kept and not posted, until 2027-01-31. Reason: moves to another mailbox. Owner: it@birchwood.example.`,
  ])
})

/** Everything that happens within the first day: whatever the order and whoever races, nobody hears of Ada. */
describe('in whatever order, blobs and instances records come', () => {
  async function expectKept(tables: Tables, records: readonly RawRecord[]) {
    const chain = makeChain({ clock: makeClock(), feeds: [], tables, sinkNames: ['teams'], config })
    expect(await storedOf(chain)).toEqual(expectedOf(records))
    for await (const { finding, allowed } of chain.findings.since(0, 4e9))
      expect(allowed?.reason).toBe(finding.actor === ADA ? entry.reason : undefined)
    const alerts = (await chain.outbox.all('teams')).map(({ delivery }) => delivery.alert)
    expect(alerts.filter(({ actor }) => actor === ADA)).toEqual([])
    const ben = (await chain.incidentsOf()).filter(
      ({ actor, severity }) => actor === BEN && severity !== 'low',
    )
    expect(new Set(alerts.map(({ incident }) => incident))).toEqual(new Set(ben.map(({ id }) => id)))
  }

  it('what is allowed stays untold, and all the rest is told', async () => {
    await fc.assert(
      fc.asyncProperty(delivery, fc.scheduler(), async ({ records, blobs }, scheduler) => {
        const clock = makeClock()
        const tables = makeMemoryTables()
        const feed = makeTestFeed(clock.seconds, { pageSize: 1 })
        for (const blob of blobs) feed.publish(blob, { created: clock.seconds() - 60 })
        const open = (own: Tables) =>
          makeChain({ clock, feeds: [feed], tables: own, sinkNames: ['teams'], config })
        const first = open(tables)
        await first.poll()
        const messages = await first.queue.receive(100, 60)
        const instance = async (order: typeof messages) => {
          const chain = open(inTurns(tables, scheduler))
          for (const { body } of order) await chain.ingest(body)
        }
        await scheduler.waitFor(Promise.all([instance(messages), instance(messages.toReversed())]))
        await expectKept(tables, records)
      }),
      { numRuns: 200, seed: 1 },
    )
  })
})
