import type { Faults, RequestSubject } from '../faults.ts'
import { type Call, jsonReply, type Reply } from '../http.ts'
import type { Role } from '../options.ts'
import { makeRandom } from '../random.ts'
import { type Directory, isDirectoryPath, makeDirectoryApi } from './directory.ts'
import { enterGraph, type GraphHost, pageOf } from './enter.ts'
import type { GraphLog } from './entries.ts'
import { makePageLinks } from './links.ts'
import { readQuery } from './query.ts'
import { badRequest, notFound, notLicensed, notPermitted } from './replies.ts'
import type { GraphStore } from './store.ts'

const PATH = /^\/(v1\.0|beta)\/auditLogs\/(directoryAudits|signIns)$/

export interface GraphPart {
  claims(path: string): boolean
  handle(call: Call): Reply
}

/** Microsoft Graph of one tenant: its logs, and what other parts add. */
export function makeGraphApi(
  deps: GraphHost & {
    faults: Faults
    store: GraphStore
    /** Parts of Graph that answer for themselves; the first that claims a call has it. */
    others: readonly GraphPart[]
    directory(): Directory
    base(): string
    foreignBase(): string
  },
): ((call: Call) => Reply) & { readonly claims: (path: string) => boolean } {
  const { settings, faults, store } = deps
  const { clock } = settings
  const links = makePageLinks(deps)
  const lookUp = makeDirectoryApi({ ...deps, links })
  const arrivals: number[] = []

  function isOverQuota(): boolean {
    const { requests, perMs } = settings.graphQuota
    const since = clock.now() - perMs
    while ((arrivals[0] ?? Number.POSITIVE_INFINITY) <= since) arrivals.shift()
    arrivals.push(clock.now())
    return arrivals.length > requests
  }

  function run(
    call: Call,
    roles: readonly Role[],
    version: string,
    log: GraphLog,
    subject: RequestSubject,
  ): Reply {
    if (!roles.includes('AuditLog.Read.All')) return notPermitted()
    if (log === 'signIns' && settings.entraLicence === 'free') return notLicensed()
    const query = readQuery(call, log, version)
    if (typeof query === 'string') return badRequest(query)
    const skip = links.startOf(call)
    if (skip === undefined) return badRequest('Skip token is null or expired.')

    const delay = ({ id }: Readonly<Record<string, unknown>>) =>
      faults.strike({ kind: log, identity: String(id) }, 'late-entry')?.delayMs ?? 0
    const all = store.visible(log, clock.now(), delay).filter(query.matches)
    if (query.ascending) all.reverse()
    const size = Math.min(query.top, settings.graphPageSize)
    const ordered = all.slice(skip, skip + size)
    const unordered = faults.strike(subject, 'unordered-page') !== undefined
    const page = unordered ? makeRandom(call.target).shuffle(ordered) : ordered
    const more = skip + size < all.length
    const next = faults.strike(subject, 'endless-pages') ? skip : more ? skip + size : undefined
    return jsonReply(200, {
      '@odata.context': `${deps.base()}/${version}/$metadata#auditLogs/${log}`,
      ...(next === undefined ? {} : { '@odata.nextLink': links.linkTo(call, next, subject) }),
      value: page.map(entry => shown(entry, version)),
    })
  }

  function handle(call: Call): Reply {
    const other = deps.others.find(({ claims }) => claims(call.path))
    if (other !== undefined) return other.handle(call)
    const [, version = '', log] = PATH.exec(call.path) ?? []
    if (isDirectoryPath(call.path) && settings.graph !== 'absent') return lookUp(call)
    const known = log === 'directoryAudits' || log === 'signIns'
    const offered = settings.graph === 'present' || (settings.graph === 'without-beta' && version === 'v1.0')
    if (!known || call.method !== 'GET' || !offered) return notFound(call.path.split('/').at(-1) ?? '')
    const subject = pageOf(log, call)
    return enterGraph(deps, call, {
      subject,
      overQuota: isOverQuota(),
      answer: roles => run(call, roles, version, log, subject),
    })
  }

  return Object.assign(handle, { claims: (path: string) => /^\/(v1\.0|beta)\//.test(path) })
}

/** v1.0 does not have all properties of the beta. */
function shown(entry: Readonly<Record<string, unknown>>, version: string): unknown {
  if (version === 'beta') return entry
  const { signInEventTypes: _, ...rest } = entry
  return rest
}
