import type { BlobStore } from '../blob-store.ts'
import type { Faults, RequestSubject } from '../faults.ts'
import { type Call, jsonReply, type Reply } from '../http.ts'
import { fraction } from '../random.ts'
import type { AuditRecord } from '../records/index.ts'
import { parseTime } from '../times.ts'
import type { GraphPart } from './api.ts'
import { enterGraph, type GraphHost, pageOf } from './enter.ts'
import { makePageLinks } from './links.ts'
import { badRequest, notFound, notPermitted } from './replies.ts'

/** A search as it was asked for, and how it will end. */
export interface AuditSearchQuery {
  readonly id: string
  readonly createdAt: number
  /** Both ends are found. */
  readonly from: number
  readonly to: number
  readonly operations: readonly string[]
  readonly end: 'succeeded' | 'failed' | 'cancelled'
}

const PATH = /^\/(v1\.0|beta)\/security\/auditLog\/queries(?:\/([^/]+)(\/records)?)?$/
const LARGEST = 999

/** The audit search of Purview: a query is created, takes its time, and then has records. */
export function makeAuditSearch(
  deps: GraphHost & {
    faults: Faults
    store: BlobStore
    base(): string
    foreignBase(): string
  },
): GraphPart & {
  publishPast(records: readonly AuditRecord[]): void
  queries(): readonly AuditSearchQuery[]
} {
  const { faults, settings, store } = deps
  const links = makePageLinks(deps)
  const { clock } = settings
  const past: AuditRecord[] = []
  const queries = new Map<string, AuditSearchQuery>()
  const created: number[] = []

  function isOverQuota(): boolean {
    const { requests, perMs } = settings.searchQuota
    created.push(clock.now())
    return created.filter(at => at > clock.now() - perMs).length > requests
  }

  function statusOf({ createdAt, end }: AuditSearchQuery): string {
    const age = clock.now() - createdAt
    if (age >= settings.searchMs) return end
    return age < settings.searchMs / 10 ? 'notStarted' : 'running'
  }

  /** In no order that means anything. */
  function found({ from, id, operations, to }: AuditSearchQuery): AuditRecord[] {
    const listed = store
      .all()
      .flatMap(({ availableAt, records }) => (availableAt <= clock.now() ? records : []))
    const all = new Map([...past, ...(listed as AuditRecord[])].map(record => [record.Id, record]))
    return [...all.values()]
      .filter(({ CreationTime, Operation }) => {
        const at = Date.parse(`${CreationTime}Z`)
        return (
          at >= from && at <= to && (operations.length === 0 || operations.includes(Operation.toLowerCase()))
        )
      })
      .sort((a, b) => fraction(id, a.Id) - fraction(id, b.Id))
  }

  function shown(query: AuditSearchQuery): Record<string, unknown> {
    const status = statusOf(query)
    const records = status === 'succeeded' ? found(query).length : 0
    return {
      id: query.id,
      filterStartDateTime: new Date(query.from).toISOString(),
      filterEndDateTime: new Date(query.to).toISOString(),
      operationFilters: query.operations,
      status,
      recordCountLimit: settings.searchLimit,
      approximateReturnedRecordCount: Math.min(records, settings.searchLimit),
      isRecordCountLimitExceeded: records > settings.searchLimit,
    }
  }

  function create(call: Call): Reply {
    const { filterStartDateTime, filterEndDateTime, operationFilters = [] } = JSON.parse(call.body)
    const [from, to] = [parseTime(filterStartDateTime), parseTime(filterEndDateTime)]
    if (from === undefined || to === undefined || from >= to) return badRequest('The date range is invalid.')
    const before = [...queries.values()].filter(query => query.from === from && query.to === to).length
    const query: AuditSearchQuery = {
      id: `00000000-0000-4000-8000-${String(queries.size + 1).padStart(12, '0')}`,
      createdAt: clock.now(),
      from,
      to,
      operations: operationFilters.map((operation: string) => operation.toLowerCase()),
      end: settings.searchFailures[before] ?? 'succeeded',
    }
    queries.set(query.id, query)
    return jsonReply(201, shown(query))
  }

  function records(call: Call, query: AuditSearchQuery, subject: RequestSubject): Reply {
    const top = Number(call.query.get('$top') ?? LARGEST)
    if (!Number.isInteger(top) || top < 1 || top > LARGEST) return badRequest('Invalid page size specified.')
    const skip = links.startOf(call)
    if (skip === undefined) return badRequest('Skip token is null or expired.')
    if (statusOf(query) !== 'succeeded') return badRequest('The query has not succeeded.')
    const all = found(query).slice(0, settings.searchLimit)
    const size = Math.min(top, settings.graphPageSize)
    const next = faults.strike(subject, 'endless-pages') ? skip : skip + size
    return jsonReply(200, {
      ...(next < all.length ? { '@odata.nextLink': links.linkTo(call, next, subject) } : {}),
      value: all.slice(skip, skip + size).map(entryOf),
    })
  }

  function answer(call: Call, id: string | undefined, isRecords: boolean, subject: RequestSubject): Reply {
    if (call.method === 'POST') return create(call)
    if (id === undefined) return jsonReply(200, { value: [...queries.values()].map(shown) })
    const query = queries.get(id)
    if (query === undefined) return notFound(id)
    return isRecords ? records(call, query, subject) : jsonReply(200, shown(query))
  }

  function handle(call: Call): Reply {
    const [, version, id, inside] = PATH.exec(call.path) ?? []
    if (!settings.auditSearch.some(offered => offered === version)) return notFound('auditLog')
    const kind = call.method === 'POST' ? 'searchCreated' : inside ? 'searchRecords' : 'searchState'
    const subject = pageOf(kind, call)
    return enterGraph(deps, call, {
      subject,
      overQuota: call.method === 'POST' && isOverQuota(),
      refuse: roles => (roles.includes('AuditLogsQuery.Read.All') ? undefined : notPermitted()),
      answer: () => answer(call, id, inside !== undefined, subject),
    })
  }

  return {
    publishPast: records => void past.push(...records),
    queries: () => [...queries.values()],
    claims: path => PATH.test(path),
    handle,
  }
}

function entryOf(record: AuditRecord): Record<string, unknown> {
  return {
    id: record.Id,
    createdDateTime: `${record.CreationTime}Z`,
    operation: record.Operation,
    organizationId: record.OrganizationId,
    userId: record.UserId,
    service: record.Workload,
    objectId: record.ObjectId ?? null,
    clientIp: record.ClientIP ?? null,
    administrativeUnits: [''],
    auditData: { '@odata.type': '#microsoft.graph.security.defaultAuditData', ...record },
  }
}
