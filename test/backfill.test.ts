import { describe, expect, it } from 'vitest'
import syncNewContext from '../core/detections/sync-new-context.ts'
import { operationsOfPast } from '../core/engine/past.ts'
import type { KnownCapability } from '../core/feeds/graph/capability.ts'
import { makeParser } from '../core/feeds/normalise/parse.ts'
import { dayOf, dayText, iso } from '../core/model/time.ts'
import { makeState } from '../core/stores/state.ts'
import { DAY, HOUR, MINUTE, makeRandom, records } from '../emulator/index.ts'
import { everything, ongoing, TENANT } from './chain/kit.ts'
import { openBackfill } from './support/backfill-world.ts'
import { census } from './support/census.ts'
import { diary, expectTaught } from './support/diary.ts'
import { at, guid, host, OUTLOOK, person, sync } from './support/records.ts'

const NOON = Date.UTC(2026, 10, 20, 12)

/** What some people did on the days before: now and then so much at once that it is an alarm. */
function pastOf(days: number, count: number, hours = [8, 18]): records.AuditRecord[] {
  const random = makeRandom('back-fill')
  const kit = { random, organizationId: random.guid(), organizationName: 'birchwood.onmicrosoft.example' }
  const people = ['ada', 'ben'].map(name => ({
    upn: `${name}@birchwood.example`,
    objectId: random.guid(),
    puid: `10032${random.hex(11).toUpperCase()}`,
  }))
  return Array.from({ length: count }, (_, n) =>
    records.directoryChange(kit, {
      at:
        Date.UTC(2026, 10, 20 - 1 - (n % days)) +
        random.int((hours[0] ?? 0) * 60, (hours[1] ?? 0) * 60 - 1) * MINUTE,
      operation: random.pick(['Add member to group', 'Update user', 'Reset user password']),
      by: random.pick(people),
      target: records.userNames(random.pick(people)),
      category: 'User',
      changes: { 'Group.ObjectID': ['', random.guid()] },
    }),
  )
}

function parsed(raw: readonly records.AuditRecord[]) {
  const parse = makeParser(TENANT)
  return raw.flatMap(one => parse(one).record ?? [])
}

async function* none() {}

const setUp = (options: Partial<Parameters<typeof openBackfill>[0]> = {}) =>
  openBackfill({ start: NOON, days: 3, detections: [census, diary], ...options })

describe('a search that holds back records', () => {
  it('is split until nothing is held back, and all of it teaches', async () => {
    const past = pastOf(3, 90)
    const { chain, finish, tenant } = await setUp({ searchLimit: 12 })
    tenant.publishPast(past)
    expect(await finish()).toEqual({ days: 3, done: 3, pending: 0, lost: 0, cut: 0 })
    await expectTaught(chain(), parsed(past))
    expect(tenant.searches().length).toBeGreaterThan(3 + 2 * 3)
  })

  it('down to three quarters of an hour, where the rest is left and said', async () => {
    const { chain, finish, said, tenant } = await setUp({ searchLimit: 12, days: 2 })
    tenant.publishPast([...pastOf(1, 40, [9, 9.5]), ...pastOf(2, 12)])
    expect(await finish()).toEqual({ days: 2, done: 2, pending: 0, lost: 0, cut: 1 })
    const shortest = Math.min(...tenant.searches().map(({ from, to }) => to - from))
    expect(shortest).toBe(45 * MINUTE)
    expect(said.filter(text => text.includes('holds more than can be read'))).toHaveLength(1)
    expect((await chain().ledgerOf('graph-audit-search')).every(({ state }) => state === 'done')).toBe(true)
  })
})

describe('a process that dies', () => {
  it('is followed by one that goes on with the queries of the first', async () => {
    const past = pastOf(3, 60)
    const { chain, clock, finish, restart, round, tenant } = await setUp()
    tenant.publishPast(past)
    await round()
    expect(tenant.searches()).toHaveLength(3)
    restart()
    clock.advance(HOUR)
    expect(await finish()).toMatchObject({ done: 3 })
    expect(tenant.searches()).toHaveLength(3)
    await expectTaught(chain(), parsed(past))
  })
})

