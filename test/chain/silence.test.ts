import { describe, expect, it } from 'vitest'
import ownAccess from '../../core/detections/own-access.ts'
import silence from '../../core/detections/silence.ts'
import { makeObservationFeed } from '../../core/feeds/observations.ts'
import { FeedError, StoreError } from '../../core/model/errors.ts'
import { hourOf } from '../../core/model/rhythm.ts'
import { DAY, HOUR, iso, type Seconds } from '../../core/model/time.ts'
import { makeSilenceObserver } from '../../core/observers/silence/observer.ts'
import { health } from '../../core/pipeline/health.ts'
import { observe } from '../../core/pipeline/observe.ts'
import { type FeedReport, feedReportName } from '../../core/pipeline/poll.ts'
import { makeLedger } from '../../core/stores/ledger.ts'
import { type MemoryOptions, makeMemoryTables } from '../../core/stores/memory.ts'
import { makeObservations } from '../../core/stores/observations.ts'
import type { Tables } from '../../core/stores/port.ts'
import { feedSubject, makeRhythms } from '../../core/stores/rhythms.ts'
import { makeState } from '../../core/stores/state.ts'
import { makeWanted } from '../../core/stores/wanted.ts'
import { MIDNIGHT } from '../support/histories.ts'
import { bind, item, person } from '../support/records.ts'
import { makeTestFeed, type TestFeed } from './feed.ts'
import { type Clock, everything, makeChain, makeClock, ongoing, TENANT } from './kit.ts'
import { observedBy } from './observed.ts'

const FEEDS = ['Audit.Exchange', 'Audit.General']
const [anna, bruno] = [person('anna'), person('bruno')]

/** Round the clock from day `from` to day `to`. */
const hours = (from: number, to: number) => {
  const first = hourOf(MIDNIGHT + from * DAY)
  return new Set(Array.from({ length: (to - from) * 24 }, (_, n) => first + n))
}

/** Three weeks in which both mailboxes are read every hour. */
async function threeWeeks(tables: Tables) {
  const life = { reads: hours(-21, 0), items: hours(-21, 0) }
  await makeRhythms(tables, TENANT).note(
    new Map<string, object>([
      [anna, life],
      [bruno, life],
      ...FEEDS.map(feed => [feedSubject(feed), { content: hours(-21, 0) }] as const),
    ]),
  )
}

function open(clock: Clock, feeds: readonly TestFeed[], tables: Tables) {
  const observations = makeObservations(tables, TENANT)
  const state = makeState(tables, TENANT)
  const observer = makeSilenceObserver({
    feeds: FEEDS,
    rhythms: makeRhythms(tables, TENANT),
    ledger: makeLedger(tables, TENANT),
    state,
    listed: feed => state.read<FeedReport>(feedReportName(feed)),
  })
  const chain = makeChain({
    clock,
    feeds: [...feeds, makeObservationFeed(observations)],
    tables,
    detections: [silence, ownAccess],
    sinkNames: ['teams'],
  })
  const deps = { ...chain, observers: [observer], wanted: makeWanted(tables, TENANT) }
  const round = async () => {
    await chain.poll()
    await chain.drain()
    await observe(deps, ongoing())
  }
  return { ...chain, round }
}

interface World {
  readonly clock: Clock
  readonly feeds: readonly TestFeed[]
  readonly tables: Tables
}

async function world(options?: MemoryOptions): Promise<World> {
  const clock = makeClock(MIDNIGHT)
  const tables = makeMemoryTables()
  await threeWeeks(tables)
  const feeds = FEEDS.map(id => makeTestFeed(clock.seconds, { id, pageSize: 50 }))
  return { clock, feeds, tables: options === undefined ? tables : wrapped(tables, options) }
}

/** What anna and bruno do in an hour, but for what is left out. */
function publish({ feeds, clock }: World, left: { reads?: string; items?: string; feed?: string } = {}) {
  const at = clock.seconds() - HOUR
  const records = [anna, bruno].flatMap(mailbox => [
    ...(left.reads === mailbox ? [] : [bind({ mailbox, at, messages: [`<${at}@mail.partner.example>`] })]),
    ...(left.items === mailbox ? [] : [item('Send', { mailbox, at })]),
  ])
  for (const feed of feeds)
    if (feed.id !== left.feed) feed.publish(feed.id === 'Audit.Exchange' ? records : [])
}

