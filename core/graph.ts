import { GRAPH_CLOUDS } from './feeds/graph/clouds.ts'
import { type Graph, makeGraph } from './feeds/graph/transport.ts'
import type { Log } from './log.ts'
import type { TurnBook } from './net/shared-pace.ts'
import type { Sleep } from './net/sleep.ts'
import { type Credential, makeTokenSource } from './net/token.ts'
import type { Settings } from './settings.ts'

export interface GraphPlatform {
  now(): number
  random(): number
  readonly log: Log
  sleep?: Sleep
}

/**
 * Microsoft Graph of the tenant, one for all that ask it: they share its quotas and pauses, and with other processes those in the book. Where the audit API has been given
 * another address and Graph has not, there is none: a test server must not set us on the real Graph.
 */
export function openGraph(
  { GRAPH_API_URL, M365_CLOUD, MANAGEMENT_API_URL }: Settings,
  { now, random, log, sleep }: GraphPlatform,
  credential: () => Credential,
  book?: (quota: string) => TurnBook,
): Graph | undefined {
  if (GRAPH_API_URL === undefined && MANAGEMENT_API_URL !== undefined) return undefined
  const cloud = GRAPH_CLOUDS[M365_CLOUD]
  const tokens = makeTokenSource({ credential, scope: cloud.scope, now })
  return makeGraph({
    origin: GRAPH_API_URL ?? cloud.origin,
    tokens,
    now,
    random,
    log,
    ...(sleep && { sleep }),
    ...(book && { book: family => book(`graph-${family}`) }),
  })
}
