import { makeActivityFeeds } from './activity-feed.ts'
import { makeBackfill } from './backfill.ts'
import { makeCredential } from './credentials.ts'
import { detections } from './detections/index.ts'
import { makeDoctor } from './diagnosis.ts'
import type { Doctor } from './doctor/doctor.ts'
import { farIn } from './engine/evaluate.ts'
import { makeParser } from './feeds/normalise/parse.ts'
import { makeObservationFeed } from './feeds/observations.ts'
import { openGraph } from './graph.ts'
import { makeGraphFeeds } from './graph-feeds.ts'
import type { Log } from './log.ts'
import { makeManagementFeeds } from './management-feeds.ts'
import type { Slice } from './model/checkpoint.ts'
import type { Seconds } from './model/time.ts'
import type { Sleep } from './net/sleep.ts'
import { ownDomains, ownIds } from './own.ts'
import { makeSinks, SINK_IDS } from './own-sinks.ts'
import { announceAllowed } from './pipeline/allow-notices.ts'
import { type DeliverReport, deliver } from './pipeline/deliver.ts'
import { type Drill, findDrill } from './pipeline/drill.ts'
import type { ReadRecords } from './pipeline/evaluate-blob.ts'
import { type Evidence, evidence } from './pipeline/evidence.ts'
import { type Health, health } from './pipeline/health.ts'
import { type IngestReport, ingest } from './pipeline/ingest.ts'
import { type LedgerReport, ledgerReport } from './pipeline/ledger-report.ts'
import type { IngestMessage } from './pipeline/messages.ts'
import { type ObserverReport, observe } from './pipeline/observe.ts'
import { type FeedReport, poll, recover } from './pipeline/poll.ts'
import { drop, type Quarantined, quarantine, quarantined, release } from './pipeline/quarantine.ts'
import { type SweepReport, sweep } from './pipeline/sweep.ts'
import { withContext } from './pipeline/tenant-context.ts'
import { configuredDomains, knowingSelf, learnedDomains } from './pipeline/tenant-domains.ts'
import type { Settings } from './settings.ts'
import type { Sink } from './sinks/sink.ts'
import { makeAllowedFindings } from './stores/allowed.ts'
import { makeBlinds } from './stores/blinds.ts'
import { makeContext } from './stores/context.ts'
import { type Findings, makeFindings } from './stores/findings.ts'
import { makeHistories } from './stores/histories.ts'
import { makeIncidents } from './stores/incidents.ts'
import { makeLedger } from './stores/ledger.ts'
import { makeLosses } from './stores/losses.ts'
import { makeMailboxes } from './stores/mailboxes.ts'
import { makeObservations } from './stores/observations.ts'
import { makeOutbox, type Outbox } from './stores/outbox.ts'
import type { Queue, Tables } from './stores/port.ts'
import { makeQueue } from './stores/queue/queue.ts'
import { makeRhythms } from './stores/rhythms.ts'
import { makeState } from './stores/state.ts'
import type { StorageConnection } from './stores/tables/connection.ts'
import { makeTables } from './stores/tables/tables.ts'
import { makeTallies } from './stores/tallies.ts'
import { makeTaught } from './stores/taught.ts'
import { makeTurns } from './stores/turns.ts'
import { makeWanted } from './stores/wanted.ts'
import { makeObservers } from './tenant-observers.ts'
import { type Config, UNTUNED } from './tuning/config.ts'
import { declared } from './tuning/declared.ts'
import { tune } from './tuning/tune.ts'

export const INGEST_QUEUE = 'ingest'

/** What the world around the pipeline provides: a clock (UTC milliseconds), chance, a log and an environment. */
export interface Platform {
  now(): number
  random(): number
  readonly log: Log
  readonly environment: Readonly<Record<string, string | undefined>>
  /** What the operator tuned; nothing if absent. */
  readonly config?: Config
  /** Waits by the platform's clock; by real time unless told. */
  readonly sleep?: Sleep
  /** No other process works on the same storage. */
  readonly alone?: boolean
  /** Sinks of the caller's own, besides those in the settings. */
  readonly sinks?: readonly Sink[]
  /** Shown everything that is read, for statistics. */
  onRead?(read: ReadRecords): void
}

/** The pipeline, put together: every step as one call, with a log of its own where the caller has one. */
export interface App {
  readonly queue: Queue<IngestMessage>
  readonly findings: Findings
  readonly outbox: Outbox
  readonly sinks: readonly Sink[]
  poll(signal: AbortSignal, log?: Log): Promise<FeedReport[]>
  /** The first poll of a process that is alone with its storage: takes up what an earlier one left unfinished. */
  recover(signal: AbortSignal, log?: Log): Promise<FeedReport[]>
  ingest(message: IngestMessage, signal: AbortSignal, log?: Log): Promise<IngestReport>
  deliver(signal: AbortSignal, log?: Log): Promise<DeliverReport>
  /** Looks at what no feed brings. What is seen is read at the next poll. */
  observe(signal: AbortSignal, log?: Log): Promise<ObserverReport[]>
  sweep(signal: AbortSignal, log?: Log): Promise<SweepReport>
  /** Tells of allow entries that start or end, which `sweep` does as well. */
  announce(): Promise<void>
  quarantine(message: IngestMessage, log?: Log): Promise<number>
  /** Blobs that are set aside. */
  quarantined(): Promise<Quarantined[]>
  /** Tries one of them at once. */
  release(id: string): Promise<void>
  /** Gives one of them up. */
  drop(id: string, reason: string): Promise<void>
  health(): Promise<Health>
  /** What became of everything that became available in a stretch of time, feed by feed. */
  ledger(interval: Slice): Promise<LedgerReport[]>
  /** What is on record about incidents: see `evidence`. `receivers`: sinks to look at besides our own. */
  evidence(interval?: Slice, ids?: readonly string[], receivers?: readonly string[]): Promise<Evidence>
  readonly doctor: Doctor
  /** How far the rule of a drill has come: see `findDrill`. */
  drill(destination: string, since: Seconds): Promise<Drill | undefined>
}

