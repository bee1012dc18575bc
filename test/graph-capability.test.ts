import { expect, it, onTestFinished } from 'vitest'
import { makeParser } from '../core/feeds/normalise/parse.ts'
import { health } from '../core/pipeline/health.ts'
import { makeMemoryTables } from '../core/stores/memory.ts'
import { makeState } from '../core/stores/state.ts'
import { HOUR, MINUTE, type TenantOptions } from '../emulator/index.ts'
import { facts, makeChain, TENANT } from './chain/kit.ts'
import { storedOf } from './chain/promises.ts'
import { type FeedKind, NOON, openFeedWorld } from './contracts/feed.worlds.ts'
import { census } from './support/census.ts'
import { type Expected, oracle } from './support/oracle.ts'

const ALL: readonly FeedKind[] = ['management', 'directory audits', 'sign-ins', 'beta sign-ins']

async function setUp(options: TenantOptions) {
  const world = await openFeedWorld(ALL, options)
  onTestFinished(() => world.tenant.stop())
  const { clock, happened, tenant } = world
  const seconds = () => Math.floor(clock.now() / 1000)
  const tables = makeMemoryTables()
  const chain = makeChain({
    clock: { seconds, now: clock.now, pass: by => clock.advance(by * 1000) },
    feeds: world.feeds(makeState(tables, TENANT), tables),
    tables,
    detections: [census],
    sinkNames: ['teams'],
  })
  const round = async (minutes: number) => {
    clock.set(Math.max(clock.now(), NOON + minutes * MINUTE))
    await chain.poll()
    await chain.drain()
  }
  const look = async () => {
    const { ok, capabilities, feeds } = await health({ ...chain, feedIds: chain.feeds.map(({ id }) => id) })
    return { ok, feeds, states: Object.fromEntries(capabilities.map(({ feed, state }) => [feed, state])) }
  }
  const parse = makeParser(TENANT)
  /** What is known to have happened; each feed numbers its records by itself. */
  const events = (all: readonly Expected[]) => all.map(({ records: _, ...rest }) => rest)
  const found = async () => events(await storedOf(chain))
  const expected = (...types: number[]) => {
    const all = happened.filter(({ RecordType }) => types.includes(RecordType))
    const records = all.flatMap(raw => parse(raw).record ?? [])
    return events(oracle(records, [census], facts))
  }
  return { chain, clock, expected, found, look, round, tenant }
}

const states = (audits: string, signIns: string, beta = signIns) => ({
  'graph-directory-audits': audits,
  'graph-sign-ins': signIns,
  'graph-sign-ins-non-interactive': beta,
  'graph-sign-ins-service-principal': beta,
  'graph-sign-ins-managed-identity': beta,
})

it('with ActivityFeed.Read alone everything else works, and nobody is bothered', async () => {
  const { chain, expected, found, look, round, tenant } = await setUp({ roles: ['ActivityFeed.Read'] })
  for (const minutes of [0, 30, 60, 100]) await round(minutes)
  expect(await found()).toEqual(expected(8, 15))
  expect(await chain.notices('teams')).toEqual([])
  expect(await look()).toMatchObject({
    ok: true,
    states: states('permission-missing', 'permission-missing'),
  })
  const { calls } = tenant.audit()
  // Two an hour and feed, one for each token: no more than finding out takes.
  expect(calls.directoryAudits).toMatchObject({ 403: 4 })
  expect(calls.signIns).toMatchObject({ 403: 16 })
})

it('a permission granted later is found within the hour, and the past week read', async () => {
  const { chain, expected, found, look, round, tenant } = await setUp({ roles: [] })
  await round(0)
  tenant.grant('AuditLog.Read.All')
  await round(30)
  expect(await found()).toEqual([])
  for (const minutes of [61, 66]) await round(minutes)
  expect(await look()).toMatchObject({ states: states('works', 'works') })
  expect((await found()).length).toBeGreaterThan(3)
  for (const minutes of [120, 300]) await round(minutes)
  expect(await found()).toEqual(expected(8, 15))
  const told = await chain.notices('teams')
  expect(told.map(({ sentence }) => sentence).join()).not.toContain('graph-')
})

it('a permission taken away stops its feeds, and nothing else; given back, what was missed is read', async () => {
  const { chain, expected, found, look, round, tenant, clock } = await setUp({})
  await round(0)
  tenant.revoke('AuditLog.Read.All')
  // A token keeps its roles until it is renewed.
  for (const minutes of [65, 70, 80]) await round(minutes)
  expect(await look()).toMatchObject({
    ok: true,
    states: { ...states('permission-missing', 'permission-missing') },
  })
  tenant.grant('AuditLog.Read.All')
  clock.set(NOON + 8 * HOUR)
  await chain.sweep()
  await chain.drain()
  expect(await look()).toMatchObject({ ok: true, states: states('works', 'works') })
  expect(await found()).toEqual(expected(8, 15))
  for (const { state } of await chain.ledgerOf('graph-directory-audits')) expect(state).toBe('done')
  expect(await chain.notices('teams')).toEqual([])
})

it.each([
  ['a tenant without a premium licence', { entraLicence: 'free' }, states('works', 'not-licensed')],
  ['a cloud without Graph’s logs', { graph: 'absent' }, states('not-in-cloud', 'not-in-cloud')],
  ['a cloud without the beta', { graph: 'without-beta' }, states('works', 'works', 'not-in-cloud')],
] as const)('%s is found out and no trouble', async (_, options, found) => {
  const { chain, look, round } = await setUp(options)
  await round(0)
  await round(30)
  expect(await look()).toMatchObject({ ok: true, states: found })
  expect(await chain.notices('teams')).toEqual([])
})
