import type { AuditRecord } from '../../model/audit-record.ts'
import type { GraphRequestBody } from '../../model/bodies.ts'
import type { TenantFacts } from '../../model/detection.ts'
import { GRAPH_REQUESTS } from '../../model/graph-operations.ts'
import { type GraphUri, mailOwner, readGraphUri } from '../../model/graph-uri.ts'
import { number, text } from '../../model/values.ts'
import { isServiceItself } from './applications.ts'

type Request = Pick<AuditRecord<(typeof GRAPH_REQUESTS)[number]>, 'body'>

/** Ways to mail that are more than opening a message. */
export type MailRoute = 'search' | 'subscription' | 'delta' | 'content' | 'pages' | 'batch'

/** From so many messages a request on, it is a copy and no look. */
const PAGE = 100

/** `undefined` for a request that does not read messages, folders or what hangs on them. */
function reading({ body }: Request): GraphUri | undefined {
  if (text(body.requestMethod) !== 'GET') return undefined
  const uri = readGraphUri(body.requestUri)
  const [first] = uri.path
  const inMail = mailOwner(uri) !== undefined && (first === 'messages' || first === 'mailfolders')
  return inMail && !uri.path.includes('messagerules') ? uri : undefined
}

export function readsMail(record: Request): boolean {
  return reading(record) !== undefined
}

export function readsMessages(record: Request): boolean {
  return reading(record)?.path.includes('messages') === true
}

/**
 * What is searched, subscribed to or bundled is in the request's body, which is not in the log: it counts where the token
 * opens mail.
 */
export function mailRoutes(record: Request): readonly MailRoute[] {
  const uri = reading(record)
  if (uri === undefined) return opensMail(record.body) ? blindRoutes(record.body) : []
  const { options, path } = uri
  const routes: MailRoute[] = []
  if (options.has('search')) routes.push('search')
  if (path.at(-1) === 'delta') routes.push('delta')
  const attached = path.includes('attachments') || /attachments/i.test(options.get('expand') ?? '')
  if (attached || path.at(-1) === '$value') routes.push('content')
  if (path.includes('messages') && (number(options.get('top')) ?? 0) >= PAGE) routes.push('pages')
  return routes
}

const BLIND: ReadonlyMap<string, MailRoute> = new Map([
  ['search/query', 'search'],
  ['subscriptions', 'subscription'],
  ['$batch', 'batch'],
])

function blindRoutes({ requestMethod, requestUri }: GraphRequestBody): readonly MailRoute[] {
  const route = BLIND.get(readGraphUri(requestUri).path.join('/'))
  return text(requestMethod) === 'POST' && route !== undefined ? [route] : []
}

function opensMail({ roles, scopes }: GraphRequestBody): boolean {
  return `${text(roles) ?? ''} ${text(scopes) ?? ''}`
    .split(/\s+/)
    .some(one => /^Mail(?:-Advanced)?\.Read/i.test(one))
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** What of a mailbox, other than its mail, a request changed. */
export function mailboxChange({ body }: Request): 'rules' | 'settings' | undefined {
  const uri = readGraphUri(body.requestUri)
  if (!WRITES.has(text(body.requestMethod) ?? '') || mailOwner(uri) === undefined) return undefined
  if (uri.path.includes('messagerules')) return 'rules'
  return uri.path[0] === 'mailboxsettings' ? 'settings' : undefined
}

/** The mailbox, by an id of its own, whose items were asked for as a whole. */
export function exportedMailbox({ body }: Request): string | undefined {
  const [...path] = readGraphUri(body.requestUri).path
  if (text(body.requestMethod) !== 'POST' || path.at(-1) !== 'exportitems') return undefined
  return path.slice(0, 3).join('/') === 'admin/exchange/mailboxes' ? path[3] : undefined
}

/** A client without a secret: a program in somebody's hands, which anybody with his token can pose as. */
export function isPublicClient({ clientAuthMethod }: GraphRequestBody): boolean {
  return (text(clientAuthMethod) ?? '0') === '0'
}

/** Is it the work of Microsoft's own services, or of an application that somebody vouched for? */
export function isExpected(record: AuditRecord, tenant: TenantFacts): boolean {
  const { address, app } = record
  return isServiceItself(record) || (app !== undefined && tenant.isTrustedApp(app, address))
}

/**
 * A request for mail by a program that is no mail client. A tool is one anywhere. Scripting libraries are what every honest
 * server uses, so they count where a person's own program should be.
 */
export function isScripted(record: AuditRecord, tenant: TenantFacts): boolean {
  const { appOnly, body, client, mailbox, operation } = record
  if (operation !== GRAPH_REQUESTS[0] || mailbox === undefined || client?.agent === undefined) return false
  return client.agent.kind === 'tool' || (!appOnly && isPublicClient(body) && !isExpected(record, tenant))
}
