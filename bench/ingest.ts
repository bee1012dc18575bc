import { TableClient } from '@azure/data-tables'
import pMap from 'p-map'
import { startAzurite } from '../cli/azurite.ts'
import { detections } from '../core/detections/index.ts'
import { makeCollector } from '../core/engine/collect.ts'
import { farIn } from '../core/engine/evaluate.ts'
import type { Feed } from '../core/feeds/feed.ts'
import { makeParser } from '../core/feeds/normalise/parse.ts'
import { silent } from '../core/log.ts'
import type { ContentBlob } from '../core/model/content-blob.ts'
import { type IngestDeps, ingest } from '../core/pipeline/ingest.ts'
import { messagesOf } from '../core/pipeline/messages.ts'
import { readBlob } from '../core/pipeline/read-blob.ts'
import { learnedDomains, tenantFacts } from '../core/pipeline/tenant-domains.ts'
import { makeBlinds } from '../core/stores/blinds.ts'
import { makeFindings } from '../core/stores/findings.ts'
import { makeHistories } from '../core/stores/histories.ts'
import { makeIncidents } from '../core/stores/incidents.ts'
import { makeLedger } from '../core/stores/ledger.ts'
import { makeOutbox } from '../core/stores/outbox.ts'
import { sourceOf } from '../core/stores/source.ts'
import { makeState } from '../core/stores/state.ts'
import { makeTables } from '../core/stores/tables/tables.ts'
import { makeTallies } from '../core/stores/tallies.ts'
import { makeTaught } from '../core/stores/taught.ts'
import { print, type Row, rounded } from './report.ts'
import { mailboxBlobs } from './workload.ts'

/** Blobs of ordinary records through the real pipeline into Azurite's tables: speed, and storage transactions. */
const BLOB_SIZES = [100, 250, 500]
/** What a poller that finds them at once makes of them, and what it makes of each by itself. */
const BLOBS = 8
const TOGETHER = [BLOBS, 1]
const HISTORIES = [0, 50, 500]
const ROUNDS = 2

const TENANT = '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83'
const FEED = 'management.audit.exchange'
/** Requests the pipeline has under way at once; the floor gets as many. */
const AT_ONCE = 6
const DAY = Date.UTC(2026, 5, 3)

const azurite = await startAzurite()
const texts = new Map<string, string>()
const feed: Feed = {
  id: FEED,
  subscribe: async () => ({ state: 'enabled' }),
  async *list() {},
  fetch: async ({ id }) => texts.get(id) ?? '[]',
}

function open(prefix: string) {
  const tables = makeTables({ connectionString: azurite.connectionString }, prefix)
  const deps: IngestDeps = {
    tenant: TENANT,
    feeds: [feed],
    detections,
    parse: makeParser(TENANT),
    domains: learnedDomains(TENANT, makeState(tables, TENANT)),
    ledger: makeLedger(tables, TENANT),
    tallies: makeTallies(tables, TENANT, { isFar: farIn(detections) }),
    taught: makeTaught(tables, TENANT, () => DAY / 1000 + 86_400),
    findings: makeFindings(tables, TENANT),
    incidents: makeIncidents(tables, TENANT),
    outbox: makeOutbox(tables, TENANT),
    state: makeState(tables, TENANT),
    histories: makeHistories(tables, TENANT),
    blinds: makeBlinds(tables, TENANT),
    sinks: [],
    now: () => DAY + 86_400_000,
    log: silent,
  }
  return { tables, deps }
}

/** A day of some mailboxes, as the blobs of that day have left it. */
async function remember({ deps }: ReturnType<typeof open>, mailboxes: number): Promise<void> {
  const facts = tenantFacts(TENANT, new Set(), true)
  for (const text of mailboxBlobs({ mailboxes, size: 250, day: DAY, seed: 1 })) {
    const collector = makeCollector(detections, facts)
    for (const record of readBlob(text, deps.parse).records) collector.add(record)
    await deps.tallies.write(sourceOf(FEED, 'history', text), collector.subjects)
  }
}

function listed(size: number, name: string): ContentBlob[] {
  return mailboxBlobs({ mailboxes: 50, size, day: DAY, seed: 2 })
    .slice(0, BLOBS)
    .map((text, index) => {
      const id = `${name}-${index}`
      texts.set(id, text)
      return {
        feed: FEED,
        id,
        uri: `https://manage.example/${id}`,
        created: new Date(DAY).toISOString(),
        expires: undefined,
      }
    })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const floor = TableClient.fromConnectionString(azurite.connectionString, 'floor', {
  allowInsecureConnection: true,
})
await floor.createTable()

/** As many plain upserts of the SDK alone. */
function upserts(count: number): Promise<number> {
  const rows = Array.from({ length: count }, (_, n) => ({
    partitionKey: 'p',
    rowKey: `${n}`,
    v0: Buffer.alloc(2_000),
  }))
  return timed(() => pMap(rows, row => floor.upsertEntity(row, 'Replace'), { concurrency: AT_ONCE }))
}

async function measure(
  store: ReturnType<typeof open>,
  { size, together, history }: { size: number; together: number; history: number },
): Promise<Row> {
  let [best, least, transactions] = [Infinity, Infinity, 0]
  for (let round = 0; round < ROUNDS; round++) {
    const blobs = listed(size, `${size}-${together}-${round}`)
    const messages =
      together === 1 ? blobs.flatMap(blob => messagesOf(FEED, [blob])) : messagesOf(FEED, blobs)
    const before = store.tables.stats().transactions
    const ms = await timed(async () => {
      for (const message of messages) await ingest(store.deps, message, new AbortController().signal)
    })
    transactions = store.tables.stats().transactions - before
    best = Math.min(best, ms)
    least = Math.min(least, await upserts(transactions))
  }
  const records = size * BLOBS
  return {
    name: `blobs of ${size}, ${together} a message, ${history} mailboxes stored`,
    'transactions/blob': rounded(transactions / BLOBS),
    'transactions/record': rounded(transactions / records),
    'records/s': Math.round((records * 1000) / best),
    'ratio to an upsert a transaction': rounded(least / best),
    'ratio to an upsert a record': rounded((records * least) / (transactions * best)),
  }
}

const rows: Row[] = []
try {
  for (const history of HISTORIES) {
    const store = open(`h${history}`)
    await remember(store, history)
    // The first writes create the tables; a running installation has them.
    for (const message of messagesOf(FEED, listed(100, 'first')))
      await ingest(store.deps, message, new AbortController().signal)
    for (const together of TOGETHER)
      for (const size of BLOB_SIZES) rows.push(await measure(store, { size, together, history }))
  }
} finally {
  await azurite.stop()
}

print({
  bench: 'ingest',
  about:
    `${BLOBS} blobs about 50 mailboxes through the pipeline into Azurite, whose store is empty or holds a day of 50 or ` +
    `500 mailboxes; best of ${ROUNDS} rounds. Azurite looks through all rows for every range; the service has an index.`,
  rows,
  targets: TOGETHER.map(together => ({
    what: `most transactions a record, ${together} a message`,
    figure: Math.max(
      ...rows
        .filter(({ name }) => String(name).includes(` ${together} a message`))
        .map(row => Number(row['transactions/record'])),
    ),
    atMost: 0.25,
  })),
})
