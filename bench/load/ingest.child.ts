import { setTimeout } from 'node:timers/promises'
import { drain } from '../../cli/start/worker.ts'
import { type App, INGEST_QUEUE, makeApp } from '../../core/app.ts'
import type { Log } from '../../core/log.ts'
import { runSignal } from '../../core/net/deadline.ts'
import type { IngestMessage } from '../../core/pipeline/messages.ts'
import { readSettings } from '../../core/settings.ts'
import { makeQueue } from '../../core/stores/queue/queue.ts'
import { makeTables } from '../../core/stores/tables/tables.ts'
import { makeSharedClock } from './clock.ts'
import type { FromWorker, LedgerSums, ToWorker } from './messages.ts'
import { makePorts, timed, timedQueue, timedTables } from './ports.ts'
import { startProfile } from './profile.ts'

/** One instance of the function app: so many messages at once, as by host.json; the timers are run by the first alone. */
const AT_ONCE = 3
const MINUTE = 60_000
/** Between two looks into an empty queue, real milliseconds. */
const IDLE_MS = 200
const SAMPLE_MS = 1_000

const isFirst = process.argv[2] === 'first'
const tell = (message: FromWorker) => process.send?.(message)
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit(0))

const clock = makeSharedClock({ real: Date.now(), tenant: 0, rate: 0 })
const { now } = clock
const ports = makePorts()
const minutes = new Map<number, number>()
let [errors, blobs, records] = [0, 0, 0]
const log: Log = {
  debug() {},
  info() {},
  warn() {},
  error(message) {
    if (errors++ < 10) process.stderr.write(`${message}\n`)
  },
}

const settings = readSettings(process.env)
const storage = { connectionString: settings.AzureWebJobsStorage ?? '' }
const tables = makeTables(storage)
const sleep = (ms: number, signal: AbortSignal) =>
  timed(ports.pace, () => setTimeout(ms / clock.rate(), undefined, { signal }))
const platform = { now, random: Math.random, log, sleep, environment: process.env }
const app = makeApp(settings, platform, {
  tables: timedTables(tables, ports.storage),
  queue: timedQueue(makeQueue<IngestMessage>(storage, INGEST_QUEUE), ports.queue),
})

const plain = globalThis.fetch
globalThis.fetch = (...given) => {
  const isFeed = String(given[0]).startsWith(`${settings.MANAGEMENT_API_URL}/api/`)
  const minute = Math.floor(now() / MINUTE)
  if (isFeed) minutes.set(minute, (minutes.get(minute) ?? 0) + 1)
  return timed(ports.tenant, () => plain(...given))
}

/** Graph is asked as well, and has nothing. */
const isWatched = (feed: string) => feed.startsWith('Audit.')

const stopping = new AbortController()
const lasting = (tenantMinutes: number) => runSignal(now() + tenantMinutes * MINUTE, now(), stopping.signal)
const work: Pick<App, 'queue' | 'ingest' | 'quarantine'> = {
  ...app,
  async ingest(message) {
    const report = await app.ingest(message, lasting(8))
    if (!isWatched(message.feed)) return report
    blobs += report.blobs
    records += report.records + report.rejected
    return report
  },
}

async function workOff(): Promise<void> {
  while (!stopping.signal.aborted) {
    const { messages } = await drain(work, stopping.signal, log)
    if (messages === 0) await setTimeout(IDLE_MS)
  }
}

/** As the timers of the function app: never twice at once, and at once where a turn was missed. */
async function every(tenantMinutes: number, step: () => Promise<unknown>, first = 0): Promise<void> {
  for (let due = now() + first * MINUTE; !stopping.signal.aborted; due += tenantMinutes * MINUTE) {
    while (now() < due && !stopping.signal.aborted) await setTimeout(50)
    if (stopping.signal.aborted) return
    due = Math.max(due, now() - tenantMinutes * MINUTE)
    await step().catch(error => log.error(`A timer's work failed: ${error}`))
  }
}

async function poll(): Promise<void> {
  for (const { problem } of await app.poll(lasting(4))) if (problem) log.error(problem.message)
}

async function ledger(from: number, to: number): Promise<LedgerSums> {
  const sums = {
    listed: 0,
    done: 0,
    pending: 0,
    lost: 0,
    parsed: 0,
    evaluated: 0,
    duplicates: 0,
    rejected: 0,
  }
  for (const { blobs, feed, records } of await app.ledger({ from, to })) {
    if (!isWatched(feed)) continue
    sums.listed += blobs.listed
    sums.done += blobs.done
    sums.pending += blobs.pending
    sums.lost += blobs.quarantined + blobs.expired
    sums.parsed += records.parsed
    sums.evaluated += records.evaluated
    sums.duplicates += records.duplicates
    sums.rejected += Object.values(records.rejected).reduce((sum, times) => sum + times, 0)
  }
  return sums
}

const running: Promise<void>[] = []
let [began, cpuBefore] = [0, process.cpuUsage()]
let profile: Awaited<ReturnType<typeof startProfile>> | undefined

async function start(): Promise<void> {
  profile = await startProfile()
  began = performance.now()
  cpuBefore = process.cpuUsage()
  for (let n = 0; n < AT_ONCE; n++) running.push(workOff())
  if (!isFirst) return
  running.push(every(5, poll))
  running.push(every(1, () => app.deliver(lasting(1))))
  running.push(every(60, () => app.sweep(lasting(9)), 17))
}

async function stop(): Promise<void> {
  stopping.abort()
  if (profile === undefined) throw new Error('It was never started.')
  await Promise.all(running)
  const { user, system } = process.cpuUsage(cpuBefore)
  tell({
    kind: 'stopped',
    report: {
      seconds: (performance.now() - began) / 1_000,
      cpu: (user + system) / 1e6,
      shares: await profile.stop(),
      ports,
      transactions: tables.stats().transactions,
      queueOperations: ports.queue.calls,
      minutes: Object.fromEntries(minutes),
      errors,
    },
  })
}

process.on('message', async (message: ToWorker) => {
  if (message.kind === 'clock') clock.turn(message.anchor)
  else if (message.kind === 'start') await start()
  else if (message.kind === 'stop') await stop()
  else tell({ kind: 'ledger', ledger: await ledger(message.from, message.to) })
})
setInterval(() => {
  tell({ kind: 'sample', rss: process.memoryUsage.rss(), blobs, records })
}, SAMPLE_MS)
tell({ kind: 'ready' })
