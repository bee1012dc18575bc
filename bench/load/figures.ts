import { type Row, rounded, type Target } from '../report.ts'
import type { Options } from './arguments.ts'
import type { LedgerSums, Made, Sample, TenantReport, Told, WorkerReport } from './messages.ts'
import type { Ports, Use } from './ports.ts'
import { PARTS, type Part, type Shares } from './profile.ts'

export interface Taken extends Sample {
  /** Seconds since the drain began. */
  readonly at: number
}

/** All that was measured. */
export interface Measured {
  readonly options: Options
  readonly backlog: Made
  /** Seconds until everything was read, or until the limit. */
  readonly seconds: number
  readonly drained: boolean
  /** What was read in that time. */
  readonly read: Pick<Sample, 'blobs' | 'records'>
  /** How fast the tenant's clock went when the backlog was read; absent where it was not. */
  readonly liveRate?: number
  /** Records a second of plain `JSON.parse`. */
  readonly floor: number
  readonly samples: readonly (readonly Taken[])[]
  readonly workers: readonly WorkerReport[]
  readonly ledger: LedgerSums
  readonly tenant: TenantReport
  readonly azurite: { readonly cpu: number; readonly rss: number }
}

/** The smallest value that at least so many of a hundred do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}

/** The peak in the last tenth of the drain as a ratio of that in the first one after the start-up. */
export function growth(samples: readonly Taken[], seconds: number): { first: number; last: number } {
  const tenth = (from: number) =>
    Math.max(
      0,
      ...samples
        .filter(({ at }) => at >= from * seconds && at <= (from + 0.1) * seconds)
        .map(({ rss }) => rss),
    )
  return { first: tenth(0.1), last: tenth(0.9) }
}

const MB = 1e6
/** Requests a minute that Microsoft grants every tenant at least. */
const QUOTA = 2_000

/** One figure a row: of the whole, and where it differs of each process. */
export function rowsOf(measured: Measured): Row[] {
  const { azurite, backlog, floor, ledger, read, seconds, tenant, workers } = measured
  const all = (name: string, value: number): Row => ({ name, all: rounded(value) })
  return [
    all('time to drain, s', seconds),
    all('blobs read', read.blobs),
    all('records read', read.records),
    all('share of the backlog', read.blobs / backlog.blobs),
    all('records/s', read.records / seconds),
    all('JSON.parse alone, records/s', floor),
    all('ratio to JSON.parse alone', read.records / seconds / floor),
    ...alertRows('backlog', tenant.backlog, measured.options.clock),
    ...(measured.liveRate === undefined ? [] : alertRows('watched', tenant.live, measured.liveRate)),
    ...quotaRows(measured),
    ...storageRows(measured),
    ...PARTS.map(part => shareRow(workers, part)),
    ...PORTS.map(port => portRow(workers, port)),
    byProcess('processor seconds', workers, ({ cpu }) => cpu),
    all('processor seconds of Azurite', azurite.cpu),
    all('processor seconds of the tenant', tenant.cpu),
    all('memory of Azurite, MB', azurite.rss / MB),
    ...memoryRows(measured),
    ...Object.entries(ledger).map(([name, value]) => ({ name: `ledger: ${name}`, all: value })),
    all('blobs offered and never fetched', tenant.never),
    byProcess('errors logged', workers, ({ errors }) => errors),
  ]
}

function byProcess(
  name: string,
  workers: readonly WorkerReport[],
  of: (worker: WorkerReport) => number,
): Row {
  return { name, all: rounded(sum(workers.map(of))), ...columns(workers.map(of)) }
}

function columns(values: readonly number[]): Record<string, number> {
  return Object.fromEntries(values.map((value, n) => [`process ${n + 1}`, rounded(value)]))
}

/** From the moment a theft could be read, or the drain began, to its card. */
function alertRows(which: string, { thefts, waits }: Told, rate: number): Row[] {
  const row = (name: string, value: number): Row => ({ name: `${which}: ${name}`, all: rounded(value) })
  const seconds = (percent: number) => percentile(waits, percent) / 1_000
  return [
    row('thefts', thefts),
    row('thefts told', waits.length),
    row('available to card, p50 s of the tenant', seconds(50)),
    row('available to card, p99 s of the tenant', seconds(99)),
    row('available to card, p50 s', seconds(50) / rate),
    row('available to card, p99 s', seconds(99) / rate),
  ]
}