describe('several instances', () => {
  it('that read a blob at once create one query', async () => {
    const { chain, finish, open, tenant } = await setUp()
    await chain().poll()
    const messages = await chain().queue.receive(10, 60)
    const instances = [chain(), open(), open()]
    for (const { body } of messages) await Promise.all(instances.map(instance => instance.ingest(body)))
    expect(messages).toHaveLength(3)
    expect(tenant.searches()).toHaveLength(3)
    expect(await finish()).toMatchObject({ done: 3 })
  })
})

describe('what was read', () => {
  it('is listed again, in case its message was lost, and not done twice', async () => {
    const { chain, clock, finish, tenant } = await setUp()
    await finish()
    const [, past] = chain().feeds
    const to = clock.now() / 1000
    const listed = (await everything(past?.list({ from: to - 86_400, to }, ongoing()) ?? none())).flat()
    expect(listed.map(({ id }) => id).sort()).toEqual(
      (await chain().ledgerOf('graph-audit-search')).map(({ blob }) => blob.id).sort(),
    )
    await chain().poll()
    expect(await chain().queue.size()).toBe(0)
    expect(tenant.searches()).toHaveLength(3)
  })
})

describe('the quota', () => {
  it('is kept over half a year: five at once, 150 a day', async () => {
    const { finish, tenant } = await setUp({ days: 180 })
    expect(await finish(600)).toMatchObject({ days: 180, done: 180, pending: 0 })
    const searches = tenant.searches()
    expect(searches).toHaveLength(180)
    for (const { createdAt } of searches) {
      const since = (ms: number) =>
        searches.filter(one => one.createdAt > createdAt - ms && one.createdAt <= createdAt).length
      expect(since(10 * MINUTE)).toBeLessThanOrEqual(5)
      expect(since(DAY)).toBeLessThanOrEqual(150)
    }
    // The newest teach most.
    const days = searches.map(({ from }) => from)
    expect(days[0]).toBe(Date.UTC(2026, 10, 19))
    expect(Math.max(...days.slice(100))).toBeLessThan(Math.min(...days.slice(0, 90)))
  }, 60_000)

  it.each([undefined, 900])(
    'that Microsoft enforces is waited for (Retry-After: %s)',
    async graphRetryAfterSeconds => {
      const { chain, finish, tenant } = await setUp({
        days: 6,
        searchQuota: { requests: 2, perMs: 20 * MINUTE },
        graphRetryAfterSeconds,
      })
      expect(await finish()).toMatchObject({ done: 6, lost: 0 })
      const { calls, earlyCalls } = tenant.audit()
      expect(calls.searchCreated?.[429]).toBeGreaterThan(0)
      expect(earlyCalls).toEqual([])
      expect(await chain().notices('teams')).toEqual([])
    },
  )
})

describe('a query that ends badly', () => {
  it('is created again', async () => {
    const past = pastOf(3, 60)
    const { chain, finish, tenant } = await setUp({ searchFailures: ['failed', 'cancelled'] })
    tenant.publishPast(past)
    expect(await finish()).toMatchObject({ done: 3, lost: 0 })
    expect(tenant.searches()).toHaveLength(9)
    await expectTaught(chain(), parsed(past))
  })

  it('is given up after three, which health and log say and no card', async () => {
    const { chain, finish, look, said, tenant } = await setUp({
      searchFailures: ['failed', 'failed', 'cancelled'],
    })
    expect(await finish()).toEqual({ days: 3, done: 0, pending: 0, lost: 3, cut: 0 })
    expect(tenant.searches()).toHaveLength(9)
    expect(said.filter(text => text.includes('could not be searched'))).toHaveLength(3)
    expect(await chain().notices('teams')).toEqual([])
    expect(await look()).toMatchObject({ ok: true })
  })

  it('is one that does not end within a day', async () => {
    const { finish, tenant } = await setUp({ days: 1, searchMs: 10 * DAY })
    expect(await finish(3 * 290)).toMatchObject({ lost: 1 })
    expect(tenant.searches()).toHaveLength(3)
  }, 60_000)

  it('sends us elsewhere: no token goes there, the span is given up, and the operator is told', async () => {
    const past = pastOf(1, 30)
    const { chain, finish, tenant } = await setUp({
      days: 1,
      graphPageSize: 10,
      faults: { seed: 1, faults: [{ kind: 'foreign-next-page', on: ['searchRecords'], permanent: true }] },
    })
    tenant.publishPast(past)
    expect(await finish()).toMatchObject({ lost: 1, pending: 0 })
    expect(tenant.audit().tokensLeaked).toBe(0)
    expect(await chain().notices('teams')).toHaveLength(1)
  })
})

