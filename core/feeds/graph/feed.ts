import type { Log } from '../../log.ts'
import type { Slice } from '../../model/checkpoint.ts'
import type { ContentBlob } from '../../model/content-blob.ts'
import { MINUTE } from '../../model/time.ts'
import type { Feed } from '../feed.ts'
import { type CapabilityMemory, doubt, ensureCapability, stored } from './capability.ts'
import { pagesOf } from './pages.ts'
import { blobsOf, filterOf, spanOf } from './slices.ts'
import type { Stream } from './streams.ts'
import type { Graph, GraphQuery } from './transport.ts'

export interface GraphFeedDeps {
  readonly stream: Stream
  /** One for all feeds of a tenant: they share its budget and its pauses. */
  readonly graph: Graph
  readonly memory: CapabilityMemory
  /** Epoch ms. */
  readonly now: () => number
  readonly log: Log
}

/** Two hundred thousand entries in an hour; no tenant this is made for comes near. */
const MAX_PAGES = 400
/** A probe stands between the poll and all other feeds' news: it is not to wait for long. */
const PROBE = { retries: 1, timeoutMs: 15_000 }

/** One log of Graph, of one tenant. Optional: where the tenant does not allow it, it lists nothing and says so when asked. */
export function makeGraphFeed({ stream, graph, memory, now, log }: GraphFeedDeps): Feed {
  const seconds = () => Math.floor(now() / 1000)
  const query = (span: Slice, top: number): GraphQuery => ({
    family: 'reporting',
    version: stream.version,
    path: stream.path,
    filter: filterOf(stream, span),
    orderBy: `${stream.time} desc`,
    top,
    subject: stream.subject,
  })

  return {
    id: stream.id,

    async subscribe(signal) {
      const probe = () => {
        const to = Math.floor(seconds() / MINUTE) * MINUTE
        return graph.page(query({ from: to - 15 * MINUTE, to }, 1), { signal, ...PROBE })
      }
      await ensureCapability({ feed: stream.id, probe, memory, now: seconds, log })
      return { state: 'enabled' }
    },

    async *list(slice: Slice) {
      const known = await stored(memory.recall())
      if (known?.state === 'works' && known.since !== undefined) yield blobsOf(stream, known.since, slice)
    },

    async fetch(blob: ContentBlob, signal: AbortSignal) {
      const span = spanOf(blob)
      const bodies = new Set<string>()
      try {
        for await (const entries of pagesOf(graph, query(span, stream.top), MAX_PAGES, signal))
          for (const entry of entries) bodies.add(JSON.stringify(stream.body(entry) ?? entry))
      } catch (error) {
        await doubt(memory, error)
        throw error
      }
      // Pages come in no order to rely on. The same entries make the same text, whatever way they came.
      return `[${[...bodies].sort().join(',\n')}]`
    },

    async capability() {
      const known = await stored(memory.recall())
      if (known === undefined) return undefined
      const { checkedAt, detail, feed, state } = known
      return { feed, state, checkedAt, ...(detail !== undefined && { detail }) }
    },
  }
}
