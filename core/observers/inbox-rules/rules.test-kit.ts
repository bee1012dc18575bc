import { onTestFinished } from 'vitest'
import {
  type Fault,
  type GraphUser,
  makeManualClock,
  makeSleeper,
  startTenant,
  type TenantOptions,
} from '../../../emulator/index.ts'
import { takeToken } from '../../../emulator/test-client.ts'
import { ongoing, TENANT } from '../../../test/chain/kit.ts'
import { makeGraph } from '../../feeds/graph/transport.ts'
import { silent } from '../../log.ts'
import type { ObservedBody } from '../../model/bodies.ts'
import { type ObserverReport, observe } from '../../pipeline/observe.ts'
import { makeInboxRules } from '../../stores/inbox-rules.ts'
import { makeMemoryTables } from '../../stores/memory.ts'
import { makeObservations } from '../../stores/observations.ts'
import type { Tables } from '../../stores/port.ts'
import { makeState } from '../../stores/state.ts'
import { makeWanted } from '../../stores/wanted.ts'
import { makeInboxRulesObserver } from './observer.ts'

export const NINE = Date.UTC(2026, 10, 18, 9)
export const MINUTE = 60_000
export const DAY = 86_400_000

export const upn = (name: string) => `${name}@birchwood.example`
export const OUTSIDE = 'copy@harvest.example'
export const user = (name: string, more: Partial<GraphUser> = {}): GraphUser => ({
  id: `id-${name}`,
  userPrincipalName: upn(name),
  ...more,
})

const recipients = (...addresses: string[]) =>
  addresses.map(address => ({ emailAddress: { name: address, address } }))

/** A rule that sends mail about invoices outside. */
export const forward = (displayName = 'Invoices', address = OUTSIDE) => ({
  displayName,
  conditions: { subjectContains: ['invoice'] },
  actions: { forwardTo: recipients(address) },
})

export interface WorldOptions extends TenantOptions {
  readonly users?: readonly GraphUser[]
  readonly tables?: Tables
  readonly fault?: Fault
}

/** A tenant with mailboxes, and the observer that looks at it, a round at a time. */
export async function setUp({ users, tables = makeMemoryTables(), fault, ...options }: WorldOptions = {}) {
  const clock = makeManualClock(NINE)
  const tenant = await startTenant({
    clock,
    tokenLifeSeconds: 30 * 86_400,
    ...(fault && { faults: { seed: 1, faults: [fault] } }),
    ...options,
  })
  onTestFinished(() => tenant.stop())
  tenant.mailboxes.addUsers(users ?? ['anna', 'bruno', 'carla'].map(name => user(name)))

  let token: Promise<string> | undefined
  const graph = makeGraph({
    origin: tenant.graphUrl,
    tokens: {
      token: async () => {
        token ??= takeToken(tenant, 'https://graph.microsoft.com')
        return await token
      },
      forget: () => {
        token = undefined
      },
    },
    now: clock.now,
    random: () => 0.5,
    sleep: makeSleeper(clock),
  })
  const world = (on: Tables) => {
    const state = makeState(on, TENANT)
    const rules = makeInboxRules(on, TENANT)
    return {
      tenant: TENANT,
      observers: [makeInboxRulesObserver({ graph, rules, state, log: silent })],
      observations: makeObservations(on, TENANT),
      wanted: makeWanted(on, TENANT),
      state,
      rules,
      now: clock.now,
      log: silent,
    }
  }
  const own = world(tables)

  return {
    ...own,
    clock,
    tables,
    mailboxes: tenant.mailboxes,
    audit: tenant,
    round: async (signal = ongoing()): Promise<ObserverReport | undefined> =>
      (await observe(own, signal)).at(0),
    /** On storage that may die. */
    roundOn: (on: Tables) => observe(world(on), ongoing()),
    /** A record of a change, as `wants` passes it on. */
    ask: (name: string, at: number, actor = upn(name), address?: string) => {
      const wish = [upn(name), Math.floor(at / MINUTE), actor, ...(address ? [address] : [])]
      return own.wanted.ask('inbox-rules', [JSON.stringify(wish)], Math.floor(clock.now() / 1000))
    },
    /** Everything told, each observation once. */
    told: async (): Promise<ObservedBody[]> => {
      const bodies = new Map<unknown, ObservedBody>()
      const to = clock.now() / 1000 + 1
      for await (const { id } of own.observations.list({ from: to - 40 * 86_400, to }))
        for (const body of (await own.observations.read(id)) ?? []) {
          const observed: ObservedBody = body
          bodies.set(observed.Id, observed)
        }
      return [...bodies.values()]
    },
  }
}

/** `InboxRuleFound anna@… Invoices 09:00 → copy@…` */
export function line({
  Operation,
  CreationTime,
  MailboxOwnerUPN,
  ObjectId,
  Parameters,
}: ObservedBody): string {
  const parameters = Array.isArray(Parameters) ? Parameters : []
  const { Value = '' } = parameters.find(({ Name }) => Name === 'ForwardTo') ?? {}
  return `${Operation} ${MailboxOwnerUPN} ${ObjectId} ${String(CreationTime).slice(11, 16)} ${Value}`.trim()
}