describe('the capability', () => {
  it('takes the beta where v1.0 does not offer it', async () => {
    const { finish, look, tenant } = await setUp({ auditSearch: ['beta'] })
    expect(await finish()).toMatchObject({ done: 3 })
    expect(tenant.audit().calls.searchCreated).toEqual({ 201: 3 })
    expect((await look()).capabilities).toMatchObject([{ feed: 'graph-audit-search', state: 'works' }])
  })

  it.each([
    ['permission-missing', { roles: ['ActivityFeed.Read'] }],
    ['not-in-cloud', { auditSearch: [] }],
  ] as const)('is %s, and that is no trouble', async (state, options) => {
    const { chain, look, round, tenant } = await setUp(options)
    await round()
    await round()
    const { backfill, capabilities, ok } = await look()
    expect({ backfill, ok }).toEqual({ backfill: undefined, ok: true })
    expect(capabilities).toMatchObject([{ feed: 'graph-audit-search', state }])
    expect(await chain().notices('teams')).toEqual([])
    expect(tenant.searches()).toEqual([])
  })

  it('granted later, the past is read from then on', async () => {
    const past = pastOf(3, 60)
    const { chain, clock, finish, round, tenant } = await setUp({ roles: ['ActivityFeed.Read'] })
    tenant.publishPast(past)
    await round()
    tenant.grant('AuditLogsQuery.Read.All')
    clock.advance(HOUR)
    expect(await finish()).toMatchObject({ done: 3 })
    await expectTaught(chain(), parsed(past))
  })

  it('taken away while a day is read, the day teaches all the same', async () => {
    const past = pastOf(3, 60)
    const { chain, clock, finish, round, tables, tenant } = await setUp()
    tenant.publishPast(past)
    await round()
    clock.advance(15 * MINUTE)
    await chain().poll()
    const state = makeState(tables, TENANT)
    const known = await state.read<KnownCapability>('capability')
    await state.write('capability', { ...known, state: 'permission-missing' })
    await chain().drain()
    await state.write('capability', known)
    expect(await finish()).toMatchObject({ done: 3 })
    await expectTaught(chain(), parsed(past))
  })

  it('taken away half-way, it goes on where it was once it is given back', async () => {
    const past = pastOf(3, 60)
    const { chain, clock, finish, round, tables, tenant } = await setUp()
    tenant.publishPast(past)
    await round()
    tenant.revoke('AuditLogsQuery.Read.All')
    for (let days = 0; days < 25; days++) {
      clock.advance(DAY)
      await round()
      await chain().sweep()
    }
    tenant.grant('AuditLogsQuery.Read.All')
    clock.advance(HOUR)
    // As many days on there are other days to read, and those begun are not begun again.
    expect(await finish()).toMatchObject({ days: 3, done: 3 })
    const { from } = tenant.searches()[0] ?? {}
    expect(tenant.searches().filter(one => one.from === from)).toHaveLength(1)
    const [day = ''] = (await tables.names('ledger')).sort()
    // Not in tables that the next sweep would drop.
    expect(day >= `ledger${dayText(dayOf(clock.now() / 1000) - 21)}`).toBe(true)
    expect(await chain().notices('teams')).toEqual([])
  }, 60_000)
})

