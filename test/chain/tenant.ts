import { type AuditSearchDeps, makeAuditSearchFeed } from '../../core/feeds/graph/audit-search/feed.ts'
import { type ManagementFeedDeps, makeManagementFeed } from '../../core/feeds/management/feed.ts'
import { type Log, silent } from '../../core/log.ts'
import type { ContentType } from '../../core/model/content-blob.ts'
import { makeSender } from '../../core/net/send.ts'
import { type Credential, makeTokenSource } from '../../core/net/token.ts'
import { makeTeamsSink } from '../../core/sinks/teams/sink.ts'
import { makeWebhookSink } from '../../core/sinks/webhook/sink.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import type { Tables } from '../../core/stores/port.ts'
import { makeSearches } from '../../core/stores/searches.ts'
import { makeState, type State } from '../../core/stores/state.ts'
import type { ManualClock, Tenant } from '../../emulator/index.ts'
import { makeChain, TENANT } from './kit.ts'

const PUBLISHER = 'f3b1c8de-7a40-4b6e-9c0d-52d1a6e7b384'

/** A credential as simple as can be; its troubles look like a network's. */
export function credentialOf(tenant: Tenant): Credential {
  return {
    async getToken(scope) {
      const resource = encodeURIComponent(scope.replace(/\/\.default$/, ''))
      const answer = await fetch(`${tenant.identityEndpoint}?resource=${resource}&api-version=2019-08-01`, {
        headers: { 'X-IDENTITY-HEADER': tenant.identityHeader },
      }).catch(() => {
        throw new Error('network_error: the sign-in service did not answer')
      })
      if (!answer.ok) throw new Error(`network_error: the sign-in service answered ${answer.status}`)
      const body: unknown = await answer.json()
      const field = (name: string) =>
        String(typeof body === 'object' && body !== null && Reflect.get(body, name))
      return { token: field('access_token'), expiresOnTimestamp: Number(field('expires_on')) * 1000 }
    },
  }
}

export const tokensOf = (tenant: Tenant, host: string, now: () => number) =>
  makeTokenSource({ credential: () => credentialOf(tenant), scope: `https://${host}/.default`, now })

interface FeedParts {
  readonly state: State
  readonly now: () => number
  readonly log?: Log
}

/** The feed of what is new in an emulated tenant. */
export function managementFeedOf(
  tenant: Tenant,
  parts: FeedParts & Pick<ManagementFeedDeps, 'contentType' | 'http' | 'tokens'>,
) {
  const { contentType, state } = parts
  return makeManagementFeed({
    log: silent,
    ...parts,
    origin: tenant.managementUrl,
    tenantId: tenant.tenantId,
    publisher: PUBLISHER,
    state: { change: next => state.change(`subscription.${contentType}`, next) },
  })
}

/** The feed of its past. */
export function pastFeedOf(
  parts: FeedParts & Pick<AuditSearchDeps, 'graph' | 'days' | 'operations'> & { readonly tables: Tables },
) {
  const { state, tables, ...rest } = parts
  return makeAuditSearchFeed({
    log: silent,
    ...rest,
    capability: {
      recall: () => state.read('capability'),
      remember: value => state.write('capability', value),
    },
    memory: makeSearches(tables, TENANT),
  })
}

/** The chain with its real feeds and sinks against an emulated tenant. Waiting moves the tenant's clock. */
export function chainOf(
  tenant: Tenant,
  clock: ManualClock,
  contentTypes: readonly ContentType[],
  tables: Tables = makeMemoryTables(clock),
) {
  const { now } = clock
  const seconds = () => Math.floor(now() / 1000)
  const state = makeState(tables, TENANT)
  const http = makeSender({
    now,
    random: () => 0.5,
    sleep: async ms => clock.advance(Math.ceil(ms / 1000) * 1000),
    patienceMs: 240_000,
  })
  const tokens = tokensOf(tenant, 'manage.office.com', now)
  const feeds = contentTypes.map(contentType =>
    managementFeedOf(tenant, { contentType, http, tokens, state, now }),
  )
  const sinks = [
    makeTeamsSink({ url: tenant.teamsUrl, now: seconds }),
    makeWebhookSink({ url: tenant.webhookUrl, now: seconds }),
  ]
  const steps = { seconds, now, pass: (by: number) => clock.advance(by * 1000) }
  return makeChain({ clock: steps, feeds, tables, sinks })
}
