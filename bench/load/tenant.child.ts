import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ContentBlob, startTenant } from '../../emulator/index.ts'
import { bestTimes } from '../rounds.ts'
import { makeSharedClock } from './clock.ts'
import type { FromTenant, Made, TenantReport, Told, ToTenant } from './messages.ts'
import { type Blob, DAYS, EVENING, type Scale, week } from './week.ts'

/**
 * The tenant, in a process of its own. Its blobs are made before the clock starts and lie in a folder, so that serving one costs
 * little more than reading a file.
 */
const DAY = 86_400_000
const HOUR = 3_600_000
const FLOOR_BLOBS = 200
const FEED_CALLS = ['start', 'list', 'content', 'blob'] as const

const [folder = '', scaleText = ''] = process.argv.slice(2)
const scale: Scale = JSON.parse(scaleText)
const tell = (message: FromTenant) => process.send?.(message)
// Ctrl-C reaches all processes of a terminal; the bench itself ends this one.
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit(0))

const clock = makeSharedClock({ real: 0, tenant: EVENING, rate: 0 })
const tenant = await startTenant({
  clock,
  credentialNow: Date.now,
  tokenLifeSeconds: DAY / 1_000,
  lookBackGraceMs: HOUR,
  backlogMs: (DAYS + 1) * DAY,
})

const files: string[] = []
const held: { readonly blob: Omit<Blob, 'text'>; readonly body: () => string }[] = []
/** Where it goes → when the blob of the theft became available. */
const stolen = new Map<string, { readonly at: number; readonly live: boolean }>()
const backlog = { blobs: 0, records: 0, bytes: 0 }
const live = { blobs: 0, records: 0, bytes: 0 }

for (const { text, ...blob } of week(scale)) {
  const file = join(folder, `${files.length}.json`)
  writeFileSync(file, text)
  files.push(file)
  note(blob.live ? live : backlog, blob.records, Buffer.byteLength(text))
  const body = () => readFileSync(file, 'utf8')
  if (blob.live) held.push({ blob, body })
  else publish(blob, body, blob.availableAt)
}

function note(made: { -readonly [Part in keyof Made]: Made[Part] }, records: number, bytes: number): void {
  made.blobs++
  made.records += records
  made.bytes += bytes
}

function publish(blob: Omit<Blob, 'text'>, body: () => string, availableAt: number): ContentBlob {
  for (const loot of blob.loot) stolen.set(loot, { at: availableAt, live: blob.live })
  return tenant.publish(blob.contentType, [], { contentCreated: availableAt, availableAt, body })
}

async function floor(): Promise<number> {
  const step = Math.max(1, Math.floor(files.length / FLOOR_BLOBS))
  const texts = files.filter((_, n) => n % step === 0).map(file => readFileSync(file, 'utf8'))
  const records = texts.reduce((sum, text) => sum + JSON.parse(text).length, 0)
  const { parse } = await bestTimes(
    {
      parse: () => {
        for (const text of texts) JSON.parse(text)
      },
    },
    3,
  )
  return (1_000 * records) / parse
}

let begun = EVENING

function told(isLive: boolean): Told {
  const cards = tenant.cards().map(({ at, content }) => ({ at, text: JSON.stringify(content).toLowerCase() }))
  const thefts = [...stolen].filter(([, theft]) => theft.live === isLive)
  const waits = thefts.flatMap(([loot, { at }]) => {
    const card = cards.find(({ text }) => text.includes(loot))
    return card === undefined ? [] : card.at - Math.max(at, begun)
  })
  return { thefts: thefts.length, waits }
}

function report(): TenantReport {
  const { again, calls, never, once } = tenant.audit()
  const { user, system } = process.cpuUsage()
  return {
    never: never.length,
    fetched: once.length + again.length,
    refused: FEED_CALLS.reduce(
      (sum, kind) => sum + (calls[kind]?.['403'] ?? 0) + (calls[kind]?.['429'] ?? 0),
      0,
    ),
    backlog: told(false),
    live: told(true),
    cpu: (user + system) / 1e6 - cpuBefore,
  }
}

let cpuBefore = 0

process.on('message', (message: ToTenant) => {
  if (message.kind === 'report') tell({ kind: 'report', report: report() })
  else if (message.kind === 'clock') clock.turn(message.anchor)
  else
    for (const [n, { blob, body }] of held.entries())
      publish(blob, body, clock.now() + Math.floor(((n + 1) / held.length) * message.minutes * 60_000))
})

const perSecond = await floor()
const { user, system } = process.cpuUsage()
cpuBefore = (user + system) / 1e6
begun = clock.now()
tell({
  kind: 'ready',
  environment: {
    IDENTITY_ENDPOINT: tenant.identityEndpoint,
    IDENTITY_HEADER: tenant.identityHeader,
    AZURE_TENANT_ID: tenant.tenantId,
    MANAGEMENT_API_URL: tenant.managementUrl,
    GRAPH_API_URL: tenant.graphUrl,
    TEAMS_WEBHOOK_URL: tenant.teamsUrl,
  },
  backlog,
  live,
  floor: perSecond,
})
