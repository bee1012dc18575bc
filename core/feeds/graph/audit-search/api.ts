import type { Slice } from '../../../model/checkpoint.ts'
import { FeedError } from '../../../model/errors.ts'
import type { SearchQuery } from '../../../model/search.ts'
import { iso, type Seconds } from '../../../model/time.ts'
import { text } from '../../../model/values.ts'
import { pagesOf } from '../pages.ts'
import type { Graph, GraphOptions, GraphPage, GraphQuery } from '../transport.ts'

export interface SearchApi {
  /** One small request, to see whether the tenant allows it. */
  probe(options: GraphOptions): Promise<unknown>
  create(span: Slice, askedAt: Seconds, options: GraphOptions): Promise<SearchQuery>
  look(query: SearchQuery, options: GraphOptions): Promise<SearchState>
  records(query: SearchQuery, signal: AbortSignal): AsyncIterable<GraphPage['entries']>
}

export interface SearchState {
  readonly status: 'under way' | 'succeeded' | 'failed'
  /** There were more records than one query hands out; a query that succeeded can say so. */
  readonly truncated: boolean
}

const PATH = '/security/auditLog/queries'
const SUBJECT = { what: 'searches of the audit log', permission: 'AuditLogsQuery.Read.All' }
/** What other clients of this endpoint ask for. */
const TOP = 999
const MAX_PAGES = 2_000

type Version = GraphQuery['version']

/** The audit search of Purview in Microsoft Graph, limited to some operations where some are named. */
export function makeSearchApi(graph: Graph, operations: readonly string[]): SearchApi {
  const query = (version: Version, path: string): GraphQuery => ({
    family: 'audit-search',
    version,
    path,
    subject: SUBJECT,
  })
  const malformed = () =>
    new FeedError('malformed', `The server ${graph.host} answered with something that is not a search.`)

  let offered: Version = 'v1.0'
  /** It is documented in v1.0, and tenants have been seen where v1.0 answers 404 and the beta works. */
  async function offeredBy<T>(ask: (version: Version) => Promise<T>): Promise<T> {
    try {
      return await ask(offered)
    } catch (error) {
      if (!isMissing(error)) throw error
      const other = offered === 'v1.0' ? 'beta' : 'v1.0'
      const answer = await ask(other)
      offered = other
      return answer
    }
  }

  return {
    probe: options => offeredBy(version => graph.page(query(version, PATH), options)),

    create: (span, askedAt, options) =>
      offeredBy(async version => {
        const body = {
          '@odata.type': '#microsoft.graph.security.auditLogQuery',
          displayName: `Waxseal ${iso(span.from)}`,
          filterStartDateTime: iso(span.from),
          filterEndDateTime: iso(span.to),
          ...(operations.length > 0 && { operationFilters: operations }),
        }
        const made = await graph.object({ ...query(version, PATH), body }, { ...options, retries: 0 })
        const id = text(made.id)
        // It becomes part of an address.
        if (id === undefined || !/^[\w-]{1,100}$/.test(id)) throw malformed()
        return { id, version, askedAt }
      }),

    async look({ id, version }, options) {
      try {
        const { status, isRecordCountLimitExceeded } = await graph.object(
          query(version, `${PATH}/${id}`),
          options,
        )
        return { status: statusOf(status), truncated: isRecordCountLimitExceeded === true }
      } catch (error) {
        // Queries are kept for a while only.
        if (isMissing(error)) return { status: 'failed', truncated: false }
        throw error
      }
    },

    records: ({ id, version }, signal) =>
      pagesOf(graph, { ...query(version, `${PATH}/${id}/records`), top: TOP }, MAX_PAGES, signal),
  }
}

/** A status we do not know is waited for, as long as one that is known. */
function statusOf(status: unknown): SearchState['status'] {
  if (status === 'succeeded') return 'succeeded'
  return status === 'failed' || status === 'cancelled' ? 'failed' : 'under way'
}

function isMissing(error: unknown): boolean {
  return error instanceof FeedError && error.code === 'not-in-cloud'
}
