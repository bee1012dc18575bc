import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { type App, INGEST_QUEUE, makeApp } from '../../core/app.ts'
import { silent } from '../../core/log.ts'
import type { Finding } from '../../core/model/finding.ts'
import { DAY } from '../../core/model/time.ts'
import type { IngestMessage } from '../../core/pipeline/messages.ts'
import { readSettings } from '../../core/settings.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import type { Queue, Tables } from '../../core/stores/port.ts'
import { makeMemoryQueue } from '../../core/stores/queue/memory.ts'
import { makeQueue } from '../../core/stores/queue/queue.ts'
import { makeTables } from '../../core/stores/tables/tables.ts'
import {
  makeManualClock,
  makeScenario,
  playScenario,
  startTenant,
  type Tenant,
} from '../../emulator/index.ts'
import { uniqueName } from '../support/names.ts'
import { startIdentity } from './identity.ts'
import { everything, ongoing } from './kit.ts'

/** A Tuesday in the past of any machine: by its clock our tokens are good for long. */
const MIDNIGHT = Date.UTC(2025, 10, 18)
const TOKEN_LIFE = 10 * DAY
const [MINUTE, HOUR] = [60_000, 3_600_000]

interface Storage {
  readonly tables: Tables
  readonly queue: Queue<IngestMessage>
}

const tenants: Tenant[] = []
const identity = await startIdentity()
beforeAll(() => {
  vi.stubEnv('IDENTITY_ENDPOINT', identity.endpoint)
  vi.stubEnv('IDENTITY_HEADER', 'any')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  identity.stop()
  await Promise.all(tenants.map(tenant => tenant.stop()))
})

/** The product as it is put together for Azure, with its sign-in library, beside an emulated day of fifty people. */
async function play(name: string, makeStorage: (now: () => number) => Storage) {
  const clock = makeManualClock(MIDNIGHT + 6 * HOUR)
  const { now } = clock
  // Microsoft's credential library knows no clock but the machine's, and keeps tokens for the whole process, across
  // tenants, unless they end within five minutes: so they say, although they outlive the emulated day.
  const credentialNow = () => Date.now() - TOKEN_LIFE * 1000 + 4 * MINUTE
  const tenant = await startTenant({ clock, credentialNow, tokenLifeSeconds: TOKEN_LIFE })
  tenants.push(tenant)
  const scenario = makeScenario(name, { day: MIDNIGHT })
  playScenario(tenant, scenario)
  identity.leadTo(tenant)
  const settings = readSettings({
    AZURE_TENANT_ID: tenant.tenantId,
    MANAGEMENT_API_URL: tenant.managementUrl,
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    TEAMS_WEBHOOK_URL: tenant.teamsUrl,
    WEBHOOK_URL: tenant.webhookUrl,
  })
  const platform = { now, random: () => 0.5, log: silent, environment: process.env }
  const app = makeApp(settings, platform, makeStorage(now))
  for (; clock.now() <= MIDNIGHT + 23 * HOUR; clock.advance(10 * MINUTE)) {
    await app.poll(ongoing())
    await drain(app)
    await app.deliver(ongoing())
  }
  await app.sweep(ongoing())
  await drain(app)
  await app.deliver(ongoing())
  const stored = await everything(app.findings.since(MIDNIGHT / 1000 - DAY, MIDNIGHT / 1000 + 2 * DAY))
  return { scenario, tenant, app, findings: stored.map(({ finding }) => finding) }
}

async function drain({ queue, ingest }: App): Promise<void> {
  for (
    let messages = await queue.receive(32, 300);
    messages.length > 0;
    messages = await queue.receive(32, 300)
  )
    for (const message of messages) {
      await ingest(message.body, ongoing())
      await message.done()
    }
}

const inMemory = (now: () => number): Storage => ({
  tables: makeMemoryTables(),
  queue: makeMemoryQueue<IngestMessage>(() => now() / 1000),
})

/** Three content types are read unless somebody asks for more; each of their blobs once. */
function expectWellRead({ scenario, tenant }: Awaited<ReturnType<typeof play>>) {
  const audit = tenant.audit()
  const blobs = scenario.timeline.filter(({ contentType }) => contentType !== 'Audit.SharePoint')
  expect(audit.once).toHaveLength(blobs.length)
  expect(audit.never).toEqual([])
  expect(audit.again).toEqual([])
  expect(audit.unfollowedLinks).toEqual([])
  expect(audit.withoutPublisher).toEqual({})
}

async function expectRobberyTold(run: Awaited<ReturnType<typeof play>>) {
  const { scenario, tenant, app, findings } = run
  expectWellRead(run)
  const bare = (actor: string) => actor.replace(/^app:/, '')
  for (const { detection, actor, mailboxes } of scenario.expected) {
    const found = findings.filter(finding => finding.detection === detection && bare(finding.actor) === actor)
    expect(found.length, `${detection} of ${actor}`).toBeGreaterThan(0)
    expect(new Set(found.flatMap(finding => finding.mailboxes))).toEqual(new Set(mailboxes))
  }
  const known = new Set(scenario.expected.map(({ detection, actor }) => `${detection} ${actor}`))
  const others = findings.filter(({ detection, actor }) => !known.has(`${detection} ${bare(actor)}`))
  expect(others.map(({ detection, actor }) => `${detection} ${actor}`)).toEqual([])

  const actors = new Set(findings.map(({ actor }) => actor))
  const alerts = (await app.outbox.all('teams')).map(({ delivery }) => delivery)
  expect(new Set(alerts.map(({ alert }) => alert.actor))).toEqual(actors)
  expect(new Set(alerts.map(({ alert }) => alert.incident)).size).toBe(actors.size)
  const sent = alerts.filter(({ state }) => state === 'done')
  expect(tenant.cards()).toHaveLength(sent.length)
  expect(tenant.webhooks()).toHaveLength(sent.length)
}

describe('a quiet day', () => {
  it('gives no card and no finding', async () => {
    const run = await play('quiet-day', inMemory)
    expectWellRead(run)
    expect(run.findings).toEqual([])
    expect(run.tenant.cards()).toEqual([])
    expect(run.tenant.webhooks()).toEqual([])
    expect(await run.app.health()).toMatchObject({ ok: true })
  })
})

describe('a takeover', () => {
  let inMemoryFindings: Finding[] | undefined

  it('is told in full, and nobody else is accused', async () => {
    const run = await play('takeover', inMemory)
    await expectRobberyTold(run)
    inMemoryFindings = run.findings
  })

  it.runIf(inject('storage'))('comes out the same through the storage services', async () => {
    const connection = { connectionString: inject('storage') }
    const name = uniqueName('q')
    const run = await play('takeover', () => ({
      tables: makeTables(connection, uniqueName()),
      queue: makeQueue<IngestMessage>(connection, `${INGEST_QUEUE}-${name}`),
    }))
    await expectRobberyTold(run)
    expect(run.findings).toEqual(inMemoryFindings)
  })
})
