import { makeManagementFeed } from '../../core/feeds/management/feed.ts'
import { silent } from '../../core/log.ts'
import type { ContentType } from '../../core/model/content-blob.ts'
import { makeSender } from '../../core/net/send.ts'
import { type Credential, makeTokenSource } from '../../core/net/token.ts'
import { makeTeamsSink } from '../../core/sinks/teams/sink.ts'
import { makeWebhookSink } from '../../core/sinks/webhook/sink.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import type { Tables } from '../../core/stores/port.ts'
import { makeState } from '../../core/stores/state.ts'
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
  const scope = 'https://manage.office.com/.default'
  const tokens = makeTokenSource({ credential: () => credentialOf(tenant), scope, now })
  const feeds = contentTypes.map(contentType =>
    makeManagementFeed({
      origin: tenant.managementUrl,
      tenantId: tenant.tenantId,
      publisher: PUBLISHER,
      contentType,
      http,
      tokens,
      state: { change: next => state.change(`subscription.${contentType}`, next) },
      now,
      log: silent,
    }),
  )
  const sinks = [
    makeTeamsSink({ url: tenant.teamsUrl, now: seconds }),
    makeWebhookSink({ url: tenant.webhookUrl, now: seconds }),
  ]
  const steps = { seconds, now, pass: (by: number) => clock.advance(by * 1000) }
  return makeChain({ clock: steps, feeds, tables, sinks })
}
