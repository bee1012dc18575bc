import type { Graph } from './feeds/graph/transport.ts'
import type { GraphPlatform } from './graph.ts'
import { makeInboxRulesObserver } from './observers/inbox-rules/observer.ts'
import type { Observer } from './observers/observer.ts'
import type { Settings } from './settings.ts'
import { makeInboxRules } from './stores/inbox-rules.ts'
import type { Tables } from './stores/port.ts'
import type { State } from './stores/state.ts'

export interface ObserverParts {
  readonly settings: Settings
  readonly platform: GraphPlatform
  readonly state: State
  readonly tables: Tables
  /** Absent where the tenant's Graph is not to be asked. */
  readonly graph: Graph | undefined
}

/** All that look at what no feed brings. */
export function makeObservers({ graph, platform, settings, state, tables }: ObserverParts): Observer[] {
  if (graph === undefined) return []
  const { log } = platform
  return [
    makeInboxRulesObserver({ graph, rules: makeInboxRules(tables, settings.AZURE_TENANT_ID), state, log }),
  ]
}
