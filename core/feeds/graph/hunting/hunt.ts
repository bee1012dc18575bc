import type { Slice } from '../../../model/checkpoint.ts'
import { FeedError } from '../../../model/errors.ts'
import { iso } from '../../../model/time.ts'
import type { Graph, GraphQuery } from '../transport.ts'
import type { HuntingQuery } from './queries.ts'
import { type HuntingRow, readRow } from './rows.ts'

export interface Hunted {
  /** In the order of the answer: the oldest first. */
  readonly rows: readonly HuntingRow[]
  /** As many as were sent, also those that could not be read. */
  readonly sent: number
}

/** Three minutes are a query's; what is over that is the line's. A used-up quota comes back later, not now. */
const OPTIONS = { retries: 0, timeoutMs: 190_000 }

const SUBJECT = { what: 'hunting results', permission: 'ThreatHunting.Read.All' }

/** What a query finds within a slice of time. Throws `FeedError`; of a used-up quota it quotes which one. */
export async function hunt(
  graph: Graph,
  { kql }: HuntingQuery,
  { from, to }: Slice,
  signal: AbortSignal,
): Promise<Hunted> {
  const results = await ask(graph, { Query: kql, Timespan: `${iso(from)}/${iso(to)}` }, signal)
  return { rows: results.flatMap(row => readRow(row) ?? []), sent: results.length }
}

/**
 * Is the table there? The cheapest question about it, which can fail for no other reason. Which licences bring which tables
 * Microsoft tells in two ways, so each is asked for. Throws `FeedError`: `not-licensed` where it is not.
 */
export async function ensureTable(graph: Graph, { table }: HuntingQuery, signal: AbortSignal): Promise<void> {
  try {
    await ask(graph, { Query: `${table} | take 1`, Timespan: 'PT1H' }, signal)
  } catch (error) {
    if (!(error instanceof FeedError) || error.code !== 'rejected') throw error
    throw new FeedError(
      'not-licensed',
      `The tenant has no table ${table} to hunt in; it comes with Microsoft Defender for Endpoint. ${error.message}`,
      { cause: error },
    )
  }
}

async function ask(
  graph: Graph,
  body: NonNullable<GraphQuery['body']>,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const query: GraphQuery = {
    family: 'hunting',
    version: 'v1.0',
    path: '/security/runHuntingQuery',
    body,
    subject: SUBJECT,
  }
  const { results } = await graph.object(query, { signal, ...OPTIONS })
  if (!Array.isArray(results))
    throw new FeedError(
      'malformed',
      `The server ${graph.host} answered with something that is not hunting results.`,
    )
  return results
}
