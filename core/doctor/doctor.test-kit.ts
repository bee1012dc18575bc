import { onTestFinished } from 'vitest'
import { makeManualClock, startTenant, type TenantOptions } from '../../emulator/index.ts'
import { makeManagementFeed } from '../feeds/management/feed.ts'
import { silent } from '../log.ts'
import { makeSender } from '../net/send.ts'
import { type Credential, makeTokenSource } from '../net/token.ts'
import { makeTeamsSink } from '../sinks/teams/sink.ts'
import { teamsDoubts } from '../sinks/teams/url.ts'
import { makeLedger } from '../stores/ledger.ts'
import { makeMailboxes } from '../stores/mailboxes.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeOutbox } from '../stores/outbox.ts'
import { makeMemoryQueue } from '../stores/queue/memory.ts'
import { makeState } from '../stores/state.ts'
import type { DoctorDeps } from './deps.ts'
import { makeDoctor } from './doctor.ts'

/** 10:14 on a Friday. */
export const NOW = Date.UTC(2026, 10, 20, 10, 14)
export const CLIENT = 'c2a7f3de-91b4-4d0a-b6f1-7e5d3c2b1a02'

/** A doctor at an emulated tenant, on memory storage; `change` is what is different this time. */
export async function atTenant(options: TenantOptions = {}, change: Partial<DoctorDeps> = {}) {
  const clock = makeManualClock(NOW)
  const tenant = await startTenant({ clock, ...options })
  onTestFinished(tenant.stop)
  const { tenantId } = tenant
  const tables = makeMemoryTables()
  const now = clock.now
  const seconds = () => Math.floor(now() / 1000)
  const state = makeState(tables, tenantId)
  const http = makeSender({ now, random: () => 0.5 })
  const source = (scope: string) => makeTokenSource({ credential: () => signIn(tenant), scope, now })
  const tokens = source('https://manage.office.com/.default')
  const api = { origin: tenant.managementUrl, tenantId, publisher: tenantId }
  const deps: DoctorDeps = {
    tenant: tenantId,
    cloud: 'worldwide',
    contentTypes: ['Audit.Exchange'],
    deployed: false,
    identity: false,
    clientId: CLIENT,
    secret: { kind: 'none' },
    api,
    authorities: [tenant.url],
    http,
    tokens,
    graphTokens: source('https://graph.microsoft.com/.default'),
    feeds: [
      makeManagementFeed({
        ...{ ...api, http, tokens, now, log: silent, contentType: 'Audit.Exchange' },
        state: { change: next => state.change('subscription.Audit.Exchange', next) },
      }),
    ],
    allFeeds: [],
    observers: [],
    sinks: [makeTeamsSink({ url: tenant.teamsUrl, now: seconds })],
    doubts: [],
    tables,
    queue: makeMemoryQueue(seconds),
    state,
    ledger: makeLedger(tables, tenantId),
    outbox: makeOutbox(tables, tenantId),
    mailboxes: makeMailboxes(tables, tenantId),
    now,
    random: () => 0.5,
    ...change,
  }
  const doctor = makeDoctor(deps)
  const signal = AbortSignal.timeout(60_000)
  const examine = (how: Parameters<typeof doctor.examine>[0] = {}) => doctor.examine(how, signal)
  return {
    ...{ clock, tenant, deps, doctor, examine, seconds },
    /** The lines about one thing. */
    async check(name: string, how: Parameters<typeof doctor.examine>[0] = {}) {
      return (await examine(how)).checks.filter(({ check }) => check === name)
    },
    subscribe: () => deps.feeds[0]?.subscribe(signal),
  }
}

export const doubtsAbout = (address: string) => teamsDoubts(new URL(address))

/** Microsoft's library, as far as it matters here: what the sign-in says is in the message of an error. */
function signIn(tenant: { identityEndpoint: string; identityHeader: string }): Credential {
  return {
    async getToken(scope) {
      const resource = encodeURIComponent(scope.replace(/\/\.default$/, ''))
      const answer = await fetch(`${tenant.identityEndpoint}?resource=${resource}&api-version=2019-08-01`, {
        headers: { 'X-IDENTITY-HEADER': tenant.identityHeader },
      })
      const body = (await answer.json()) as Record<string, string>
      if (!answer.ok) throw new Error(`Authentication failed. Description: ${body.error_description}`)
      return { token: body.access_token ?? '', expiresOnTimestamp: Number(body.expires_on) * 1000 }
    },
  }
}
