import { onTestFinished } from 'vitest'
import { makeGraph } from '../../core/feeds/graph/transport.ts'
import { type Log, silent } from '../../core/log.ts'
import type { Detection } from '../../core/model/detection.ts'
import { makeSender } from '../../core/net/send.ts'
import { health } from '../../core/pipeline/health.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { makeMemoryQueue } from '../../core/stores/queue/memory.ts'
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
import { managementFeedOf, pastFeedOf, tokensOf } from '../chain/tenant.ts'

interface BackfillOptions extends TenantOptions {
  /** When the program is started first, epoch ms. */
  readonly start: number
  readonly days: number
  readonly detections: readonly Detection[]
  readonly operations?: readonly string[]
}

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
    const tokens = (host: string) => tokensOf(tenant, host, now)
    const news = managementFeedOf(tenant, {
      contentType: 'Audit.Exchange',
      http: makeSender({ ...deps, patienceMs: 240_000 }),
      tokens: tokens('manage.office.com'),
      state,
      now,
      log,
    })
    const past = pastFeedOf({
      graph: makeGraph({ origin: tenant.graphUrl, tokens: tokens('graph.microsoft.com'), ...deps }),
      state,
      tables,
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
