import type { Feed } from '../feeds/feed.ts'
import { type SubscriptionRow, subscriptionsOutcome } from '../feeds/management/outcomes.ts'
import { listSubscriptions } from '../feeds/management/requests.ts'
import type { ContentType } from '../model/content-blob.ts'
import { exchange, type Reply } from '../net/exchange.ts'
import { withBearer } from '../net/origin.ts'
import { claimsOf } from './claims.ts'
import type { DoctorDeps } from './deps.ts'
import { type Observation, type Seen, see } from './observation.ts'
import { backlogOf, coolDowns, lookIntoStorage, receiversOf, reportsOf } from './observe-storage.ts'
import { findCloud } from './tenant-cloud.ts'

export interface Thoroughness {
  /** At most two requests to Microsoft and what is cheap in storage, for a monitor that asks often. */
  readonly short?: boolean
  /** Start subscriptions, make tables and queue. */
  readonly fix?: boolean
}

/** Asks everything, one thing after the other, and throws nothing that a check could tell of. */
export async function observe(
  deps: DoctorDeps,
  { fix = false, short = false }: Thoroughness,
  signal: AbortSignal,
): Promise<Observation> {
  const { api, authorities, cloud, clientId, contentTypes, deployed, identity, secret, tenant } = deps
  const now = Math.floor(deps.now() / 1000)
  const host = URL.parse(api.origin)?.host ?? api.origin
  const storage = short ? undefined : await see(() => lookIntoStorage(deps, fix))
  const usable = storage === undefined || 'ok' in storage
  const token = await see(() => deps.tokens.token(signal))
  const asked = 'ok' in token ? await listing(deps, token.ok, host, signal) : await ping(deps, signal)
  const tenantCloud = short ? undefined : await see(() => findCloud(tenant, authorities, signal))
  return {
    ...{ now, tenant, cloud, contentTypes, deployed, identity, clientId, host, secret },
    authority: authorities[0] ?? '',
    ...asked,
    token: 'ok' in token ? { ok: claimsOf(token.ok) } : token,
    ...(tenantCloud && { tenantCloud }),
    started: fix && usable ? await startMissing(deps, asked.subscriptions, signal) : new Map(),
    notBefore: usable ? await coolDowns(deps) : new Map(),
    ...(storage && { storage }),
    reports: usable ? await reportsOf(deps) : [],
    ...(!short && usable && { backlog: await backlogOf(deps, now) }),
    ...(!short && { receivers: await receiversOf(deps, usable) }),
    ...(!short && usable && { mailboxes: await deps.mailboxes.all() }),
  }
}

type Asked = Pick<Observation, 'subscriptions' | 'date'>

/** The one request that tells permission, auditing, subscriptions and the time. */
async function listing(deps: DoctorDeps, token: string, host: string, signal: AbortSignal): Promise<Asked> {
  const { api, contentTypes, http, tenant } = deps
  let date: Observation['date']
  const subject = { tenantId: tenant, contentType: contentTypes[0] ?? 'Audit.Exchange', host }
  const request = withBearer(listSubscriptions(api), token, api.origin)
  const decide = (reply: Reply) => {
    date = dateOf(reply, deps)
    return subscriptionsOutcome(reply, subject)
  }
  const subscriptions = await see(() => http.send(request, decide, { signal, retries: 0 }))
  return { subscriptions, ...(date && { date }) }
}

/** The time of the audit feed's server, which tells it to anybody. */
async function ping(deps: DoctorDeps, signal: AbortSignal): Promise<Asked> {
  const request = { method: 'GET', url: `${deps.api.origin}/` } as const
  const reply = await see(() =>
    exchange(request, { signal, timeoutMs: 15_000, maxBytes: 64 * 1024, spareBody: true }),
  )
  const date = 'ok' in reply ? dateOf(reply.ok, deps) : undefined
  return date === undefined ? {} : { date }
}

function dateOf({ headers }: Reply, { now }: DoctorDeps): Observation['date'] {
  const server = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(server)
    ? undefined
    : { server: Math.floor(server / 1000), own: Math.floor(now() / 1000) }
}

async function startMissing(
  { contentTypes, feeds }: DoctorDeps,
  subscriptions: Seen<readonly SubscriptionRow[]> | undefined,
  signal: AbortSignal,
): Promise<Observation['started']> {
  const started = new Map<ContentType, Seen<Awaited<ReturnType<Feed['subscribe']>>>>()
  if (subscriptions === undefined || 'error' in subscriptions) return started
  const running = subscriptions.ok.filter(({ status }) => status === undefined || status === 'enabled')
  for (const content of contentTypes) {
    const feed = feeds.find(({ id }) => id === content)
    if (feed !== undefined && !running.some(row => row.contentType.toLowerCase() === content.toLowerCase()))
      started.set(content, await see(() => feed.subscribe(signal)))
  }
  return started
}
