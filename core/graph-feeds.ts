import type { Feed } from './feeds/feed.ts'
import type { KnownCapability } from './feeds/graph/capability.ts'
import { makeGraphFeed } from './feeds/graph/feed.ts'
import { STREAMS } from './feeds/graph/streams.ts'
import type { Graph } from './feeds/graph/transport.ts'
import type { GraphPlatform } from './graph.ts'
import type { Settings } from './settings.ts'
import type { State } from './stores/state.ts'

/** The feeds of Graph that are switched on; each finds out by itself whether the tenant allows it. */
export function makeGraphFeeds(
  { GRAPH_FEEDS }: Settings,
  { now, log }: GraphPlatform,
  state: State,
  graph: Graph | undefined,
): Feed[] {
  if (graph === undefined) return []
  return STREAMS.filter(({ id }) => GRAPH_FEEDS.includes(id)).map(stream => {
    const name = `capability.${stream.id}`
    const memory = {
      recall: () => state.read<KnownCapability>(name),
      remember: (value: KnownCapability) => state.write(name, value),
    }
    return makeGraphFeed({ stream, graph, memory, now, log })
  })
}
