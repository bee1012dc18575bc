import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Azurite, startAzurite } from '../cli/azurite.ts'
import { fired, interrupted } from '../cli/start/interrupt.ts'
import { type Options, readOptions } from './load/arguments.ts'
import { type Child, startChild } from './load/child.ts'
import type { Anchor } from './load/clock.ts'
import { type Measured, rowsOf, type Taken, targetsOf } from './load/figures.ts'
import type { FromTenant, FromWorker, LedgerSums, ToTenant, ToWorker } from './load/messages.ts'
import { EVENING } from './load/week.ts'
import { print } from './report.ts'

/**
 * A week of a tenant that nobody has read yet, drained through Azurite by real processes, as after a first start; then an hour's
 * blobs that arrive while somebody is watching. The processes, Azurite and the tenant share the machine's cores.
 */
const LIVE_MINUTES = 30
/** Of the tenant to ours while it is watched, at most; a machine that is slower than the records come says nothing. */
const LIVE_RATE = 60
const LIVE_RECORDS_A_SECOND = 200
const CHECK_MS = 500
/** A tenant's minutes in which the last cards have to be out. */
const LAST_CARDS = 8

/**
 * What V8 is given of the 512 MB of the smallest function app: the rest is code, buffers and sockets. There, V8 takes so little for
 * what is young by itself; on a large machine it takes 200 MB.
 */
const HEAP = ['--max-old-space-size=256', '--max-semi-space-size=16']

type Tenant = Child<ToTenant, FromTenant>
type Worker = Child<ToWorker, FromWorker>

const folder = mkdtempSync(join(tmpdir(), 'waxseal-load-'))
const use = join(folder, 'azurite.json')
const stop = interrupted()
const children: { kill(): Promise<void> }[] = []
let azurite: Azurite | undefined

try {
  const options = readOptions(process.argv.slice(2))
  const measured = await Promise.race([measure(options), aborted()])
  print({
    bench: 'load',
    about: aboutOf(measured),
    rows: rowsOf(measured),
    targets: targetsOf(measured),
  })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = stop.aborted ? 130 : 2
} finally {
  await Promise.all([...children.map(child => child.kill()), azurite?.stop()])
  rmSync(folder, { recursive: true, force: true })
}

function aborted(): Promise<never> {
  return fired(stop).then(() => {
    throw new Error('Stopped before the end; there are no figures.')
  })
}

function say(text: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`)
}

function aboutOf({ backlog, drained, options, read }: Measured): string {
  const { clock, mailboxes, minutes, processes } = options
  const end = drained
    ? ''
    : `, of which ${read.records} records were read before the limit of ${minutes} minutes`
  return (
    `a week of ${mailboxes} mailboxes, ${backlog.records} records (${Math.round(backlog.bytes / 1e6)} MB) in ${backlog.blobs} blobs, ` +
    `by ${processes} processes${end}${clock === 1 ? '' : `; the tenant's clock goes ${clock} times as fast as ours`}. Azurite's tables look ranges up by row key, as the service does.`
  )
}

/** Azurite with its ranges looked up by row key, and room for a week's rows. */
async function storage(): Promise<Azurite> {
  const index = new URL('load/azurite-index.ts', import.meta.url).href
  const before = process.env.NODE_OPTIONS
  Object.assign(process.env, {
    NODE_OPTIONS: `--import ${index} --max-old-space-size=12000`,
    BENCH_AZURITE_USE: use,
  })
  try {
    return await startAzurite()
  } finally {
    if (before === undefined) delete process.env.NODE_OPTIONS
    else process.env.NODE_OPTIONS = before
  }
}

async function measure(options: Options): Promise<Measured> {
  const { mailboxes, minutes, processes, records } = options
  azurite = await storage()
  say('making the records')
  const tenant: Tenant = startChild('tenant.child.ts', [folder, JSON.stringify({ records, mailboxes })])
  children.push(tenant)
  const { backlog, environment, floor, live } = await tenant.next('ready')
  const settings = { ...environment, AzureWebJobsStorage: azurite.connectionString }
  const workers = Array.from(
    { length: processes },
    (_, n): Worker => startChild('ingest.child.ts', [n === 0 ? 'first' : 'other'], settings, HEAP),
  )
  children.push(...workers)
  await Promise.all(workers.map(worker => worker.next('ready')))
  say(`draining ${backlog.records} records in ${backlog.blobs} blobs`)

  const turn = (anchor: Anchor) => {
    for (const child of [tenant, ...workers]) child.tell({ kind: 'clock', anchor })
  }
  let anchor: Anchor = { real: Date.now(), tenant: EVENING, rate: options.clock }
  const now = () => anchor.tenant + (Date.now() - anchor.real) * anchor.rate
  turn(anchor)
  const samples = workers.map((): Taken[] => [])
  const begun = performance.now()
  const elapsed = () => (performance.now() - begun) / 1_000
  for (const [n, worker] of workers.entries()) {
    worker.on(message => {
      if (message.kind === 'sample') samples[n]?.push({ ...message, at: elapsed() })
    })
    worker.tell({ kind: 'start' })
  }
  const read = () => {
    const last = samples.flatMap(one => one.at(-1) ?? [])
    return {
      blobs: last.reduce((sum, { blobs }) => sum + blobs, 0),
      records: last.reduce((sum, { records }) => sum + records, 0),
    }
  }
  const ledger = async (): Promise<LedgerSums> => {
    const [first] = workers
    if (first === undefined) throw new Error('There is no process.')
    const answer = first.next('ledger')
    first.tell({ kind: 'ledger', from: EVENING / 1_000 - 8 * 86_400, to: Math.ceil(now() / 1_000) })
    return (await answer).ledger
  }
  let lastSaid = 0
  const until = async (blobs: number): Promise<boolean> => {
    while (elapsed() < minutes * 60) {
      await setTimeout(CHECK_MS)
      stop.throwIfAborted()
      if (elapsed() > lastSaid + 30) {
        lastSaid = elapsed()
        say(`${read().records} records, ${read().blobs} blobs`)
      }
      if (read().blobs < blobs) continue
      if ((await ledger()).done >= blobs) return true
    }
    return false
  }

  const survivors = Promise.race([tenant, ...workers].map(({ gone }) => gone))
  const drained = await Promise.race([until(backlog.blobs), survivors])
  const seconds = elapsed()
  const readThen = read()
  let liveRate: number | undefined
  if (drained) {
    liveRate = Math.max(1, Math.min(LIVE_RATE, (LIVE_RECORDS_A_SECOND * LIVE_MINUTES * 60) / live.records))
    say(`watching ${live.records} records arrive`)
    anchor = { real: Date.now(), tenant: now(), rate: liveRate }
    turn(anchor)
    tenant.tell({ kind: 'live', minutes: LIVE_MINUTES })
    await Promise.race([until(backlog.blobs + live.blobs), survivors])
    await setTimeout((LAST_CARDS * 60_000) / liveRate)
  }
  const sums = await ledger()
  const { cpu, rss } = JSON.parse(readFileSync(use, 'utf8'))
  const stopped = workers.map(worker => worker.next('stopped'))
  for (const worker of workers) worker.tell({ kind: 'stop' })
  const reports = (await Promise.all(stopped)).map(({ report }) => report)
  const told = tenant.next('report')
  tenant.tell({ kind: 'report' })
  return {
    options,
    backlog,
    seconds,
    drained,
    read: readThen,
    ...(liveRate !== undefined && { liveRate }),
    floor,
    samples,
    workers: reports,
    ledger: sums,
    tenant: (await told).report,
    azurite: { cpu, rss },
  }
}
