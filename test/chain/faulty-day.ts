import { expect, onTestFinished } from 'vitest'
import { iso } from '../../core/model/time.ts'
import {
  type ClientAudit,
  type FaultSchedule,
  makeManualClock,
  makeRandom,
  startTenant,
  type Tenant,
  type TenantOptions,
} from '../../emulator/index.ts'
import type { RawRecord } from '../support/histories.ts'
import type { Chain } from './kit.ts'
import { expectedOf, storedOf } from './promises.ts'
import { chainOf } from './tenant.ts'

export const MINUTE = 60_000
export const HOUR = 3_600_000
export const NOON = Date.UTC(2026, 10, 20, 12)
const TYPES = ['Audit.Exchange', 'Audit.General'] as const

interface Blob {
  readonly contentType: (typeof TYPES)[number]
  readonly at: number
  readonly records: readonly RawRecord[]
}

/** Three and a half hours of a small firm: a blob of each type every twenty minutes, about what happened before it. */
function makeBlobs(): Blob[] {
  const random = makeRandom('faults')
  const record = (before: number): RawRecord => ({
    Id: random.guid(),
    CreationTime: iso(Math.floor((before - random.int(0, 40 * MINUTE)) / 1000)).slice(0, 19),
    Operation: random.chance(0.06) ? 'Flag' : 'Read',
    UserId: random.pick(['ada@birchwood.example', 'ben@birchwood.example', 'cleo@birchwood.example']),
    SessionId: random.pick(['s1', 's2']),
    Folders: random.sample(['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'h1', 'h2'], random.int(0, 2)),
  })
  return Array.from({ length: 10 }, (_, n) => NOON - HOUR + n * 20 * MINUTE).flatMap(at =>
    TYPES.map(contentType => ({
      contentType,
      at,
      records: Array.from({ length: random.int(2, 5) }, () => record(at)),
    })),
  )
}

const BLOBS = makeBlobs()

/** A tenant at noon, gone when the test ends. */
export async function openTenant(options: TenantOptions = {}) {
  const clock = makeManualClock(NOON)
  const tenant = await startTenant({ clock, ...options })
  onTestFinished(() => tenant.stop())
  return { clock, tenant }
}

/** Twelve hours of timers, in steps of a quarter of an hour, and a day more for slow receivers. */
export async function play(schedule: FaultSchedule) {
  const { clock, tenant } = await openTenant({ faults: schedule, pageSize: 3 })
  const published = BLOBS.map(
    ({ contentType, records, at }) => tenant.publish(contentType, records, { at }).id,
  )
  const chain = chainOf(tenant, clock, TYPES)
  for (let next = NOON; next <= NOON + 12 * HOUR; next += 15 * MINUTE) {
    clock.set(Math.max(next, clock.now()))
    await chain.poll()
    if (next % HOUR === 0) await chain.sweep()
    await chain.drain()
    await chain.deliver()
  }
  for (let quarter = 0; quarter < 96; quarter++) {
    clock.advance(15 * MINUTE)
    await chain.deliver()
  }
  return { schedule, chain, tenant, audit: tenant.audit(), published }
}

/** What holds whatever the tenant does. Returns the ids of blobs whose records are lost. */
export async function expectGoodManners({
  schedule,
  chain,
  tenant,
  audit,
  published,
}: Awaited<ReturnType<typeof play>>) {
  expect(audit.withoutPublisher).toEqual({})
  expect(audit.tokensLeaked).toBe(0)
  expectPatience(audit, schedule)
  expect(audit.startsInCoolDown).toEqual([])
  expect(audit.badRanges).toEqual([])
  expect(audit.gaps.filter(({ open }) => !open)).toEqual([])
  expect(audit.overQuota).toBe(0)

  const entries = (await Promise.all(TYPES.map(type => chain.ledgerOf(type)))).flat()
  expect(entries.map(({ blob }) => blob.id).sort()).toEqual([...published].sort())
  const lost = entries.filter(({ state, counts }) => state !== 'done' || counts?.rejected['no-operation'])
  expect(entries.filter(({ state }) => state === 'listed')).toEqual([])
  for (const id of audit.never) expect(lost.map(({ blob }) => blob.id)).toContain(id)

  const readable = BLOBS.filter((_, n) => !lost.some(({ blob }) => blob.id === published[n]))
  expect(await storedOf(chain)).toEqual(expectedOf(readable.flatMap(({ records }) => records)))
  await expectDelivered(chain, tenant)
  return lost.map(({ blob, state }) => ({ id: blob.id, state }))
}

/** Requests in flight at once: feeds listed in parallel, blobs fetched in parallel. */
const AT_ONCE = 6

/**
 * Nobody calls before a `Retry-After` is over. The clock stands still while requests fly, so those that were on
 * their way when a wait was pronounced are early by all of it: there are never more of them than fly at once.
 */
function expectPatience({ earlyCalls }: ClientAudit, { faults }: FaultSchedule) {
  const waits = faults.flatMap(fault =>
    fault.kind === 'throttle' ? (fault.retryAfterSeconds ?? 0) * 1000 : [],
  )
  expect(earlyCalls.filter(({ earlyByMs }) => !waits.includes(earlyByMs))).toEqual([])
  for (const calls of Map.groupBy(earlyCalls, ({ at }) => at).values())
    expect(calls.length).toBeLessThanOrEqual(AT_ONCE)
  expect(earlyCalls.filter(({ kind }) => kind === 'teams' || kind === 'webhook')).toEqual([])
}

/** Every alert was taken by both sinks, once, unless a later one of its incident said it all. */
async function expectDelivered(chain: Chain, { cards, webhooks }: Tenant) {
  const done = async (sink: string) => {
    const deliveries = (await chain.outbox.all(sink)).map(({ delivery }) => delivery)
    expect(deliveries.filter(({ state }) => state !== 'done' && state !== 'superseded')).toEqual([])
    return deliveries.filter(({ state }) => state === 'done').map(({ alert }) => alert.id)
  }
  expect(
    webhooks()
      .map(({ headers }) => headers['webhook-id'])
      .sort(),
  ).toEqual((await done('webhook')).sort())
  expect(cards()).toHaveLength((await done('teams')).length)
}
