import { onTestFinished } from 'vitest'
import { makeAuditSearchFeed } from '../../core/feeds/graph/audit-search/feed.ts'
import { makeGraph } from '../../core/feeds/graph/transport.ts'
import { makeManagementFeed } from '../../core/feeds/management/feed.ts'
import { type Log, silent } from '../../core/log.ts'
import type { Detection } from '../../core/model/detection.ts'
import { makeSender } from '../../core/net/send.ts'
import { makeTokenSource } from '../../core/net/token.ts'
import { health } from '../../core/pipeline/health.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { makeMemoryQueue } from '../../core/stores/queue/memory.ts'
import { makeSearches } from '../../core/stores/searches.ts'
import { makeState } from '../../core/stores/state.ts'
import {
  DAY,
  MINUTE,
  makeManualClock,
  makeSleeper,
  startTenant,
  type TenantOptions,
} from '../../emulator/index.ts'
import { makeChain, TENANT } from '../chain/kit.ts'
import { credentialOf } from '../chain/tenant.ts'

interface BackfillOptions extends TenantOptions {
  /** When the program is started first, epoch ms. */
  readonly start: number
  readonly days: number
  readonly detections: readonly Detection[]
  readonly operations?: readonly string[]
}

const PUBLISHER = 'f3b1c8de-7a40-4b6e-9c0d-52d1a6e7b384'

/** A tenant with a past, and the chain with the feed that reads it beside the feed of what is new. */
export async function openBackfill({
  start,
  days,
  detections,
  operations = [],
  ...options
}: BackfillOptions) {
  const clock = makeManualClock(start)
  const { now } = clock
  const seconds = () => Math.floor(now() / 1000)
  const roles = ['ActivityFeed.Read', 'AuditLogsQuery.Read.All'] as const
  const tenant = await startTenant({ clock, roles, ...options })
  onTestFinished(() => tenant.stop())
  const tables = makeMemoryTables()
  const queue = makeMemoryQueue<never>(seconds)
  const said: string[] = []
  const log: Log = { ...silent, info: text => void said.push(text), warn: text => void said.push(text) }

  /** A new process on the same storage. */
  const open = () => {
    const state = makeState(tables, TENANT)
    const sleep = makeSleeper(clock)
    const deps = { now, random: () => 0.5, sleep }
    const tokens = (host: string) =>
      makeTokenSource({ credential: () => credentialOf(tenant), scope: `https://${host}/.default`, now })
    const news = makeManagementFeed({
      origin: tenant.managementUrl,
      tenantId: tenant.tenantId,
      publisher: PUBLISHER,
      contentType: 'Audit.Exchange',
      http: makeSender({ ...deps, patienceMs: 240_000 }),
      tokens: tokens('manage.office.com'),
      state: { change: next => state.change('subscription', next) },
      now,
      log,
    })
    const past = makeAuditSearchFeed({
      graph: makeGraph({ origin: tenant.graphUrl, tokens: tokens('graph.microsoft.com'), ...deps }),
      capability: {
        recall: () => state.read('capability'),
        remember: value => state.write('capability', value),
      },
      memory: makeSearches(tables, TENANT),
      days,
      operations,
      now,
      log,
    })
    const steps = { seconds, now, pass: (by: number) => clock.advance(by * 1000) }
    return makeChain({ clock: steps, feeds: [news, past], tables, queue, detections, sinkNames: ['teams'] })
  }

  let chain = open()
  const round = async () => {
    await chain.poll()
    await chain.drain()
    clock.advance(5 * MINUTE)
  }
  const look = () => health({ ...chain, feedIds: chain.feeds.map(({ id }) => id) })
  return {
    clock,
    tables,
    tenant,
    said,
    open,
    round,
    look,
    chain: () => chain,
    restart: () => {
      chain = open()
    },
    /** Rounds of the timers until the past is read, `rounds` at most. */
    async finish(rounds = 60) {
      for (let n = 0; n < rounds; n++) {
        await round()
        const { backfill } = await look()
        if (backfill?.pending === 0) return backfill
        if (n % 12 === 11) await chain.sweep()
      }
      return (await look()).backfill
    },
    /** The UTC day so many days before the start. */
    day: (before: number) => Math.floor(start / DAY) - before,
  }
}
