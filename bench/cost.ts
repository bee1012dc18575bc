import { TableClient, TableServiceClient } from '@azure/data-tables'
import { startAzurite } from '../cli/azurite.ts'
import { drain } from '../cli/start/worker.ts'
import { INGEST_QUEUE, makeApp } from '../core/app.ts'
import { costOf } from '../core/cost/cost.ts'
import { type Measured, STEPS } from '../core/cost/measured.ts'
import { PRICES } from '../core/cost/prices.ts'
import { usageOf } from '../core/cost/usage.ts'
import { silent } from '../core/log.ts'
import type { IngestMessage } from '../core/pipeline/messages.ts'
import { readSettings } from '../core/settings.ts'
import type { Queue } from '../core/stores/port.ts'
import { makeQueue } from '../core/stores/queue/queue.ts'
import { makeTables } from '../core/stores/tables/tables.ts'
import {
  DAY,
  HOUR,
  MINUTE,
  makeManualClock,
  makeRandom,
  makeSleeper,
  quietMonth,
  startTenant,
} from '../emulator/index.ts'
import { deliver } from '../emulator/scenarios/delivery.ts'
import { print, rounded } from './report.ts'

/** A week of the quiet month, every timer at its time, on Azurite: what a tenant of fifty mailboxes takes a day. */
const DAYS = 7

const month = quietMonth()
const start = month.firstDay
const clock = makeManualClock(start)
const azurite = await startAzurite()
const tenant = await startTenant({
  clock,
  tenantId: month.tenant.tenantId,
  credentialNow: Date.now,
  tokenLifeSeconds: (DAYS + 1) * 86_400,
  lookBackGraceMs: HOUR,
})
const records = [...month.occurrences()].filter(({ at }) => at < start + DAYS * DAY)
const timeline = deliver(makeRandom('cost'), start, records)
tenant.publishAll(timeline)

const identity = { IDENTITY_ENDPOINT: tenant.identityEndpoint, IDENTITY_HEADER: tenant.identityHeader }
Object.assign(process.env, identity)
const environment = {
  ...identity,
  AZURE_TENANT_ID: tenant.tenantId,
  MANAGEMENT_API_URL: tenant.managementUrl,
  GRAPH_API_URL: tenant.graphUrl,
  TEAMS_WEBHOOK_URL: tenant.teamsUrl,
  AzureWebJobsStorage: azurite.connectionString,
}
const tables = makeTables(azurite)
let queueOperations = 0
const queue = counted(makeQueue<IngestMessage>(azurite, INGEST_QUEUE))
const platform = { now: clock.now, random: Math.random, log: silent, environment, sleep: makeSleeper(clock) }
const app = makeApp(readSettings(environment), platform, { tables, queue })

type Step = (typeof STEPS)[number]
const spent = new Map<Step, { runs: number; seconds: number; requests: number; transactions: number }>()

async function run(step: Step, work: (signal: AbortSignal) => Promise<unknown>, runs?: () => number) {
  const known = spent.get(step) ?? { runs: 0, seconds: 0, requests: 0, transactions: 0 }
  const [requests, transactions, began] = [outside(), tables.stats().transactions, performance.now()]
  await work(new AbortController().signal)
  spent.set(step, {
    runs: known.runs + (runs?.() ?? 1),
    seconds: known.seconds + (performance.now() - began) / 1000,
    requests: known.requests + outside() - requests,
    transactions: known.transactions + tables.stats().transactions - transactions,
  })
}

/** The tenant's calls so far, those for tokens left out: they are the same few a day. */
function outside(): number {
  return answered
}
let answered = 0
const plain = globalThis.fetch
globalThis.fetch = (...given) => {
  answered++
  return plain(...given)
}

for (let minute = 0; minute < (DAYS * DAY) / MINUTE; minute++) {
  clock.set(Math.max(clock.now(), start + minute * MINUTE))
  if (minute % 15 === 4) await run('observe', signal => app.observe(signal))
  if (minute % 5 === 0) await run('poll', signal => app.poll(signal))
  if (minute % 60 === 17) await run('sweep', signal => app.sweep(signal))
  let messages = 0
  const work = async (signal: AbortSignal) => {
    messages = (await drain(app, signal, silent)).messages
  }
  if (minute % 5 === 0) await run('ingest', work, () => messages)
  await run('deliver', signal => app.deliver(signal))
  if (minute % 1440 === 0) process.stderr.write(`day ${minute / 1440 + 1} of ${DAYS}\n`)
}

const measured: Measured = {
  mailboxes: 50,
  records: Math.round(records.length / DAYS),
  blobs: Math.round(timeline.length / DAYS),
  queueOperations: Math.round(queueOperations / DAYS),
  storedBytes: Math.round((await storedBytes()) / DAYS),
  steps: Object.fromEntries(
    STEPS.map(step => {
      const { runs = 0, seconds = 0, requests = 0, transactions = 0 } = spent.get(step) ?? {}
      return [
        step,
        {
          runs: Math.round(runs / DAYS),
          seconds: rounded(seconds / DAYS),
          requests: Math.round(requests / DAYS),
          transactions: Math.round(transactions / DAYS),
        },
      ]
    }),
  ) as Measured['steps'],
}
print({
  bench: 'cost',
  about: `a day of ${measured.mailboxes} mailboxes, the mean of ${DAYS} days of the quiet month: ${measured.records} records in ${measured.blobs} blobs`,
  rows: STEPS.map(name => ({ name, ...measured.steps[name] })),
  targets: [
    {
      what: 'US dollars a month at 512 MB',
      figure: rounded(costOf(usageOf(measured, 0.5), PRICES).total),
      atMost: 5,
    },
  ],
})
console.log(JSON.stringify(measured, null, 2))
await Promise.all([tenant.stop(), azurite.stop()])

function counted<T>(inner: Queue<T>): Queue<T> {
  return {
    send: message => {
      queueOperations++
      return inner.send(message)
    },
    receive: async (count, hide) => {
      const taken = await inner.receive(count, hide)
      // Looking in vain is counted by the time between two looks, not here.
      if (taken.length > 0) queueOperations += 1 + taken.length
      return taken
    },
    create: inner.create,
    size: inner.size,
  }
}

async function storedBytes(): Promise<number> {
  const service = TableServiceClient.fromConnectionString(azurite.connectionString, {
    allowInsecureConnection: true,
  })
  let bytes = 0
  for await (const { name = '' } of service.listTables()) {
    const client = TableClient.fromConnectionString(azurite.connectionString, name, {
      allowInsecureConnection: true,
    })
    for await (const entity of client.listEntities())
      for (const value of Object.values(entity))
        bytes += value instanceof Uint8Array ? value.length : 2 * String(value).length
  }
  return bytes
}
