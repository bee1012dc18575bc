import { randomBytes } from 'node:crypto'
import { QueueClient } from '@azure/storage-queue'
import { INGEST_QUEUE } from '../../../core/app.ts'
import { MINUTE, type Seconds } from '../../../core/model/time.ts'
import type { Tables } from '../../../core/stores/port.ts'
import { makeTables } from '../../../core/stores/tables/tables.ts'
import { startTenant, type Tenant } from '../../../emulator/index.ts'
import { guid, OWN_DOMAIN, TENANT } from '../../support/records.ts'
import { CONTENT_TYPES } from './happenings.ts'
import { START, WILD } from './hours.ts'
import type { Life, Saying, Step } from './orders.ts'
import { deathOf, type Plan } from './plan.ts'
import { openReceivers, type Receivers } from './receivers.ts'
import type { Stage } from './stage.ts'
import type { Member } from './team.ts'

/** What a seed left behind. */
export interface Run {
  readonly plan: Plan
  readonly tenant: Tenant
  readonly receivers: Receivers
  readonly tables: Tables
  /** Ids of the blobs that were published, and of those that can never be read. */
  readonly published: readonly string[]
  readonly poison: ReadonlySet<string>
  readonly sayings: readonly (Saying & { readonly wave: number })[]
  /** When everything went well again, ISO. */
  readonly calmFrom: string
  /** Messages that are still on the queue. */
  readonly left: number
  readonly faults: readonly string[]
}

/** After the wild hours: seconds to the round before. The slowest retry comes round in them. */
const CALM: readonly Seconds[] = [25, 65, 100, 80].map(minutes => minutes * MINUTE)

/** Plays a seed: processes that die among hours of faults, then one that is left alone until everything is done. */
export async function playWithProcesses(plan: Plan, stage: Stage): Promise<Run> {
  const { clock, team } = stage
  clock.set(START * 1000)
  const prefix = `s${plan.seed}x${randomBytes(3).toString('hex')}`
  const receivers = await openReceivers(plan, () => clock.now() / 1000)
  const tenant = await openTenant(plan, stage)
  const { published, poison } = publish(plan, tenant)
  const queue = new QueueClient(stage.storage, `${INGEST_QUEUE}-${prefix}`)
  const sayings: (Saying & { wave: number })[] = []

  const life = (name: string, fate: Partial<Life>): Life => ({
    name,
    seed: `${plan.seed} ${name}`,
    skew: 0,
    storageFaults: 0,
    prefix,
    refusals: stage.refusals,
    settings: settingsOf(plan, tenant, receivers, stage.storage),
    ...fate,
  })
  const births = plan.skews.map(() => 0)
  const bear = (slot: number) => {
    const born = births[slot] ?? 0
    births[slot] = born + 1
    const death = deathOf(plan.seed, slot, born)
    const { storageFaults, seed, skews } = plan
    const stall = (seed + slot) % 5 === 0 ? 3 : undefined
    const skew = (skews[slot] ?? 0) * 1000
    const fate = { storageFaults, skew, ...(death && { death }), ...(stall && { stall }) }
    return team.hire(life(`${slot}.${born}`, fate))
  }
  const note = (wave: number) => void sayings.push(...team.sayings.splice(0).map(one => ({ ...one, wave })))

  try {
    await queue.createIfNotExists()
    let members = await Promise.all(plan.skews.map((_, slot) => bear(slot)))
    for (const [n, { after, garbage, steps }] of plan.waves.entries()) {
      clock.advance(after * 1000)
      receivers.wave = n
      for (const text of garbage) await queue.sendMessage(text)
      await team.wave(new Map(members.map((member, slot) => [member, steps[slot] ?? []])))
      note(n)
      members = await Promise.all(members.map((member, slot) => (member.died ? bear(slot) : member)))
    }
    await team.dismiss(members)
    note(plan.waves.length)
    clock.set(Math.max(clock.now(), (START + WILD) * 1000))
    const calmFrom = new Date(clock.now()).toISOString()
    receivers.recover()
    receivers.wave = plan.waves.length
    const size = async () => (await queue.getProperties()).approximateMessagesCount ?? 0
    await calm(await team.hire(life('calm', {})), stage, size)
    note(plan.waves.length + 1)
    const left = await size()
    const tables = makeTables({ connectionString: stage.storage }, prefix)
    return {
      plan,
      tenant,
      receivers,
      tables,
      published,
      poison,
      sayings,
      calmFrom,
      left,
      faults: team.faults.splice(0),
    }
  } catch (error) {
    team.clear()
    throw error
  } finally {
    receivers.stop()
    await tenant.stop()
  }
}

/** A process that is left alone. What fails comes back after two minutes, five times at most. */
async function calm(member: Member, { clock, team }: Stage, waiting: () => Promise<number>): Promise<void> {
  const step = (step: Step) => team.wave(new Map([[member, [step]]]))
  for (const [n, after] of CALM.entries()) {
    clock.advance(after * 1000)
    // Sweeping is most of what a quiet round asks of storage, so it is left to every other one, the last among them.
    if (n % 2 === 1) await step({ kind: 'sweep' })
    await step({ kind: 'poll' })
    for (let tries = 0; tries < 6 && (await waiting()) > 0; tries++) {
      await step({ kind: 'ingest', count: 200, hide: 120 })
      clock.advance(2.1 * MINUTE * 1000)
    }
    await step({ kind: 'deliver' })
  }
  await team.dismiss([member])
}

function openTenant({ faults, graphPageSize, pageSize, seed, tokenLife }: Plan, { clock, identity }: Stage) {
  return startTenant({
    clock,
    tenantId: TENANT,
    seed,
    faults: { seed, faults },
    pageSize,
    graphPageSize,
    tokenLifeSeconds: tokenLife,
    graphQuota: { requests: 1_000, perMs: 10_000 },
  }).then(tenant => {
    identity.leadTo(tenant)
    return tenant
  })
}

function publish({ blobs, entries }: Plan, tenant: Tenant): Pick<Run, 'published' | 'poison'> {
  const poison = new Set<string>()
  const published = blobs.map(({ availableAt, body, contentType, created, records }) => {
    const times = { at: created * 1000, availableAt: availableAt * 1000 }
    const { id } = tenant.publish(contentType, records, { ...times, ...(body !== undefined && { body }) })
    if (body !== undefined) poison.add(id)
    return id
  })
  tenant.publishGraph(entries)
  return { published, poison }
}

const GRAPH_FEEDS = { directoryAudits: 'directory-audits', signIns: 'sign-ins' } as const

function settingsOf(
  { logs, seed }: Plan,
  tenant: Tenant,
  receivers: Receivers,
  storage: string,
): Record<string, string> {
  return {
    // Microsoft’s library keeps tokens for the whole process, for each client.
    AZURE_CLIENT_ID: guid(`client of ${seed}`),
    AZURE_TENANT_ID: TENANT,
    MANAGEMENT_API_URL: tenant.managementUrl,
    GRAPH_API_URL: tenant.graphUrl,
    CONTENT_TYPES: CONTENT_TYPES.join(','),
    GRAPH_FEEDS: logs.map(log => GRAPH_FEEDS[log]).join(','),
    BACKFILL_DAYS: '0',
    INTERNAL_DOMAINS: OWN_DOMAIN,
    TEAMS_WEBHOOK_URL: `${receivers.url}/teams?sig=x`,
    WEBHOOK_URL: `${receivers.url}/webhook`,
    AzureWebJobsStorage: storage,
  }
}