function quotaRows({ tenant, workers }: Measured): Row[] {
  const minutes = new Map<string, number>()
  for (const [minute, sent] of workers.flatMap(one => Object.entries(one.minutes)))
    minutes.set(minute, (minutes.get(minute) ?? 0) + sent)
  const all = [...minutes.values()]
  const most = Math.max(0, ...all)
  return [
    { name: 'requests to the tenant', all: sum(all) },
    { name: 'requests in a minute of the tenant, median', all: percentile(all, 50) },
    { name: 'requests in a minute of the tenant, most', all: most },
    { name: 'share of the quota used in that minute', all: rounded(most / QUOTA) },
    { name: 'requests refused as too many', all: tenant.refused },
  ]
}

function storageRows({ ledger, workers }: Measured): Row[] {
  const transactions = sum(workers.map(one => one.transactions))
  return [
    byProcess('storage transactions', workers, one => one.transactions),
    { name: 'storage transactions a blob', all: rounded(transactions / Math.max(1, ledger.done)) },
    { name: 'storage transactions a record', all: rounded(transactions / Math.max(1, ledger.parsed)) },
    byProcess('queue operations', workers, ({ ports }) => ports.queue.calls),
  ]
}

function shareRow(workers: readonly WorkerReport[], part: Part): Row {
  const whole = (shares: Shares) => sum(Object.values(shares))
  return {
    name: `share of the time: ${part}`,
    all: rounded(
      sum(workers.map(({ shares }) => shares[part])) / sum(workers.map(({ shares }) => whole(shares))),
      2,
    ),
    ...columns(workers.map(({ shares }) => shares[part] / whole(shares))),
  }
}

const PORTS = ['storage', 'queue', 'tenant', 'pace'] as const

function portRow(workers: readonly WorkerReport[], port: keyof Ports): Row {
  const mean = (uses: readonly Use[]) =>
    (1_000 * sum(uses.map(one => one.seconds))) / Math.max(1, sum(uses.map(one => one.calls)))
  const uses = workers.map(({ ports }) => ports[port])
  return { name: `ms a call: ${port}`, all: rounded(mean(uses)), ...columns(uses.map(use => mean([use]))) }
}

function memoryRows({ samples, seconds }: Measured): Row[] {
  const each = samples.map(one => growth(one, seconds))
  const row = (name: string, values: readonly number[]): Row => ({
    name,
    all: rounded(Math.max(...values)),
    ...columns(values),
  })
  return [
    row(
      'memory in the second tenth, MB',
      each.map(({ first }) => first / MB),
    ),
    row(
      'memory in the last tenth, MB',
      each.map(({ last }) => last / MB),
    ),
    row(
      'ratio of the two',
      each.map(({ first, last }) => last / first),
    ),
  ]
}

export function targetsOf({ ledger, samples, seconds, tenant, workers }: Measured): Target[] {
  const { done, duplicates, evaluated, listed, parsed, rejected } = ledger
  const told = tenant.backlog.waits.length + tenant.live.waits.length
  const sent = sum(workers.flatMap(({ minutes }) => Object.values(minutes)))
  const ratios = samples.map(one => growth(one, seconds)).map(({ first, last }) => last / first)
  return [
    { what: 'blobs listed and not done', figure: listed - done, atMost: 0 },
    {
      what: 'records that nobody accounts for',
      figure: parsed - evaluated - duplicates - rejected,
      atMost: 0,
    },
    {
      what: 'share of the thefts that were told',
      figure: rounded(told / (tenant.backlog.thefts + tenant.live.thefts)),
      atLeast: 1,
    },
    {
      what: 'peak memory of the last tenth of the drain to that of the second',
      figure: rounded(Math.max(...ratios)),
      atMost: 1.3,
    },
    { what: 'share of the requests that were refused', figure: rounded(tenant.refused / sent), atMost: 0.01 },
  ]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
