import type { Graph } from './feeds/graph/transport.ts'
import type { GraphPlatform } from './graph.ts'
import { contextObservers } from './observers/context/index.ts'
import type { Observer } from './observers/observer.ts'
import type { Settings } from './settings.ts'
import type { Context } from './stores/context.ts'
import type { Tables } from './stores/port.ts'
import type { State } from './stores/state.ts'

export interface ObserverParts {
  readonly settings: Settings
  readonly platform: GraphPlatform
  readonly state: State
  readonly tables: Tables
  readonly context: Context
  /** Absent where the tenant's Graph is not to be asked. */
  readonly graph: Graph | undefined
}

/** All that look at what no feed brings. */
export function makeObservers({ settings, platform, graph, context }: ObserverParts): Observer[] {
  if (graph === undefined) return []
  const tenant = settings.AZURE_TENANT_ID
  return [...contextObservers(graph, tenant, context, platform.log)]
}
