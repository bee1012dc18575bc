import type { Feed } from '../../core/feeds/feed.ts'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import { silent } from '../../core/log.ts'
import type { Detection } from '../../core/model/detection.ts'
import type { Incident } from '../../core/model/incident.ts'
import type { Seconds } from '../../core/model/time.ts'
import type { Observer } from '../../core/observers/observer.ts'
import { deliver } from '../../core/pipeline/deliver.ts'
import { type IngestReport, ingest } from '../../core/pipeline/ingest.ts'
import type { IngestMessage } from '../../core/pipeline/messages.ts'
import { HEALTH } from '../../core/pipeline/notices.ts'
import { poll } from '../../core/pipeline/poll.ts'
import { quarantine } from '../../core/pipeline/quarantine.ts'
import { sweep } from '../../core/pipeline/sweep.ts'
import type { TenantDomains } from '../../core/pipeline/tenant-domains.ts'
import type { Sink } from '../../core/sinks/sink.ts'
import { makeAllowedFindings } from '../../core/stores/allowed.ts'
import { makeBlinds } from '../../core/stores/blinds.ts'
import { makeFindings } from '../../core/stores/findings.ts'
import { makeHistories } from '../../core/stores/histories.ts'
import { INCIDENTS, makeIncidents } from '../../core/stores/incidents.ts'
import { type LedgerEntry, makeLedger } from '../../core/stores/ledger.ts'
import { makeLosses } from '../../core/stores/losses.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { makeObservations } from '../../core/stores/observations.ts'
import { makeOutbox, type StoredDelivery } from '../../core/stores/outbox.ts'
import type { Queue, Tables } from '../../core/stores/port.ts'
import { makeMemoryQueue } from '../../core/stores/queue/memory.ts'
import { makeRhythms } from '../../core/stores/rhythms.ts'
import { makeState } from '../../core/stores/state.ts'
import { makeTallies } from '../../core/stores/tallies.ts'
import { makeTaught } from '../../core/stores/taught.ts'
import type { Wanted } from '../../core/stores/wanted.ts'
import { type Config, UNTUNED } from '../../core/tuning/config.ts'
import { MIDNIGHT, probe } from '../support/histories.ts'
import { facts, TENANT } from '../support/tenant.ts'

export { facts, TENANT }
export const ongoing = () => new AbortController().signal

/** Seconds that pass when the test says so; starts two hours after the histories' midnight. */
export function makeClock(start: Seconds = MIDNIGHT + 7_200) {
  let at = start
  return {
    seconds: () => at,
    now: () => at * 1000,
    pass(seconds: Seconds) {
      at += seconds
    },
  }
}

export type Clock = ReturnType<typeof makeClock>

export interface ChainOptions {
  readonly clock: Clock
  readonly feeds: readonly Feed[]
  readonly tables?: Tables
  readonly queue?: Queue<IngestMessage>
  readonly detections?: readonly Detection[]
  /** Those and others that are switched off. */
  readonly catalogue?: readonly Detection[]
  /** Sinks that are called; `sinkNames` are only written to. */
  readonly sinks?: readonly Sink[]
  readonly sinkNames?: readonly string[]
  /** What an operator tuned besides the detections. */
  readonly observers?: readonly Observer[]
  readonly wanted?: Wanted
  readonly domains?: TenantDomains
  readonly config?: Partial<Pick<Config, 'alertFrom' | 'allow' | 'trustedNetworks'>>
}

/** Tries a message gets before it is set aside: `maxDequeueCount` of the host. */
const TRIES = 5

/** The pipeline on stores in memory, one step at a time. */
export function makeChain({ clock, feeds, detections = [probe], sinks = [], ...options }: ChainOptions) {
  const { now } = clock
  const tables = options.tables ?? makeMemoryTables({ now })
  const config = { ...UNTUNED, ...options.config }
  const queue = options.queue ?? makeMemoryQueue<IngestMessage>(clock.seconds)
  const deps = {
    tenant: TENANT,
    feeds,
    detections,
    catalogue: options.catalogue ?? detections,
    parse: makeParser(TENANT),
    domains: options.domains ?? { facts: async () => facts },
    tables,
    state: makeState(tables, TENANT),
    ledger: makeLedger(tables, TENANT),
    losses: makeLosses(tables, TENANT),
    // Few, so that deaths and second instances meet it.
    tallies: makeTallies(tables, TENANT, { packed: 3 }),
    taught: makeTaught(tables, TENANT, clock.seconds),
    histories: makeHistories(tables, TENANT),
    blinds: makeBlinds(tables, TENANT),
    observations: makeObservations(tables, TENANT),
    rhythms: makeRhythms(tables, TENANT),
    findings: makeFindings(tables, TENANT),
    incidents: makeIncidents(tables, TENANT, config.alertFrom),
    allow: config.allow,
    allowed: makeAllowedFindings(tables, TENANT, config),
    alertFrom: config.alertFrom,
    outbox: makeOutbox(tables, TENANT),
    sinks: options.sinkNames ?? sinks.map(({ id }) => id),
    queue,
    ...(options.observers && { observers: options.observers }),
    ...(options.wanted && { wanted: options.wanted }),
    now,
    log: silent,
  }

  const chain = {
    ...deps,
    poll: (overlap?: Seconds) => poll(deps, ongoing(), overlap),
    sweep: () => sweep(deps, ongoing()),
    ingest: (message: IngestMessage): Promise<IngestReport> => ingest(deps, message, ongoing()),
    quarantine: (message: IngestMessage) => quarantine(deps, message),
    deliver: () => deliver({ ...deps, sinks }, ongoing()),

    /** Works off what is visible on the queue, the way the Functions host does. */
    async drain(): Promise<void> {
      for (let messages = await queue.receive(32, 120); messages.length > 0; ) {
        for (const message of messages) {
          try {
            await chain.ingest(message.body)
          } catch {
            if (message.attempt < TRIES) {
              await message.release(0)
              continue
            }
            await chain.quarantine(message.body)
          }
          await message.done()
        }
        messages = await queue.receive(32, 120)
      }
    },

    incidentsOf: async (): Promise<Incident[]> => {
      const rows = await everything(tables.table(INCIDENTS).range<Incident[]>(TENANT, '', '~'))
      return rows.flatMap(({ value }) => value)
    },
    ledgerOf: (feed: string): Promise<LedgerEntry[]> => {
      const day = Math.floor(clock.seconds() / 86_400)
      return everything(deps.ledger.entries(feed, day - 30, day + 1))
    },
    notices: async (sink: string): Promise<StoredDelivery['delivery']['alert'][]> =>
      (await deps.outbox.all(sink))
        .map(({ delivery }) => delivery.alert)
        .filter(({ kind }) => kind === HEALTH),
  }
  return chain
}

export type Chain = ReturnType<typeof makeChain>

export async function everything<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
