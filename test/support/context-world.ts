import { onTestFinished } from 'vitest'
import { makeGraph } from '../../core/feeds/graph/transport.ts'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import { makeObservationFeed } from '../../core/feeds/observations.ts'
import type { Log } from '../../core/log.ts'
import { makeTokenSource } from '../../core/net/token.ts'
import { contextObservers } from '../../core/observers/context/index.ts'
import { health } from '../../core/pipeline/health.ts'
import { observe } from '../../core/pipeline/observe.ts'
import { withContext } from '../../core/pipeline/tenant-context.ts'
import { learnedDomains } from '../../core/pipeline/tenant-domains.ts'
import { makeContext } from '../../core/stores/context.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { makeObservations } from '../../core/stores/observations.ts'
import type { Tables } from '../../core/stores/port.ts'
import { makeState } from '../../core/stores/state.ts'
import { makeWanted } from '../../core/stores/wanted.ts'
import {
  type Directory,
  HOUR,
  makeManualClock,
  makeSleeper,
  startTenant,
  type TenantOptions,
} from '../../emulator/index.ts'
import { everything, TENANT } from '../chain/kit.ts'
import { credentialOf } from '../chain/tenant.ts'
import { EXCHANGE_API, GRAPH_API } from './record-apps.ts'
import { guid, type RawRecord } from './records.ts'

export const NINE = Date.UTC(2026, 10, 20, 9)
const ALL_MAIL = '810c84a8-4a9e-49e6-bf7d-12d183f40d01'

/** A directory in a few words. Applications by name, the rights they hold as `Name: Permission`. */
export interface Described {
  readonly domains?: readonly string[]
  readonly people?: number
  /** Applications that hold nothing. */
  readonly others?: number
  readonly roles?: readonly string[]
  readonly consents?: readonly string[]
}

export function directory(described: Described): Directory {
  const { domains = ['birchwood.example'], people = 3, others = 0, roles = [], consents = [] } = described
  const names = new Set([...roles, ...consents].map(one => one.split(': ')[0] ?? ''))
  const principal = (name: string, appId = guid(`app ${name}`)) => ({
    id: guid(`principal ${name}`),
    appId,
    displayName: name,
    appOwnerOrganizationId: guid('elsewhere'),
  })
  return {
    domains: [...domains.map(id => ({ id, isVerified: true })), { id: 'pending.example', isVerified: false }],
    users: Array.from({ length: people }, (_, n) => ({
      id: guid(`user ${n}`),
      displayName: `Person ${n}`,
      userPrincipalName: `p${n}@birchwood.example`,
      mail: `p${n}@birchwood.example`,
    })),
    contacts: [],
    servicePrincipals: [
      {
        ...principal('graph', GRAPH_API.appId),
        appRoles: [
          { id: ALL_MAIL, value: 'Mail.Read' },
          { id: guid('role Mail.Send'), value: 'Mail.Send' },
          { id: guid('role User.Read.All'), value: 'User.Read.All' },
        ],
      },
      { ...principal('exchange', EXCHANGE_API.appId), appRoles: [] },
      ...Array.from({ length: others }, (_, n) => principal(`other ${n}`)),
      ...Array.from(names, name => principal(name)),
    ],
    appRoleAssignments: roles.map(one => {
      const [name = '', permission = ''] = one.split(': ')
      return {
        id: guid(one),
        principalId: guid(`principal ${name}`),
        principalType: 'ServicePrincipal',
        resourceId: guid('principal graph'),
        appRoleId: permission === 'Mail.Read' ? ALL_MAIL : guid(`role ${permission}`),
      }
    }),
    oauth2PermissionGrants: consents.map(one => {
      const [name = '', scope = ''] = one.split(': ')
      return { id: guid(one), clientId: guid(`principal ${name}`), consentType: 'AllPrincipals', scope }
    }),
  }
}

/** Observers of the directory of an emulated tenant, on storage of one's own choice. */
export async function openContextWorld(options: TenantOptions = {}, described: Described = {}) {
  const clock = makeManualClock(NINE)
  const { now } = clock
  const tenant = await startTenant({ clock, tokenLifeSeconds: 300, ...options })
  onTestFinished(() => tenant.stop())
  tenant.setDirectory(directory(described))
  const logged: string[] = []
  const note = (text: string) => void logged.push(text)
  const log: Log = { debug: note, info: note, warn: note, error: note }

  /** A new process on the same storage. */
  function process(tables: Tables) {
    const tokens = makeTokenSource({
      credential: () => credentialOf(tenant),
      scope: 'https://graph.microsoft.com/.default',
      now,
    })
    const graph = makeGraph({
      origin: tenant.graphUrl,
      tokens,
      now,
      random: () => 0.5,
      sleep: makeSleeper(clock),
    })
    const context = makeContext(tables, TENANT)
    const observations = makeObservations(tables, TENANT)
    const state = makeState(tables, TENANT)
    const wanted = makeWanted(tables, TENANT)
    const observers = contextObservers(graph, TENANT, context, log)
    const deps = { tenant: TENANT, observers, observations, wanted, state, now, log }
    const parse = makeParser(TENANT)
    return {
      context,
      observers,
      wanted,
      feed: makeObservationFeed(observations),
      domains: withContext(learnedDomains(TENANT, state), context, false),
      look: () => observe(deps, new AbortController().signal),
      /** What ingesting these records makes observers want. */
      async read(...records: readonly RawRecord[]) {
        for (const raw of records)
          for (const { id, wants } of observers) {
            const { record } = parse(raw)
            const subject = record && wants?.(record)
            if (subject !== undefined) await wanted.ask(id, [subject], Math.floor(now() / 1000))
          }
      },
      /** Everything told so far, one for each id: what it is about, and when it was seen. */
      async told() {
        const found = new Map<string, string>()
        const to = Math.floor(now() / 1000) + 1
        for (const { id } of await everything(observations.list({ from: to - 9 * 86_400, to })))
          for (const body of (await observations.read(id)) ?? []) {
            const { Id, Operation, ObjectId, Observed } = body as Record<string, unknown>
            const right = (Observed as { name?: string; permission?: string } | undefined) ?? {}
            found.set(String(Id), `${Operation} ${right.name ?? ObjectId} ${right.permission ?? ''}`.trim())
          }
        return [...found.values()].sort()
      },
      capabilities: async () =>
        (
          await health({
            ...deps,
            feedIds: [],
            sinks: [],
            ledger: undefined as never,
            outbox: undefined as never,
            losses: undefined as never,
          })
        ).capabilities,
    }
  }

  const tables = makeMemoryTables()
  const pass = (hours: number) => clock.advance(hours * HOUR)
  return { tenant, clock, tables, process, pass, logged, main: process(tables) }
}
