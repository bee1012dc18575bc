import fc from 'fast-check'
import { afterAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { runDrill } from '../../cli/drill/run.ts'
import { shares } from '../../cli/drill/words.ts'
import { drain } from '../../cli/start/worker.ts'
import { makeApp } from '../../core/app.ts'
import { silent } from '../../core/log.ts'
import { readSettings } from '../../core/settings.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { makeMemoryQueue } from '../../core/stores/queue/memory.ts'
import {
  DAY,
  HOUR,
  MINUTE,
  makeManualClock,
  makeRandom,
  records,
  startTenant,
  type Tenant,
} from '../../emulator/index.ts'
import { startIdentity } from '../chain/identity.ts'
import { linesOf, makeCommand } from './command.ts'
import { startFirm } from './firm.ts'

const command = makeCommand()
const DOMAIN = 'birchwood.example'
const NOON = Date.UTC(2026, 10, 20, 12)

/** The rule as instructed, in a blob that becomes available later. */
function setRule(tenant: Tenant, code: string, at: number, created: number): void {
  const kit = {
    random: makeRandom(code),
    organizationId: tenant.tenantId,
    organizationName: `${DOMAIN}.onmicrosoft.example`,
  }
  const mailbox = {
    ...{ upn: `amara@${DOMAIN}`, name: 'Amara Ashdown', mailboxGuid: kit.random.guid() },
    ...{ sid: 'S-1-5-21-1-2-3-4', puid: '10032003AB12CD34' },
  }
  const rule = {
    Name: `Waxseal drill ${code}`,
    SubjectContainsWords: `waxseal-drill-${code}-that-nobody-writes`,
    ForwardTo: `waxseal-drill-${code}@example.com`,
  }
  tenant.publish('Audit.Exchange', [records.newInboxRule(kit, { at, mailbox, ip: '192.0.2.10', rule })], {
    at: created,
  })
}

const identity = await startIdentity()
afterAll(() => {
  identity.stop()
  vi.unstubAllEnvs()
})

/** A tenant whose time goes by while somebody waits, the app that watches it, and what the drill said. */
async function setUp(more: Record<string, string> = {}) {
  const clock = makeManualClock(NOON)
  const tenant = await startTenant({
    clock,
    // Microsoft's library keeps tokens for the whole process, and each test has a tenant of its own.
    credentialNow: () => Date.now() - DAY,
    tokenLifeSeconds: DAY / 1000,
    lookBackGraceMs: HOUR,
  })
  onTestFinished(tenant.stop)
  identity.leadTo(tenant)
  const environment = {
    ...{ IDENTITY_ENDPOINT: identity.endpoint, IDENTITY_HEADER: 'led on', AZURE_TENANT_ID: tenant.tenantId },
    ...{
      MANAGEMENT_API_URL: tenant.managementUrl,
      TEAMS_WEBHOOK_URL: tenant.teamsUrl,
      INTERNAL_DOMAINS: DOMAIN,
    },
    ...{ AzureWebJobsStorage: 'UseDevelopmentStorage=true', ...more },
  }
  for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'] as const) vi.stubEnv(name, environment[name])
  const platform = { now: clock.now, random: () => 0.5, log: silent, environment }
  const storage = {
    tables: makeMemoryTables(),
    queue: makeMemoryQueue<never>(() => Math.floor(clock.now() / 1000)),
  }
  const app = makeApp(readSettings(environment), platform, storage)
  const signal = AbortSignal.timeout(60_000)
  const cycle = async () => {
    await app.poll(signal)
    await drain(app, signal, silent)
    await app.deliver(signal)
  }
  let said = ''
  const drill = {
    ...{ code: '4821', resumed: false, json: false, patience: 4 * 3_600, app, cycle, now: clock.now, signal },
    made: async () => {},
    async sleep(ms: number) {
      clock.advance(ms)
    },
    say(text: string) {
      said += `${text}\n`
    },
  }
  return { clock, tenant, app, cycle, drill, said: () => said }
}

describe('a drill', () => {
  test('asks for a harmless rule, waits for its card, and names each part of the delay', async () => {
    const { drill, said, tenant } = await setUp()
    const made = async () => setRule(tenant, '4821', NOON, NOON + 72 * MINUTE)
    expect(await runDrill({ ...drill, made })).toBe(0)
    expect(said()).toMatch(
      /Name {7}Waxseal drill 4821\n.*Subject includes {3}waxseal-drill-4821-that-nobody-writes\n.*Forward to {9}waxseal-drill-4821@example\.com/,
    )
    expect(said()).toContain('Microsoft takes 60 to 90 minutes as a rule, and up to 12 hours')
    expect(said()).toContain('1 h 10 min: nothing yet')
    expect(said()).toContain(`The rule in amara@${DOMAIN} was recognised.`)
    expect(said()).toMatch(
      /Microsoft, until the record could be fetched +1 h 12 min +\d+ %\n +until our listing saw it +\d+ seconds/,
    )
    expect(said()).toContain("Your tenant's delay today: 73 minutes. Everything works.")
    expect(said()).toMatch(/Now delete the rule "Waxseal drill 4821"\./)
    expect(tenant.cards()).toHaveLength(1)
  })

  test('reads what a deployment did, and tells all four parts', async () => {
    const { clock, cycle, drill, said, tenant } = await setUp()
    setRule(tenant, '4821', NOON, NOON + 65 * MINUTE)
    let slept = 0
    const sleep = async (ms: number) => {
      clock.advance(ms)
      slept += ms
      if (slept % (5 * MINUTE) === 0) await cycle()
    }
    expect(await runDrill({ ...drill, json: true, cycle: async () => {}, sleep })).toBe(0)
    const line = JSON.parse(said().split('\n').at(-2) ?? '')
    expect(line).toEqual({
      ...{ type: 'drill', code: '4821', mailbox: `amara@${DOMAIN}`, told: true },
      ...{ event: '2026-11-20T12:00:00.000Z', delivered: '2026-11-20T13:05:00.000Z' },
      ...{ listed: expect.any(String), judged: expect.any(String), posted: expect.any(String) },
    })
    const times = [line.event, line.delivered, line.listed, line.judged, line.posted]
    expect([...times].sort()).toEqual(times)
  })

  test('is not taken in by another rule, and says when nothing came', async () => {
    const { drill, said, tenant } = await setUp()
    setRule(tenant, '1111', NOON, NOON + 5 * MINUTE)
    expect(await runDrill({ ...drill, patience: 1_800 })).toBe(1)
    expect(tenant.cards()).toHaveLength(1)
    expect(said()).toContain('Nothing came in 30 minutes. Run waxseal doctor')
    expect(said()).toContain('Now delete the rule "Waxseal drill 4821"')
  })

  test('goes on where it was left, without asking for a rule again', async () => {
    const { drill, said, tenant } = await setUp()
    setRule(tenant, '4821', NOON - 3 * HOUR, NOON - 2 * HOUR)
    expect(await runDrill({ ...drill, resumed: true })).toBe(0)
    expect(said()).not.toContain('Make this rule')
    expect(said()).toContain('was recognised')
  })

  test('ends without a card where nobody is told', async () => {
    const { drill, said, tenant } = await setUp({ TEAMS_WEBHOOK_URL: '' })
    setRule(tenant, '4821', NOON, NOON + 5 * MINUTE)
    expect(await runDrill(drill)).toBe(0)
    expect(said()).toContain('No card was sent: no receiver is set')
  })

  test('that is broken off reminds of the rule', async () => {
    const { drill, said } = await setUp()
    expect(await runDrill({ ...drill, signal: AbortSignal.abort() })).toBe(130)
    expect(said()).toContain('waxseal drill --code 4821 goes on waiting')
  })

  test('gives shares that add up to the whole, whatever the clocks say', () => {
    const at = fc.option(fc.nat(10_000), { nil: undefined })
    const times = fc.record({ delivered: at, listed: at, judged: at, posted: at })
    fc.assert(
      fc.property(times, fc.nat(5_000), (known, event) => {
        const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
        const parts = shares({ mailbox: 'a', told: true, event, ...given })
        const last = Math.max(event, ...Object.values(known).flatMap(value => value ?? []))
        expect(parts.every(({ seconds }) => seconds >= 0)).toBe(true)
        expect(parts.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(last - event)
      }),
    )
  })
})

describe.runIf(inject('storage'))('waxseal drill', () => {
  test('runs the whole system on this machine until the card is posted', async () => {
    const firm = await startFirm()
    onTestFinished(firm.stop)
    setRule(firm.tenant, '4821', Date.now() - 80 * MINUTE, Date.now() - 5 * MINUTE)
    const args = ['drill', '--code', '4821', '--json', '--data', await command.folder('drill')]
    const ended = await command.run(args, firm.surroundings())
    firm.checkSecrets(ended)
    expect(ended.code).toBe(0)
    expect(linesOf(ended)).toMatchObject([
      { type: 'drill', code: '4821', mailbox: `amara@${DOMAIN}`, told: true },
    ])
    expect(firm.cards()).toHaveLength(1)
    expect(ended.stderr).toBe('')
  })

  test.each([
    [['--code', '12'], /^--code takes the four digits/],
    [[], /^AZURE_TENANT_ID is missing/],
  ])('tells what is wrong with %j', async (args, why) => {
    const ended = await command.run(['drill', ...args], { env: {} })
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(new RegExp(`✖ ${why.source.slice(1)}`))
  })
})