describe('learning', () => {
  const anna = person('anna')
  const laptop = { client: OUTLOOK, ip: host(0), change: { DeviceId: guid('the laptop') } }
  const strange = { client: OUTLOOK, ip: host(1), change: { DeviceId: guid('another laptop') } }
  const copy = (where: object, day: number) =>
    sync({ mailbox: anna, at: at('09:05', day), folder: 'Inbox', ...where })
  const usual = Array.from({ length: 25 }, (_, n) => copy(laptop, -1 - n)) as unknown as records.AuditRecord[]
  const news = copy(strange, 0) as unknown as records.AuditRecord
  const start = Date.parse(`${String(news.CreationTime)}Z`) + HOUR

  const firstDay = async (days: number, before = usual) => {
    const world = await openBackfill({
      start,
      days,
      detections: [syncNewContext],
      operations: operationsOfPast([syncNewContext]),
    })
    world.tenant.publishPast(before)
    await world.round()
    if (days > 0) await world.finish()
    world.tenant.publish('Audit.Exchange', [news])
    world.clock.advance(MINUTE)
    await world.round()
    const found = await everything(world.chain().findings.since(0, 2.534e11))
    return {
      ...world,
      found: found.map(({ finding: { learning, severity, term } }) => ({ learning, severity, term })),
    }
  }

  it('is over on the first day: what is new is told at its full severity, and of the past nothing', async () => {
    const { chain, found } = await firstDay(30)
    expect(found).toEqual([{ term: 'device-elsewhere', severity: 'high', learning: undefined }])
    expect(await chain().outbox.all('teams')).toHaveLength(1)
  })

  it('is not without the past, nor with too little of it', async () => {
    expect((await firstDay(6)).found).toEqual([])
    expect((await firstDay(10)).found).toEqual([
      { term: 'device-elsewhere', severity: 'low', learning: true },
    ])
  })

  it('counts days that taught something, and no others', async () => {
    // Thirty days are read, and nobody was at work on more than ten of them.
    const { found } = await firstDay(
      30,
      usual.filter((_, n) => n % 3 === 0),
    )
    expect(found).toEqual([{ term: 'device-elsewhere', severity: 'low', learning: true }])
  })

  it('is over for other instances too, whatever they remember', async () => {
    const world = await openBackfill({ start, days: 30, detections: [syncNewContext] })
    world.tenant.publishPast(usual)
    const other = world.open()
    world.tenant.publish('Audit.Exchange', [copy(laptop, 0)])
    world.clock.advance(MINUTE)
    await world.chain().poll()
    await other.drain()
    await world.finish()
    world.tenant.publish('Audit.Exchange', [news])
    world.clock.advance(MINUTE)
    await world.chain().poll()
    await other.drain()
    const found = await everything(other.findings.since(0, 2.534e11))
    expect(found.map(({ finding }) => finding.severity)).toEqual(['high'])
  })

  it('leaves no tallies of long ago: they go with their time', async () => {
    const { chain, clock, tables } = await firstDay(30)
    const names = async () => (await tables.names('')).filter(name => /^(tallies|taught)/.test(name))
    const weeks = 7 * DAY
    expect((await names()).filter(name => name.startsWith('taught'))).toHaveLength(1)
    expect((await names()).filter(name => name.startsWith('tallies'))).toHaveLength(1)
    clock.advance(4 * weeks)
    await chain().sweep()
    expect(await names()).toEqual([])
  })
})

it('records of another time are left to the span they belong to', async () => {
  const { tenant, chain, finish } = await setUp({ days: 2 })
  const midnight = Date.UTC(2026, 10, 19)
  const [record] = pastOf(1, 1)
  if (record === undefined) throw new Error('There is no record')
  // A search finds both its ends.
  tenant.publishPast([{ ...record, CreationTime: iso(midnight / 1000).slice(0, 19) }])
  await finish()
  const counted = (await chain().ledgerOf('graph-audit-search')).map(({ counts }) => counts?.evaluated)
  expect(counted.sort()).toEqual([0, 1])
})
