import { cutMemory } from '../../core/activity-feed.ts'
import type { Feed } from '../../core/feeds/feed.ts'
import { makeGraphFeed } from '../../core/feeds/graph/feed.ts'
import { STREAMS } from '../../core/feeds/graph/streams.ts'
import { makeGraph } from '../../core/feeds/graph/transport.ts'
import { openContainer } from '../../core/feeds/graph-activity/container.ts'
import { makeActivityFeed } from '../../core/feeds/graph-activity/feed.ts'
import { makeObservationFeed } from '../../core/feeds/observations.ts'
import { silent } from '../../core/log.ts'
import { observationBody } from '../../core/model/observation.ts'
import { makeSender } from '../../core/net/send.ts'
import { makeObservations } from '../../core/stores/observations.ts'
import type { Tables } from '../../core/stores/port.ts'
import type { State } from '../../core/stores/state.ts'
import {
  DAY,
  graphEntries,
  HOUR,
  type ManualClock,
  MINUTE,
  makeManualClock,
  makeRandom,
  makeSleeper,
  type Random,
  records,
  startTenant,
  type Tenant,
  type TenantOptions,
} from '../../emulator/index.ts'
import { TENANT } from '../chain/kit.ts'
import { managementFeedOf, pastFeedOf, tokensOf } from '../chain/tenant.ts'
import { openActivity } from './feed.activity.ts'

export const NOON = Date.UTC(2026, 10, 20, 12)

/** A tenant in which something happened, and feeds that can tell of it. */
export interface FeedWorld {
  readonly tenant: Tenant
  readonly clock: ManualClock
  /** All that happened, as the Management API writes it. */
  readonly happened: readonly { readonly RecordType: number }[]
  /** It happened on days long past, and the feed teaches. */
  readonly teaches: boolean
  /** The feeds of a new process. */
  feeds(state: State, tables: Tables): Feed[]
}

export type FeedKind =
  | 'management'
  | 'directory audits'
  | 'sign-ins'
  | 'beta sign-ins'
  | 'graph activity'
  | 'audit search'
  | 'observations'

/** Two hours of a small firm's directory. */
function happenings(): records.AuditRecord[] {
  return eventsIn(26, random => NOON - random.int(1, 115) * MINUTE - random.int(0, 59) * 1000)
}

/** Domains and silences, each seen twice: the second time under the same identity. */
function observations(): { readonly RecordType: number }[] {
  const random = makeRandom('observed')
  const once = Array.from({ length: 12 }, (_, n) => {
    const body = observationBody(TENANT, {
      operation: random.pick(['DomainFound', 'MailboxSilent']),
      at: NOON / 1000 - random.int(1, 7_000),
      identity: [String(n)],
      actor: random.pick(['ada@birchwood.example', 'ben@birchwood.example']),
    })
    return { ...body, RecordType: 0 }
  })
  return [...once, ...random.sample(once, 6)]
}

/** Days that the audit search reads. */
export const PAST_DAYS = 5

/** The working hours of some days before, some of them so busy that they are an alarm. */
function longAgo(): records.AuditRecord[] {
  return eventsIn(70, random => NOON - random.int(1, PAST_DAYS) * DAY + random.int(-240, 240) * MINUTE)
}

/** Changes by two people and an application, and people who sign in. */
function eventsIn(count: number, when: (random: Random) => number): records.AuditRecord[] {
  const random = makeRandom('feed contract')
  const kit: records.RecordKit = {
    random,
    organizationId: random.guid(),
    organizationName: 'birchwood.onmicrosoft.example',
  }
  const people = ['ada', 'ben', 'cleo'].map(name => ({
    upn: `${name}@birchwood.example`,
    objectId: random.guid(),
    puid: `10032${random.hex(11).toUpperCase()}`,
  }))
  const sync = { name: 'Directory sync', appId: random.guid(), objectId: random.guid() }
  return Array.from({ length: count }, (_, n) => {
    const at = when(random)
    const person = random.pick(people)
    if (n % 2 === 0)
      return records.signIn(kit, {
        at,
        person,
        ip: '192.0.2.10',
        applicationId: random.guid(),
        userAgent: 'Mozilla/5.0',
        os: 'Windows10',
        browser: 'Edge',
        session: random.guid(),
        failed: random.chance(0.3),
      })
    return records.directoryChange(kit, {
      at,
      operation: random.pick([
        'Add member to group',
        'Update user',
        'Add app role assignment to service principal',
      ]),
      by: n % 6 === 1 ? sync : person,
      target: records.userNames(person),
      category: 'User',
      changes: { 'Group.ObjectID': ['', random.guid()] },
    })
  })
}

