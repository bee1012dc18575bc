import { setTimeout } from 'node:timers/promises'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { makeManagementFeed } from '../../core/feeds/management/feed.ts'
import { silent } from '../../core/log.ts'
import type { ContentBlob } from '../../core/model/content-blob.ts'
import { termsFor } from '../../core/model/turns.ts'
import { runSignal } from '../../core/net/deadline.ts'
import { makeSender } from '../../core/net/send.ts'
import { makeSharedPace } from '../../core/net/shared-pace.ts'
import { makeTokenSource } from '../../core/net/token.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import type { Tables } from '../../core/stores/port.ts'
import { makeTables } from '../../core/stores/tables/tables.ts'
import { makeTurns } from '../../core/stores/turns.ts'
import { makeClock, startTenant } from '../../emulator/index.ts'
import { uniqueName } from '../support/names.ts'
import { flag } from './records.ts'
import { credentialOf } from './tenant.ts'

const QUOTA = { requests: 2_000, perMs: 60_000 }
/** The tenant's minutes are so much shorter than ours. */
const RATE = 3
const MINUTE = 60_000

const connectionString = inject('storage')
const stores: (readonly [string, () => Tables])[] = [
  ['stores in memory', makeMemoryTables],
  ...(connectionString ? [['Azurite', () => makeTables({ connectionString }, uniqueName())] as const] : []),
]

/** Blobs fetched by eight processes, six at a time each, in a minute of the tenant. */
async function backFill(tables: Tables) {
  // Late in a minute, so that the next is near.
  const clock = makeClock({ start: Date.UTC(2026, 10, 20, 12, 0, 45), rate: RATE })
  const tenant = await startTenant({ clock, quotaPerMinute: QUOTA.requests })
  onTestFinished(() => tenant.stop())
  const { now } = clock
  const sleep = (ms: number, signal: AbortSignal) => setTimeout(ms / RATE, undefined, { signal })
  const open = () => {
    const book = makeTurns(tables, 't', 'management')
    const pause = makeSharedPace({ book, quota: QUOTA, terms: termsFor(QUOTA), now, sleep, log: silent })
    const scope = 'https://manage.office.com/.default'
    return makeManagementFeed({
      origin: tenant.managementUrl,
      tenantId: tenant.tenantId,
      publisher: tenant.tenantId,
      contentType: 'Audit.Exchange',
      http: makeSender({ now, random: Math.random, sleep, pause }),
      tokens: makeTokenSource({ credential: () => credentialOf(tenant), scope, now }),
      state: { change: async next => next() !== undefined },
      now,
      log: silent,
    })
  }
  const feeds = Array.from({ length: 8 }, open)
  const first = open()
  await first.subscribe(runSignal(now() + MINUTE, now()))
  tenant.publish('Audit.Exchange', [flag(1)], { at: now() - MINUTE })
  const blobs: ContentBlob[] = []
  for await (const page of first.list(
    { from: now() / 1000 - 3_600, to: now() / 1000 },
    runSignal(now() + MINUTE, now()),
  ))
    blobs.push(...page)
  const [blob] = blobs
  if (blob === undefined) throw new Error('There is a blob')

  // From the start of one of the tenant's minutes to its end.
  const begin = (Math.floor(now() / MINUTE) + 1) * MINUTE
  await setTimeout((begin - now()) / RATE)
  let fetched = 0
  await Promise.all(
    Array.from({ length: 8 * 6 }, async (_, n) => {
      const feed = feeds[n % 8]
      while (now() < begin + MINUTE) {
        await feed?.fetch(blob, runSignal(now() + 5 * MINUTE, now()))
        if (now() < begin + MINUTE) fetched++
      }
    }),
  )
  return { fetched, audit: tenant.audit() }
}

describe.each(stores)('eight processes that fetch what they can, on %s', (_, make) => {
  // A machine that is busy with other things can miss a minute; the clockwork test of core/net cannot.
  test('use at least 80 % of the quota, and are next to never refused', {
    retry: 2,
    timeout: 120_000,
  }, async () => {
    const { fetched, audit } = await backFill(make())
    expect(audit.overQuota).toBeLessThanOrEqual(QUOTA.requests / 100)
    expect(fetched).toBeGreaterThanOrEqual(0.8 * QUOTA.requests)
  })
})
