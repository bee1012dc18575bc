import { operationsOfPast } from './engine/past.ts'
import type { Feed } from './feeds/feed.ts'
import { makeAuditSearchFeed } from './feeds/graph/audit-search/feed.ts'
import { AUDIT_SEARCH } from './feeds/graph/audit-search/spans.ts'
import type { KnownCapability } from './feeds/graph/capability.ts'
import type { Graph } from './feeds/graph/transport.ts'
import type { GraphPlatform } from './graph.ts'
import type { Detection } from './model/detection.ts'
import type { Settings } from './settings.ts'
import type { Tables } from './stores/port.ts'
import { makeSearches } from './stores/searches.ts'
import type { State } from './stores/state.ts'

export interface BackfillParts {
  readonly settings: Settings
  readonly platform: GraphPlatform
  readonly state: State
  readonly tables: Tables
  /** Absent where the tenant's Graph is not to be asked. */
  readonly graph: Graph | undefined
  readonly detections: readonly Detection[]
}

/** The feed that reads the past, unless it or all of Graph is switched off. */
export function makeBackfill({
  settings,
  platform,
  state,
  tables,
  graph,
  detections,
}: BackfillParts): Feed[] {
  const { AZURE_TENANT_ID, BACKFILL_DAYS, GRAPH_FEEDS } = settings
  if (graph === undefined || BACKFILL_DAYS === 0 || GRAPH_FEEDS.length === 0) return []
  const name = `capability.${AUDIT_SEARCH}`
  const feed = makeAuditSearchFeed({
    graph,
    capability: {
      recall: () => state.read<KnownCapability>(name),
      remember: value => state.write(name, value),
    },
    memory: makeSearches(tables, AZURE_TENANT_ID),
    days: BACKFILL_DAYS,
    operations: operationsOfPast(detections),
    now: platform.now,
    log: platform.log,
  })
  return [feed]
}
