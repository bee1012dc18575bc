import type { Door } from '../door.ts'
import type { RequestSubject } from '../faults.ts'
import type { Call, Reply } from '../http.ts'
import type { Identity } from '../identity.ts'
import type { Role, Settings } from '../options.ts'
import { badToken, tooMany, unavailable } from './replies.ts'

export interface GraphHost {
  readonly settings: Settings
  readonly identity: Identity
  readonly door: Door
}

interface GraphVisit {
  readonly subject: RequestSubject
  readonly overQuota?: boolean
  /** A refusal of a good token that comes before the quota and any fault. */
  refuse?(roles: readonly Role[]): Reply | undefined
  answer(roles: readonly Role[]): Reply
}

/** How a call to any part of Graph enters. */
export function enterGraph(host: GraphHost, call: Call, visit: GraphVisit): Reply {
  const { settings, identity, door } = host
  const { subject, overQuota = false } = visit
  const { authorization } = call.headers
  const token = identity.accept(authorization, 'graph')
  return door.enter(call, {
    subject,
    overQuota,
    throttled: fault => tooMany(fault.retryAfterSeconds),
    unauthorized: fault => fault.revoke && identity.forget(authorization),
    denied: badToken,
    broken: unavailable,
    refuse() {
      if (token === undefined) return badToken()
      const refusal = visit.refuse?.(token.roles)
      return refusal ?? (overQuota ? tooMany(settings.graphRetryAfterSeconds) : undefined)
    },
    run: () => ({ reply: visit.answer(token?.roles ?? []) }),
  })
}

/** A listing, whose pages may fail apart. */
export function pageOf(kind: RequestSubject['kind'], { target, query }: Call): RequestSubject {
  return { kind, identity: target, page: query.has('$skiptoken') ? 'later' : 'first' }
}