/** Storage in Azure, or Azurite, as the settings say. */
export function openStorage(
  settings: Settings,
  platform: Platform,
): { tables: Tables; queue: Queue<IngestMessage> } {
  const connect = (endpoint: string | undefined): StorageConnection =>
    settings.AzureWebJobsStorage !== undefined
      ? { connectionString: settings.AzureWebJobsStorage }
      : {
          endpoint: endpoint ?? '',
          credential: makeCredential(platform.environment, settings.AzureWebJobsStorage__clientId),
        }
  return {
    tables: makeTables(connect(settings.AzureWebJobsStorage__tableServiceUri)),
    queue: makeQueue<IngestMessage>(connect(settings.AzureWebJobsStorage__queueServiceUri), INGEST_QUEUE),
  }
}

export function makeApp(
  settings: Settings,
  platform: Platform,
  { tables, queue }: { tables: Tables; queue: Queue<IngestMessage> } = openStorage(settings, platform),
): App {
  const { now, log, config = UNTUNED } = platform
  const tenant = settings.AZURE_TENANT_ID
  const state = makeState(tables, tenant)
  const outbox = makeOutbox(tables, tenant)
  const ledger = makeLedger(tables, tenant)
  const losses = makeLosses(tables, tenant)
  const findings = makeFindings(tables, tenant)
  const histories = makeHistories(tables, tenant)
  const blinds = makeBlinds(tables, tenant)
  const mailboxes = makeMailboxes(tables, tenant)
  const incidents = makeIncidents(tables, tenant, config.alertFrom)
  const own = ownDomains(settings, config)
  const senders = [...makeSinks(settings, own, platform), ...(platform.sinks ?? [])]
  const sinks = senders.map(({ id }) => id)
  const credential = () => makeCredential(platform.environment)
  const tuned = tune(detections, config)
  const turns = (quota: string) => makeTurns(tables, tenant, quota)
  const graph = openGraph(settings, platform, credential, turns)
  const observations = makeObservations(tables, tenant)
  const context = makeContext(tables, tenant)
  const observers = makeObservers({ settings, platform, state, tables, graph, credential, context })
  const feeds = [
    ...makeManagementFeeds(settings, platform, state, turns('management')),
    ...makeGraphFeeds(settings, platform, state, graph),
    ...makeBackfill({ settings, platform, state, tables, graph, detections: tuned }),
    ...makeActivityFeeds(settings, platform, state, credential),
    makeObservationFeed(observations),
  ]
  const tuning = {
    catalogue: detections,
    allow: config.allow,
    allowed: makeAllowedFindings(tables, tenant, config),
  }
  const wanted = makeWanted(tables, tenant)
  const common = {
    tenant,
    feeds,
    observers,
    observations,
    wanted,
    mailboxes,
    sinks,
    ledger,
    losses,
    outbox,
    state,
    queue,
    now,
    log,
    ...tuning,
  }
  const facts = declared(config)
  const configured = own.length > 0
  const domains = configured ? configuredDomains(tenant, own, facts) : learnedDomains(tenant, state, facts)
  const rhythms = makeRhythms(tables, tenant)
  const directory = withContext(domains, context, configured)
  const ingestDeps = {
    ...common,
    detections: tuned,
    parse: makeParser(tenant),
    domains: knowingSelf(directory, () => ownIds(state, platform.environment)),
    findings,
    tallies: makeTallies(tables, tenant, { isFar: farIn(detections) }),
    taught: makeTaught(tables, tenant, () => Math.floor(now() / 1000)),
    histories,
    blinds,
    incidents,
    rhythms,
    ...(platform.onRead && { onRead: platform.onRead }),
  }
  const doctor = makeDoctor(settings, platform, { ...common, sinks: senders, tables })
  const kept = { tables, findings, histories, blinds, incidents, context }
  return {
    doctor,
    drill: (destination, since) => findDrill({ ...common, findings }, destination, since),
    queue,
    findings,
    outbox,
    sinks: senders,
    poll: (signal, own = log) => poll({ ...common, log: own }, signal),
    recover: (signal, own = log) => recover({ ...common, log: own }, signal),
    ingest: (message, signal, own = log) => ingest({ ...ingestDeps, log: own }, message, signal),
    deliver: (signal, own = log) =>
      deliver(
        { alone: platform.alone, tenantName: settings.TENANT_NAME, sinks: senders, outbox, now, log: own },
        signal,
      ),
    observe: (signal, own = log) => observe({ ...common, log: own }, signal),
    sweep: (signal, own = log) =>
      sweep({ ...common, ...kept, digest: settings.DIGEST === 'weekly', log: own }, signal),
    announce: () => announceAllowed(common),
    quarantine: (message, own = log) => quarantine({ ...common, log: own }, message),
    quarantined: () => quarantined(common),
    release: id => release(common, id),
    drop: (id, reason) => drop(common, id, reason),
    ledger: interval => Promise.all(feeds.map(({ id }) => ledgerReport(common, id, interval))),
    evidence: (interval, ids, receivers = []) =>
      evidence(
        {
          ...{ ...common, findings, blinds },
          // Who only looks packs nothing.
          tallies: makeTallies(tables, tenant, { packed: Number.POSITIVE_INFINITY }),
          receivers: [...SINK_IDS, ...sinks, ...receivers],
          known: () => directory.facts([]),
        },
        interval,
        ids,
      ),
    health: () => health({ ...common, feedIds: feeds.map(({ id }) => id), doctor }),
  }
}