async function live(all: World, length: Seconds, left: Parameters<typeof publish>[1], ...instances: Chain[]) {
  for (let passed = 0; passed < length; passed += HOUR) {
    all.clock.pass(HOUR)
    publish(all, left)
    await Promise.all(instances.map(({ round }) => round()))
  }
}

type Chain = ReturnType<typeof open>

const findingsOf = async ({ findings }: Chain) =>
  (await everything(findings.since(0, 2.534e11))).map(({ finding }) => finding)

/** Fails at the write that the test names, once. */
function wrapped(tables: Tables, { failAt = () => false }: MemoryOptions): Tables {
  let writes = 0
  const may = (kind: 'put' | 'insert' | 'replace', table: string, partition: string) => {
    if (failAt(++writes, { kind, table, partition, rows: [] }))
      throw new StoreError('unavailable', 'The process died here.')
  }
  return {
    ...tables,
    table(name) {
      const table = tables.table(name)
      return {
        ...table,
        async put(partition, entries) {
          may('put', name, partition)
          await table.put(partition, entries)
        },
        async insert(partition, entry) {
          may('insert', name, partition)
          return table.insert(partition, entry)
        },
        async replace(partition, entry, version) {
          may('replace', name, partition)
          return table.replace(partition, entry, version)
        },
      }
    },
  }
}

describe('a mailbox whose reads are no longer recorded', () => {
  it('is told once, after a day, by whoever looks', async () => {
    const all = await world()
    const instances = [open(all.clock, all.feeds, all.tables), open(all.clock, all.feeds, all.tables)]
    await live(all, 22 * HOUR, { reads: anna }, ...instances)
    const [one] = instances as [Chain]
    expect(await findingsOf(one)).toEqual([])
    await live(all, 30 * HOUR, { reads: anna }, ...instances)
    expect(await findingsOf(one)).toMatchObject([
      { detection: 'silence', term: 'silent', mailboxes: [anna], count: 1, actor: 'waxseal' },
    ])
    const cards = await one.outbox.all('teams')
    expect(cards.map(({ delivery }) => delivery.alert.headline)).toEqual([
      'Reads of a mailbox are no longer recorded',
    ])
  })

  it('is told as ended when they come again', async () => {
    const all = await world()
    const chain = open(all.clock, all.feeds, all.tables)
    await live(all, 48 * HOUR, { reads: anna }, chain)
    await live(all, 6 * HOUR, {}, chain)
    expect((await findingsOf(chain)).map(({ term }) => term).sort()).toEqual(['again', 'silent'])
    expect(await chain.blinds.all()).toContainEqual({
      whose: [anna],
      what: 'reads of mail',
      from: expect.any(Number),
      to: expect.any(Number),
    })
  })

  it('is told once however often whoever tells it dies', async () => {
    const all = await world()
    const steady = open(all.clock, all.feeds, all.tables)
    await live(all, 27 * HOUR, { reads: anna }, steady)
    let died = 0
    for (let write = 1; write <= 12; write++) {
      const fails = (n: number) => n === write
      all.clock.pass(HOUR)
      publish(all, { reads: anna })
      try {
        await open(all.clock, all.feeds, wrapped(all.tables, { failAt: fails })).round()
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        died++
      }
    }
    await live(all, 3 * HOUR, { reads: anna }, steady)
    expect(died).toBeGreaterThan(3)
    expect(await findingsOf(steady)).toMatchObject([{ term: 'silent', recordCount: 1 }])
    expect(await steady.outbox.all('teams')).toHaveLength(1)
  })
})

