import type { Door } from '../door.ts'
import { type Call, jsonReply, type Reply } from '../http.ts'
import type { Identity, Token } from '../identity.ts'
import { makeQuota } from '../quota.ts'
import { makeBlobOperation } from './blob.ts'
import type { Feed } from './feed.ts'
import { makeListing } from './listing.ts'
import { makeNotifications, sensitiveTypes } from './more-operations.ts'
import { type Operation, refuse } from './operation.ts'
import { denied, IIS_HEADERS, tooManyRequests } from './replies.ts'

const ROOT = /^\/api\/v1(?:\.0)?\/([^/]+)\/activity\/feed\/(.+)$/i
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The Office 365 Management Activity API of one tenant. */
export function makeManagementApi(deps: {
  feed: Feed
  identity: Identity
  door: Door
}): (call: Call) => Reply {
  const { feed, identity, door } = deps
  const { settings, subscriptions } = feed
  const quota = makeQuota(settings.clock, settings.quotaPerMinute)
  const blob = makeBlobOperation(feed)
  const operations = new Map<string, Operation>([
    ['POST subscriptions/start', subscriptions.start],
    ['POST subscriptions/stop', subscriptions.stop],
    ['GET subscriptions/list', subscriptions.list],
    ['GET subscriptions/content', makeListing(feed)],
    ['GET subscriptions/notifications', makeNotifications(feed)],
    ['GET resources/dlpsensitivetypes', sensitiveTypes],
  ])

  function find(call: Call, path: string): { operation: Operation; rest: string } | undefined {
    const id = /^audit\/(.+)$/i.exec(path)?.[1]
    if (id !== undefined) return call.method === 'GET' ? { operation: blob, rest: id } : undefined
    const operation = operations.get(`${call.method} ${path.toLowerCase()}`)
    return operation && { operation, rest: '' }
  }

  function checkTenant(urlTenant: string) {
    if (!GUID.test(urlTenant)) return refuse('AF20013', `The tenant id ${urlTenant} is not a GUID.`)
    if (urlTenant.toLowerCase() !== settings.tenantId.toLowerCase()) {
      return refuse(
        'AF20010',
        `The tenant in the URL, ${urlTenant}, is not the token's, ${settings.tenantId}.`,
      )
    }
    if (settings.state === 'auditing-off') return refuse('AF20011', `Tenant ${urlTenant} does not exist.`)
    if (settings.state === 'misconfigured') {
      return refuse('AF20012', `The tenant ${urlTenant} is incorrectly configured.`)
    }
    return undefined
  }

  function checkRole(call: Call, token: Token) {
    const dlp = call.query.get('contenttype')?.toLowerCase() === 'dlp.all'
    const missing = (
      ['ActivityFeed.Read', ...(dlp ? (['ActivityFeed.ReadDlp'] as const) : [])] as const
    ).find(role => !token.roles.includes(role))
    return missing && refuse('AF10001', `The permission set sent in the request does not include ${missing}.`)
  }

  function handle(call: Call): Reply {
    const [, urlTenant = '', path = ''] = ROOT.exec(call.path) ?? []
    const found = find(call, path)
    if (!found) return jsonReply(404, { Message: 'No HTTP resource was found that matches the request URI.' })
    const { operation, rest } = found
    const subject = operation.subject(call, rest)
    const publisher = call.query.get('publisheridentifier') || undefined
    const token = identity.accept(call.headers.authorization)
    const overQuota = token !== undefined && !quota.take(publisher)
    const { authorization } = call.headers
    const { kind } = subject

    return door.enter(call, {
      subject,
      publisher,
      overQuota,
      about: rest || undefined,
      throttled: fault => tooManyRequests({ ...fault, kind, publisher }),
      unauthorized: fault => fault.revoke && identity.forget(authorization),
      refuse: () => {
        if (!token) return denied()
        const retryAfterSeconds = settings.quotaRetryAfterSeconds
        return overQuota ? tooManyRequests({ kind, publisher, retryAfterSeconds }) : undefined
      },
      run: () => checkTenant(urlTenant) ?? (token && checkRole(call, token)) ?? operation.run(call, rest),
    })
  }

  return call => {
    const reply = handle(call)
    return { ...reply, headers: { ...IIS_HEADERS, ...reply.headers } }
  }
}
