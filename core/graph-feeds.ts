import type { Feed } from './feeds/feed.ts'
import type { KnownCapability } from './feeds/graph/capability.ts'
import { GRAPH_CLOUDS } from './feeds/graph/clouds.ts'
import { makeGraphFeed } from './feeds/graph/feed.ts'
import { STREAMS } from './feeds/graph/streams.ts'
import { makeGraph } from './feeds/graph/transport.ts'
import type { Log } from './log.ts'
import type { Sleep } from './net/sleep.ts'
import { type Credential, makeTokenSource } from './net/token.ts'
import type { Settings } from './settings.ts'
import type { State } from './stores/state.ts'

export interface GraphPlatform {
  now(): number
  random(): number
  readonly log: Log
  sleep?: Sleep
}

/**
 * The feeds of Graph that are switched on; each finds out by itself whether the tenant allows it. Where the audit API has
 * been given another address and Graph has not, there are none: a test server must not set us on the real Graph.
 */
export function makeGraphFeeds(
  settings: Settings,
  { now, random, log, sleep }: GraphPlatform,
  state: State,
  credential: () => Credential,
): Feed[] {
  const { GRAPH_API_URL, GRAPH_FEEDS, M365_CLOUD, MANAGEMENT_API_URL } = settings
  if (GRAPH_API_URL === undefined && MANAGEMENT_API_URL !== undefined) return []
  const cloud = GRAPH_CLOUDS[M365_CLOUD]
  const tokens = makeTokenSource({ credential, scope: cloud.scope, now })
  const origin = GRAPH_API_URL ?? cloud.origin
  const graph = makeGraph({ origin, tokens, now, random, log, ...(sleep && { sleep }) })
  return STREAMS.filter(({ id }) => GRAPH_FEEDS.includes(id)).map(stream => {
    const name = `capability.${stream.id}`
    const memory = {
      recall: () => state.read<KnownCapability>(name),
      remember: (value: KnownCapability) => state.write(name, value),
    }
    return makeGraphFeed({ stream, graph, memory, now, log })
  })
}
