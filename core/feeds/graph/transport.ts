import { Client, type Context, type Middleware } from '@microsoft/microsoft-graph-client'
import { textTooDeep } from '../../json/depth.ts'
import { type Log, silent } from '../../log.ts'
import { FeedError } from '../../model/errors.ts'
import { termsFor } from '../../model/turns.ts'
import { isObject, text } from '../../model/values.ts'
import { type BudgetTerms, makeBudget, paced } from '../../net/budget.ts'
import type { HttpRequest, Reply } from '../../net/exchange.ts'
import { originOf, withBearer } from '../../net/origin.ts'
import { makePause, type Pause } from '../../net/pause.ts'
import { makeSender, type Outcome, type Sender } from '../../net/send.ts'
import { makeSharedPace, type TurnBook } from '../../net/shared-pace.ts'
import { sleep as realSleep, type Sleep } from '../../net/sleep.ts'
import type { TokenSource } from '../../net/token.ts'
import { graphFailure, type Subject } from './failures.ts'

/** Endpoints that share a quota, and what Microsoft grants one app in one tenant. */
const FAMILIES = {
  reporting: { requests: 5, perMs: 10_000 },
  /** Thousands are granted; what a small tenant needs a day fits in a minute at this rate. */
  directory: { requests: 50, perMs: 10_000 },
  /** 10,000 in ten minutes for each mailbox; what binds is four at once, which is the caller's to keep. */
  mailbox: { requests: 50, perMs: 10_000 },
  hunting: { requests: 45, perMs: 60_000 },
  /** Not documented; a query is asked for its state every few seconds. Its 200 submissions a day are the caller's to count. */
  'audit-search': { requests: 10, perMs: 10_000 },
} as const satisfies Record<string, BudgetTerms>

export type Family = keyof typeof FAMILIES

/** Asked by all processes that ingest. Of the others one timer makes use, in one process at a time. */
const SHARED: ReadonlySet<Family> = new Set(['reporting', 'audit-search'])
/** Turns are for so long: four fit into ten seconds, and with the one more that a stretch can touch, five requests keep to five. */
const TURN_MS = 2_500

export interface GraphQuery {
  readonly family: Family
  readonly version: 'v1.0' | 'beta'
  /** `/auditLogs/signIns` */
  readonly path: string
  readonly filter?: string
  readonly orderBy?: string
  /** `id,displayName` */
  readonly select?: string
  readonly top?: number
  /** Makes it a POST. One that creates something is sent with `retries: 0`. */
  readonly body?: Readonly<Record<string, unknown>>
  readonly subject: Omit<Subject, 'host'>
}

export interface GraphOptions {
  readonly signal: AbortSignal
  /** Attempts after the first; the sender's own number by default. */
  readonly retries?: number
  readonly timeoutMs?: number
}

/** One page of a collection. */
export interface GraphPage {
  readonly entries: readonly unknown[]
  /** `@odata.nextLink` as the server wrote it. */
  readonly next: string | undefined
}

/** Microsoft Graph. Throws `FeedError` alone. */
export interface Graph {
  readonly host: string
  /** The one object that a path names, or that a POST answers with. */
  object(query: GraphQuery, options: GraphOptions): Promise<Readonly<Record<string, unknown>>>
  page(query: GraphQuery, options: GraphOptions): Promise<GraphPage>
  /** The page behind a link, asked for exactly as the server wrote it. `query`: what the link came from. */
  follow(link: string, query: GraphQuery, options: GraphOptions): Promise<GraphPage>
}

export interface GraphDeps {
  readonly origin: string
  readonly tokens: TokenSource
  /** Epoch ms. */
  readonly now: () => number
  readonly random: () => number
  readonly sleep?: Sleep
  readonly log?: Log
  /** Of one page; 16 MiB by default. */
  readonly maxBytes?: number
  /** Where processes take turns at a family’s quota. Without it each keeps the quota by itself. */
  readonly book?: (family: Family) => TurnBook
}

/** What the one middleware needs to know of a request; the client carries it along by its class. */
class Ask {
  readonly query: GraphQuery
  readonly options: GraphOptions
  readonly link: string | undefined
  /** The client wraps whatever is thrown into an error of its own that forgets the cause. */
  failure: unknown

  constructor(query: GraphQuery, options: GraphOptions, link?: string) {
    this.query = query
    this.options = options
    this.link = link
  }
}

/**
 * Microsoft's client builds the requests and reads the replies; one middleware of ours sends. The client's own chain is
 * left out: its waits after a 429 cannot be aborted and end before the server said, its tokens and page links go
 * wrong over plain http, and it would follow redirects.
 */