const TYPES = {
  'audit search': [],
  'beta sign-ins': [],
  'graph activity': [],
  observations: [],
  management: [],
  'directory audits': [8],
  'sign-ins': [15],
} as const

/** What happened, offered by the Management API and Graph as they do: late, in no order, twice. */
export async function openFeedWorld(
  kinds: readonly FeedKind[],
  options: TenantOptions = {},
): Promise<FeedWorld> {
  const clock = makeManualClock(NOON)
  const { now } = clock
  const tenant = await startTenant({
    clock,
    pageSize: 2,
    graphPageSize: 2,
    ...(kinds.includes('audit search') && { roles: ['AuditLogsQuery.Read.All'], graphPageSize: 5 }),
    ...options,
  })
  const types = new Set<number>(kinds.flatMap(kind => TYPES[kind]))
  const teaches = kinds.includes('audit search')
  const happened = teaches
    ? longAgo()
    : happenings().filter(({ RecordType }) => kinds.includes('management') || types.has(RecordType))
  if (teaches) tenant.publishPast(happened)
  const random = makeRandom('delivery')
  for (const some of teaches ? [] : cut(random.shuffle(happened), 4)) {
    const at = NOON + random.int(10, 90) * MINUTE
    tenant.publish('Audit.AzureActiveDirectory', [...some, ...random.sample(happened, 1)], { at })
  }
  const activity = kinds.includes('graph activity')
    ? await openActivity({ clock, tenantId: tenant.tenantId })
    : undefined
  tenant.publishGraph(
    (teaches ? [] : happened).flatMap((record, n) =>
      // Some come so late that only a later round can see them.
      graphEntries(record).map(one => (n % 7 === 0 ? { ...one, availableAt: NOON + 1.5 * HOUR } : one)),
    ),
  )

  const observed = kinds.includes('observations') ? observations() : []

  /** What observers tell is written down before a poll; here in parts, as the afternoon goes by. */
  function observing(tables: Tables): Feed {
    const store = makeObservations(tables, TENANT)
    const feed = makeObservationFeed(store)
    return {
      ...feed,
      async *list(slice, signal) {
        for (const [n, some] of cut(observed, 3).entries())
          if (now() >= NOON + n * 20 * MINUTE) await store.add(some, NOON / 1000 + n * 1200)
        yield* feed.list(slice, signal)
      },
    }
  }

  function feeds(state: State, tables: Tables): Feed[] {
    const sleep = makeSleeper(clock)
    const deps = { now, random: () => 0.5, sleep }
    const tokens = (host: string) => tokensOf(tenant, host, now)
    const graph = makeGraph({ origin: tenant.graphUrl, tokens: tokens('graph.microsoft.com'), ...deps })
    const streams = STREAMS.filter(({ id, version }) =>
      kinds.includes(
        version === 'beta' ? 'beta sign-ins' : id === 'graph-sign-ins' ? 'sign-ins' : 'directory audits',
      ),
    )
    return [
      ...(kinds.includes('management')
        ? [
            managementFeedOf(tenant, {
              contentType: 'Audit.AzureActiveDirectory',
              http: makeSender({ ...deps, patienceMs: 240_000 }),
              tokens: tokens('manage.office.com'),
              state,
              now,
            }),
          ]
        : []),
      ...(activity === undefined
        ? []
        : [
            makeActivityFeed({
              container: openContainer(activity.source, { now, retryDelayInMs: 1 }),
              memory: cutMemory(state),
              tenantId: tenant.tenantId,
              now,
              log: silent,
            }),
          ]),
      ...(observed.length > 0 ? [observing(tables)] : []),
      ...streams.map(stream =>
        makeGraphFeed({
          stream,
          graph,
          memory: {
            recall: () => state.read(`capability.${stream.id}`),
            remember: value => state.write(`capability.${stream.id}`, value),
          },
          now,
          log: silent,
        }),
      ),
      ...(teaches
        ? [
            pastFeedOf({
              graph,
              state,
              tables,
              days: PAST_DAYS,
              operations: [],
              now,
            }),
          ]
        : []),
    ]
  }

  const stop = async () => {
    await activity?.stop()
    await tenant.stop()
  }
  return {
    tenant: { ...tenant, stop },
    clock,
    happened: [...happened, ...(activity?.happened ?? []), ...observed],
    teaches,
    feeds,
  }
}

function cut<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}
