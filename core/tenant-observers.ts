import { GRAPH_CLOUDS } from './feeds/graph/clouds.ts'
import type { Graph } from './feeds/graph/transport.ts'
import { CLOUDS } from './feeds/management/clouds.ts'
import type { GraphPlatform } from './graph.ts'
import { type Credential, makeTokenSource } from './net/token.ts'
import { contextObservers } from './observers/context/index.ts'
import { makeHunters } from './observers/hunting.ts'
import { makeInboxRulesObserver } from './observers/inbox-rules/observer.ts'
import type { Observer } from './observers/observer.ts'
import { makeOwnAppObserver } from './observers/own-app.ts'
import { makeSilenceObserver } from './observers/silence/observer.ts'
import { type FeedReport, feedReportName } from './pipeline/poll.ts'
import type { Settings } from './settings.ts'
import type { Context } from './stores/context.ts'
import { makeInboxRules } from './stores/inbox-rules.ts'
import { makeLedger } from './stores/ledger.ts'
import type { Tables } from './stores/port.ts'
import { makeRhythms } from './stores/rhythms.ts'
import type { State } from './stores/state.ts'

export interface ObserverParts {
  readonly settings: Settings
  readonly platform: GraphPlatform
  readonly state: State
  readonly tables: Tables
  readonly context: Context
  /** Absent where the tenant's Graph is not to be asked. */
  readonly graph: Graph | undefined
  readonly credential: () => Credential
}

/** All that look at what no feed brings. */
export function makeObservers(parts: ObserverParts): Observer[] {
  return [silence(parts), ownApp(parts), ...ofGraph(parts)]
}

function ofGraph({ context, graph, platform, settings, state, tables }: ObserverParts): Observer[] {
  if (graph === undefined) return []
  const { log } = platform
  const tenant = settings.AZURE_TENANT_ID
  const rules = makeInboxRules(tables, tenant)
  return [
    ...contextObservers(graph, tenant, context, log),
    makeInboxRulesObserver({ graph, rules, state, log }),
    ...makeHunters(graph, state),
  ]
}

function silence({ settings, state, tables }: ObserverParts): Observer {
  const tenant = settings.AZURE_TENANT_ID
  return makeSilenceObserver({
    feeds: settings.CONTENT_TYPES,
    rhythms: makeRhythms(tables, tenant),
    ledger: makeLedger(tables, tenant),
    state,
    listed: feed => state.read<FeedReport>(feedReportName(feed)),
  })
}

function ownApp({ settings, platform: { now }, state, graph, credential }: ObserverParts): Observer {
  const tokens = (scope: string) => () => makeTokenSource({ credential, scope, now })
  return makeOwnAppObserver({
    state,
    tokens: {
      'Office 365 Management APIs': tokens(CLOUDS[settings.M365_CLOUD].scope),
      ...(graph && { 'Microsoft Graph': tokens(GRAPH_CLOUDS[settings.M365_CLOUD].scope) }),
    },
  })
}
