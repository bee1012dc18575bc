import { auditClient, type ClientAudit } from './audit.ts'
import { makeBlobStore } from './blob-store.ts'
import type { Clock } from './clock.ts'
import type { ContentBlob, ContentType, PublishOptions, TimelineEntry } from './content.ts'
import { makeDoor } from './door.ts'
import { makeFaults } from './faults.ts'
import { startForeignHost } from './foreign-host.ts'
import { makeGraphApi } from './graph/api.ts'
import { type Directory, EMPTY_DIRECTORY } from './graph/directory.ts'
import type { GraphEntry } from './graph/entries.ts'
import { makeGrants } from './graph/grants.ts'
import { type HuntingEvent, makeHuntingApi } from './graph/hunting.ts'
import { type Mailboxes, makeMailboxes } from './graph/mailboxes.ts'
import { makeRulesApi } from './graph/rules.ts'
import { makeGraphStore } from './graph/store.ts'
import { type Call, jsonReply, type Listener, listen, type Reply } from './http.ts'
import { makeIdentity } from './identity.ts'
import { makeJournal } from './journal.ts'
import { makeManagementApi } from './management/api.ts'
import { makeSubscriptions } from './management/subscriptions.ts'
import { type Role, settle, type TenantOptions } from './options.ts'
import { signInDocument } from './sign-in-document.ts'
import { type Card, makeSinks, type WebhookDelivery } from './sinks.ts'

/** A Microsoft 365 tenant on loopback, as far as this product can see one. */
export interface Tenant {
  readonly url: string
  readonly tenantId: string
  readonly clock: Clock
  /** `${managementUrl}/api/v1.0/{tenantId}/activity/feed/…` */
  readonly managementUrl: string
  /** `${graphUrl}/v1.0/auditLogs/…` */
  readonly graphUrl: string
  /** IDENTITY_ENDPOINT and IDENTITY_HEADER of the App Service form. */
  readonly identityEndpoint: string
  readonly identityHeader: string
  readonly teamsUrl: string
  readonly webhookUrl: string
  /** Only while the fault schedule hands out foreign links. */
  readonly foreignUrl: string | undefined
  publish(contentType: ContentType, records: readonly object[], options?: PublishOptions): ContentBlob
  publishAll(timeline: readonly TimelineEntry[]): ContentBlob[]
  /** Entries of Graph's logs; each is seen from its `availableAt` on. */
  publishGraph(entries: readonly GraphEntry[]): void
  /** The people of the tenant and the inbox rules in their mailboxes. */
  readonly mailboxes: Mailboxes
  /** What machines reported; each is found from its `availableAt` on. */
  publishHunting(events: readonly HuntingEvent[]): void
  /** The directory becomes this; what is left out becomes empty. */
  setDirectory(directory: Partial<Directory>): void
  /** An administrator at work: the subscription is switched off, a role is granted or taken away. */
  disable(contentType: ContentType): void
  grant(role: Role): void
  revoke(role: Role): void
  cards(): readonly Card[]
  webhooks(): readonly WebhookDelivery[]
  audit(): ClientAudit
  stop(): Promise<void>
}

const FOREIGN_FAULTS = ['foreign-next-page', 'foreign-content-uri'] as const

export async function startTenant(options: TenantOptions = {}): Promise<Tenant> {
  const settings = settle(options)
  const { clock, tenantId } = settings
  const journal = makeJournal()
  const faults = makeFaults(settings.faults, clock)
  const store = makeBlobStore(settings, faults)
  const subscriptions = makeSubscriptions(settings)
  const door = makeDoor({ clock, faults, journal })
  const foreign = faults.has(...FOREIGN_FAULTS) ? await startForeignHost({ clock, journal }) : undefined

  const feedPath = `/api/v1.0/${tenantId}/activity/feed`
  let server: Listener | undefined
  const url = () => server?.url ?? ''
  const identity = makeIdentity(settings, url)
  const sinks = makeSinks({ clock, door })
  const manage = makeManagementApi({
    feed: {
      settings,
      faults,
      store,
      subscriptions,
      base: () => url() + feedPath,
      foreignBase: () => (foreign?.url ?? url()) + feedPath,
    },
    identity,
    door,
  })

  const graphStore = makeGraphStore()
  const mailboxes = makeMailboxes(clock)
  let directory = EMPTY_DIRECTORY
  const directoryNow = () => directory
  const graphHost = { settings, faults, identity, door, base: url, foreignBase: () => foreign?.url ?? url() }
  const graph = makeGraphApi({
    ...graphHost,
    store: graphStore,
    directory: directoryNow,
    others: [makeRulesApi({ ...graphHost, mailboxes, directory: directoryNow })],
  })

  const grants = makeGrants(settings.grants, identity, url)
  const hunting = makeHuntingApi({ settings, identity, door })

  function handle(call: Call): Reply {
    if (grants.claims(call.path)) return grants(call)
    if (hunting.claims(call.path)) return hunting.handle(call)
    if (graph.claims(call.path)) return graph(call)
    if (call.path.startsWith('/api/')) return manage(call)
    if (call.path.startsWith('/teams/')) return sinks.teams(call)
    if (call.path === '/webhook') return sinks.webhook(call)
    if (call.path.endsWith('/.well-known/openid-configuration')) return signInDocument(call.path, settings)
    if (call.path === '/identity/token') {
      return door.enter(call, {
        subject: { kind: 'token', identity: call.query.get('resource') ?? '' },
        throttled: ({ status = 429, retryAfterSeconds: s }) =>
          jsonReply(status, { statusCode: status }, s === undefined ? {} : { 'Retry-After': String(s) }),
        run: () => ({ reply: identity.token(call) }),
      })
    }
    return jsonReply(404, { Message: 'This tenant has nothing here.' })
  }

  const date = () => clock.now() + settings.dateSkewMs
  server = await listen({ port: settings.port, date, tick: journal.tick, handle })

  return {
    url: server.url,
    tenantId,
    clock,
    managementUrl: server.url,
    graphUrl: server.url,
    identityEndpoint: `${server.url}/identity/token`,
    identityHeader: identity.header,
    teamsUrl: server.url + sinks.teamsPath,
    webhookUrl: `${server.url}/webhook`,
    foreignUrl: foreign?.url,
    publish: store.publish,
    publishAll: timeline =>
      timeline.map(({ contentType, records, at, availableAt }) =>
        store.publish(contentType, records, { at, availableAt }),
      ),
    publishGraph: graphStore.publish,
    mailboxes,
    publishHunting: hunting.publish,
    setDirectory: parts => {
      directory = { ...EMPTY_DIRECTORY, ...parts }
    },
    disable: subscriptions.disable,
    grant: identity.grant,
    revoke: identity.revoke,
    cards: sinks.cards,
    webhooks: sinks.webhooks,
    audit: () =>
      auditClient({
        now: clock.now(),
        entries: journal.entries,
        blobs: store.all(),
        subscriptions,
        coolDownMs: settings.coolDownMs,
      }),
    stop: async () => {
      await Promise.all([server?.close(), foreign?.close()])
    },
  }
}
