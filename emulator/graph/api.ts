import type { Door } from '../door.ts'
import type { Faults, RequestSubject } from '../faults.ts'
import { type Call, jsonReply, type Reply } from '../http.ts'
import type { Identity } from '../identity.ts'
import type { Settings } from '../options.ts'
import type { GraphLog } from './entries.ts'
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
  base(): string
  foreignBase(): string
}): ((call: Call) => Reply) & { readonly claims: (path: string) => boolean } {
  const { settings, faults, store, identity, door } = deps
  const { clock } = settings
  /** Link → where it goes on. A link that comes back in any other spelling is not ours. */
  const links = new Map<string, number>()
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
    const token = call.query.get('$skiptoken')
    const skip = token === undefined ? 0 : links.get(call.target)
    if (skip === undefined) return badRequest('Skip token is null or expired.')

    const all = store.visible(log, clock.now()).filter(query.matches)
    if (query.ascending) all.reverse()
    const size = Math.min(query.top, settings.graphPageSize)
    const page = all.slice(skip, skip + size)
    const more = skip + size < all.length
    const next = faults.strike(subject, 'endless-pages') ? skip : more ? skip + size : undefined
    return jsonReply(200, {
      '@odata.context': `${deps.base()}/${version}/$metadata#auditLogs/${log}`,
      ...(next === undefined ? {} : { '@odata.nextLink': linkTo(call, next, subject) }),
      value: page.map(entry => shown(entry, version)),
    })
  }

  /** Opaque, and spelt so that a client which takes it apart and puts it together again gives itself away. */
  function linkTo(call: Call, next: number, subject: RequestSubject): string {
    const bare = call.target.replace(/&?\$skiptoken=.*$/, '')
    const token = Buffer.from(`${next}|${bare}`).toString('base64').slice(0, 40)
    const target = `${bare}${bare.includes('?') ? '&' : '?'}$skiptoken=${token}==_$%24_${next}`
    links.set(target, next)
    return (faults.strike(subject, 'foreign-next-page') ? deps.foreignBase() : deps.base()) + target
  }

  function handle(call: Call): Reply {
    const other = deps.others.find(({ claims }) => claims(call.path))
    if (other !== undefined) return other.handle(call)
    const [, version = '', log] = PATH.exec(call.path) ?? []
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
