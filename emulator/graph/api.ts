import type { Door } from '../door.ts'
import type { Faults, RequestSubject } from '../faults.ts'
import { type Call, jsonReply, type Reply } from '../http.ts'
import type { Identity } from '../identity.ts'
import type { Settings } from '../options.ts'
import { makeRandom } from '../random.ts'
import { type Directory, isDirectoryPath, makeDirectoryApi } from './directory.ts'
import type { GraphLog } from './entries.ts'
import { makePageLinks } from './links.ts'
import { readQuery } from './query.ts'
import { badRequest, badToken, notFound, notLicensed, notPermitted, tooMany, unavailable } from './replies.ts'
import type { GraphStore } from './store.ts'

const PATH = /^\/(v1\.0|beta)\/auditLogs\/(directoryAudits|signIns)$/

export interface GraphPart {
  claims(path: string): boolean
  handle(call: Call): Reply
}

/** The reporting part of Microsoft Graph of one tenant. */
export function makeGraphApi(deps: {
  settings: Settings
  faults: Faults
  store: GraphStore
  identity: Identity
  door: Door
  /** Parts of Graph that answer for themselves; the first that claims a call has it. */
  others: readonly GraphPart[]
  directory(): Directory
  base(): string
  foreignBase(): string
}): ((call: Call) => Reply) & { readonly claims: (path: string) => boolean } {
  const { settings, faults, store, identity, door } = deps
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

  function run(call: Call, version: string, log: GraphLog, subject: RequestSubject): Reply {
    if (!identity.accept(call.headers.authorization, 'graph')?.roles.includes('AuditLog.Read.All'))
      return notPermitted()
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
    const subject: RequestSubject = {
      kind: log,
      identity: call.target,
      page: call.query.has('$skiptoken') ? 'later' : 'first',
    }
    const { authorization } = call.headers
    const overQuota = isOverQuota()
    return door.enter(call, {
      subject,
      overQuota,
      throttled: fault => tooMany(fault.retryAfterSeconds),
      unauthorized: fault => fault.revoke && identity.forget(authorization),
      denied: badToken,
      broken: unavailable,
      refuse: () => {
        if (!identity.accept(authorization, 'graph')) return badToken()
        return overQuota ? tooMany(settings.graphRetryAfterSeconds) : undefined
      },
      run: () => ({ reply: run(call, version, log, subject) }),
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