export function makeGraph(deps: GraphDeps): Graph {
  const { origin, tokens, maxBytes = 16 * 1024 * 1024 } = deps
  const host = URL.parse(origin)?.host ?? origin
  const senders = sendersOf(deps)

  async function send(url: string, { query, options, link }: Ask): Promise<Reply> {
    const subject = { ...query.subject, host }
    const decide = (reply: Reply) => outcome(reply, subject, link !== undefined)
    const attempt = (token: string) =>
      senders[query.family].send(
        withBearer(requestOf(url, link === undefined ? query.body : undefined), token, origin),
        decide,
        { maxBytes, ...options },
      )
    const token = await tokens.token(options.signal)
    try {
      return await attempt(token)
    } catch (error) {
      if (!isRefusedToken(error)) throw error
      tokens.forget(token)
      return await attempt(await tokens.token(options.signal))
    }
  }

  const middleware: Middleware = {
    async execute(context: Context) {
      const ask: unknown = context.middlewareControl?.getMiddlewareOptions(Ask)
      if (!(ask instanceof Ask)) throw new TypeError('A Graph request was made around its transport')
      try {
        const { body, status } = await send(ask.link ?? String(context.request), ask)
        context.response = new Response(body, { status, headers: { 'content-type': 'application/json' } })
      } catch (error) {
        ask.failure = error
        throw error
      }
    },
  }
  const client = Client.initWithMiddleware({ baseUrl: originOf(origin) ?? origin, middleware })

  async function answer(ask: Ask): Promise<Readonly<Record<string, unknown>>> {
    const { body: given, filter, orderBy, path, select, top, version } = ask.query
    const request = client.api(path).version(version).middlewareOptions([ask])
    if (top !== undefined) request.top(top)
    if (select !== undefined) request.select(select)
    // The client puts texts into the address as they are.
    if (orderBy !== undefined) request.orderby(encodeURIComponent(orderBy))
    if (filter !== undefined) request.filter(encodeURIComponent(filter))
    let body: unknown
    try {
      body = given === undefined || ask.link !== undefined ? await request.get() : await request.post(given)
    } catch {
      // Not the client's own error: it quotes the body.
      throw ask.failure ?? malformed(host, ask.query.subject.what)
    }
    if (!isObject(body)) throw malformed(host, ask.query.subject.what)
    return body
  }

  async function page(ask: Ask): Promise<GraphPage> {
    const body = await answer(ask)
    if (!Array.isArray(body.value)) throw malformed(host, ask.query.subject.what)
    return { entries: body.value, next: text(body['@odata.nextLink']) }
  }

  return {
    host,
    object: (query, options) => answer(new Ask(query, options)),
    page: (query, options) => page(new Ask(query, options)),
    follow: (link, query, options) => page(new Ask(query, options, link)),
  }
}

function requestOf(url: string, body: GraphQuery['body']): HttpRequest {
  const headers = { accept: 'application/json' }
  if (body === undefined) return { method: 'GET', url, headers }
  return {
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

/** A throttled family waits by itself: its quota says nothing about the others. */
function sendersOf(deps: GraphDeps): Record<Family, Sender> {
  const { now, random, sleep = realSleep, log } = deps
  const make = (family: Family) =>
    makeSender({ now, random, sleep, pause: paceOf(family, deps), ...(log && { log }) })
  return {
    reporting: make('reporting'),
    directory: make('directory'),
    mailbox: make('mailbox'),
    hunting: make('hunting'),
    'audit-search': make('audit-search'),
  }
}

function paceOf(family: Family, { book, now, sleep = realSleep, log = silent }: GraphDeps): Pause {
  const quota = FAMILIES[family]
  if (book === undefined || !SHARED.has(family))
    return paced(makePause({ now, sleep }), makeBudget(quota, { now, sleep }), now)
  return makeSharedPace({ book: book(family), quota, terms: termsFor(quota, TURN_MS), now, sleep, log })
}

/** Of the text, its ends: a cut answer and a gateway's page show there. And its depth: 16 MB of brackets take 400 to read. */
function outcome(reply: Reply, subject: Subject, link: boolean): Outcome<Reply> {
  if (reply.status < 200 || reply.status >= 300) return { error: graphFailure(reply, subject, link) }
  const ends = `${reply.body.trimStart().at(0) ?? ''}${reply.body.trimEnd().at(-1) ?? ''}`
  return ends === '{}' && !textTooDeep(reply.body)
    ? { ok: reply }
    : { error: malformed(subject.host, subject.what) }
}

function malformed(host: string, what: string): FeedError {
  return new FeedError('malformed', `The server ${host} answered with something that is not ${what}.`)
}

/** Also where a permission is missing: the token may be older than the grant. */
function isRefusedToken(error: unknown): boolean {
  return error instanceof FeedError && (error.code === 'unauthorized' || error.code === 'permission-missing')
}