describe('no silence is', () => {
  const nothing = async (all: World, chain: Chain) => {
    expect(await observedBy(chain)).toEqual([])
    expect(await findingsOf(chain)).toEqual([])
    expect(all.clock.seconds()).toBeGreaterThan(MIDNIGHT + DAY)
  }

  it('a feed that cannot be listed', async () => {
    const all = await world()
    const chain = open(all.clock, all.feeds, all.tables)
    const [mail] = all.feeds
    if (mail !== undefined) mail.listFault = () => new FeedError('unavailable', 'Down.')
    await live(all, 72 * HOUR, {}, chain)
    await nothing(all, chain)
  })

  it('content that was listed and not read', async () => {
    const all = await world()
    const chain = open(all.clock, all.feeds, all.tables)
    const [mail] = all.feeds
    if (mail !== undefined) mail.fetchFault = () => new FeedError('unavailable', 'Down.')
    await live(all, 72 * HOUR, {}, chain)
    await nothing(all, chain)
  })

  it('somebody who is away', async () => {
    const all = await world()
    const chain = open(all.clock, all.feeds, all.tables)
    await live(all, 72 * HOUR, { reads: anna, items: anna }, chain)
    await nothing(all, chain)
  })

  it('everything quiet at once', async () => {
    const all = await world()
    const chain = open(all.clock, all.feeds, all.tables)
    for (let hour = 0; hour < 72; hour++) {
      all.clock.pass(HOUR)
      await chain.round()
    }
    await nothing(all, chain)
  })
})

describe('days on which nothing comes', () => {
  it('are told once, as health, and shown by it until something comes', async () => {
    const all = await world()
    const chain = open(all.clock, all.feeds, all.tables)
    const healthOf = () => health({ ...chain, feedIds: FEEDS })
    for (let hour = 0; hour < 72; hour++) {
      all.clock.pass(HOUR)
      await chain.round()
      if (hour % 6 === 0) await chain.sweep()
      // Six hours, and a day on top.
      expect((await healthOf()).ok).toBe(hour + 1 < 30)
    }
    expect(await healthOf()).toMatchObject({ quietSince: iso(MIDNIGHT) })
    expect((await chain.notices('teams')).map(({ headline }) => headline)).toEqual([
      'No audit records at all for some days',
    ])
    await live(all, 2 * HOUR, {}, chain)
    expect(await healthOf()).toMatchObject({ ok: true })
  })
})

describe('a feed that falls silent while others go on', () => {
  it('is one finding after six hours, and says nothing of the mailboxes under it', async () => {
    const all = await world()
    const chain = open(all.clock, all.feeds, all.tables)
    await live(all, 48 * HOUR, { feed: 'Audit.Exchange' }, chain)
    expect(await findingsOf(chain)).toMatchObject([
      { detection: 'silence', term: 'mail', severity: 'high', key: ['tenant', 'Audit.Exchange'] },
    ])
    const [first] = await chain.outbox.all('teams')
    expect((first?.delivery.createdAt ?? 0) - MIDNIGHT).toBeLessThanOrEqual(9 * HOUR)
  })
})

describe('a subscription that was stopped', () => {
  it('is a finding, and what was missed is said on later cards', async () => {
    const all = await world()
    const chain = open(all.clock, all.feeds, all.tables)
    await live(all, 2 * HOUR, {}, chain)
    all.feeds[0]?.subscriptions.push({ state: 'started', was: 'disabled' })
    await live(all, 2 * HOUR, {}, chain)
    expect(await findingsOf(chain)).toMatchObject([{ term: 'restarted', severity: 'high' }])
    expect(await chain.blinds.all()).toEqual([
      {
        whose: 'tenant',
        what: 'records of Audit.Exchange',
        from: MIDNIGHT + 2 * HOUR,
        to: MIDNIGHT + 3 * HOUR,
      },
    ])
    expect(await chain.notices('teams')).toEqual([])
  })
})

describe('a permission that was taken away', () => {
  it('is told although the feed is dead', async () => {
    const all = await world()
    const chain = open(all.clock, all.feeds, all.tables)
    await live(all, 2 * HOUR, {}, chain)
    for (const feed of all.feeds) feed.listFault = () => new FeedError('consent-missing', 'Gone.')
    await live(all, 2 * HOUR, {}, chain)
    expect(await findingsOf(chain)).toMatchObject([
      { detection: 'own-access', term: 'permission', notes: ['ActivityFeed.Read'], count: 1 },
    ])
    expect(await chain.outbox.all('teams')).toHaveLength(1)
  })
})
