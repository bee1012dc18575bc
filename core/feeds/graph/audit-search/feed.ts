import type { Log } from '../../../log.ts'
import { LOOK_BACK, type Slice } from '../../../model/checkpoint.ts'
import { type Search, spanName } from '../../../model/search.ts'
import { dayOf, type Seconds } from '../../../model/time.ts'
import type { Feed, Progress } from '../../feed.ts'
import { type CapabilityMemory, doubt, ensureCapability, PROBE, shown, stored } from '../capability.ts'
import type { Graph } from '../transport.ts'
import { makeSearchApi } from './api.ts'
import type { SearchMemory } from './memory.ts'
import { searched } from './searching.ts'
import {
  AUDIT_SEARCH,
  blobOf,
  dayAround,
  daysBefore,
  isPending,
  leaves,
  progressOf,
  type Searches,
  spanOf,
} from './spans.ts'

export interface AuditSearchDeps {
  readonly graph: Graph
  readonly capability: CapabilityMemory
  readonly memory: SearchMemory
  /** Days of the past to read, from 1 on. */
  readonly days: number
  /** What to search for: the operations from which something is learned. None: all there are. */
  readonly operations: readonly string[]
  /** Epoch ms. */
  readonly now: () => number
  readonly log: Log
}

/** Microsoft runs at least fifty of a tenant's queries at once; these are for everybody who uses them. */
const AT_ONCE = 5

/**
 * The past of a tenant through the audit search of Graph, read once and newest first, so that detections which compare
 * with what was before need not wait for weeks. A blob is a span of event time, a day unless that holds too much.
 */
export function makeAuditSearchFeed(deps: AuditSearchDeps): Feed {
  const { capability, days, graph, log, memory, operations } = deps
  const now = () => Math.floor(deps.now() / 1000)
  const api = makeSearchApi(graph, operations)

  async function searches(): Promise<Searches> {
    return new Map((await stored(memory.all())).map(search => [spanName(search), search]))
  }

  /** The days to read, and how far each is. `undefined`: the tenant does not allow it. */
  async function plan(): Promise<{ wanted: Slice[]; known: Searches } | undefined> {
    const allowed = await stored(capability.recall())
    if (allowed?.state !== 'works' || allowed.since === undefined) return undefined
    return { wanted: daysBefore(allowed.since, days), known: await searches() }
  }

  async function progress(): Promise<Progress | undefined> {
    const planned = await plan()
    return planned && progressOf(planned.wanted, planned.known)
  }

  /** Searches whose turn it is: those under way, and as many new ones as there is room for. */
  async function open(at: Seconds, wanted: readonly Slice[], known: Searches): Promise<Search[]> {
    const underWay = [...known.values()].filter(({ state }) => state === 'open')
    const next = wanted.flatMap(day => leaves(day, known)).filter(span => !known.has(spanName(span)))
    const begun: Search[] = []
    for (const { from, to } of next.slice(0, Math.max(0, AT_ONCE - underWay.length))) {
      const search: Search = { from, to, state: 'open', begunAt: at, failures: 0 }
      if (await stored(memory.add(search))) begun.push(search)
    }
    return [...underWay, ...begun]
  }

  /** The ledger forgets what began so long ago. */
  async function renewed(at: Seconds, search: Search): Promise<Search> {
    if (search.begunAt > at - LOOK_BACK) return search
    return (await stored(memory.change(search, one => ({ ...one, begunAt: at })))) ?? search
  }

  return {
    id: AUDIT_SEARCH,
    progress,

    async subscribe(signal) {
      const probe = () => api.probe({ signal, ...PROBE })
      await ensureCapability({ feed: AUDIT_SEARCH, probe, memory: capability, now, log })
      return { state: 'enabled' }
    },

    async *list({ from, to }: Slice) {
      const planned = await plan()
      if (planned === undefined) return
      const { known, wanted } = planned
      const current = await open(now(), wanted, known)
      const ended = [...known.values()].filter(
        ({ begunAt, state }) => state !== 'open' && begunAt >= from && begunAt < to,
      )
      // One by one: what stands together on a page is read together, and these can be large.
      for (const search of current) yield [blobOf(await renewed(now(), search))]
      for (const search of ended) yield [blobOf(search)]
    },

    async fetch(blob, signal) {
      try {
        return await searched({ api, memory, now, log }, spanOf(blob), signal)
      } catch (error) {
        await doubt(capability, error)
        throw error
      }
    },

    // What was counted is written by now: of two that end a day at once, at least the later sees it whole.
    async teaches(blob) {
      const span = spanOf(blob)
      await stored(
        memory.change(span, search => (search.state === 'open' ? { ...search, state: 'read' } : undefined)),
      )
      const so = await progress()
      if (so) log.info(`Back-fill: ${so.done + so.lost} of ${so.days} days of the past are through.`)
      return isPending(dayAround(span), await searches()) ? [] : [dayOf(span.from)]
    },

    capability: async () => shown(await stored(capability.recall())),
  }
}
