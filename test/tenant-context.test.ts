import { describe, expect, it } from 'vitest'
import { StoreError } from '../core/model/errors.ts'
import { CONTEXT } from '../core/stores/context.ts'
import type { Fault, Role } from '../emulator/index.ts'
import { everything, TENANT } from './chain/kit.ts'
import { dying } from './contracts/dying.ts'
import { directory, openContextWorld } from './support/context-world.ts'
import { application, appRole, consent, directoryRecord } from './support/record-apps.ts'

const BEFORE = {
  roles: ['Backup: Mail.Read', 'Backup: User.Read.All'],
  consents: ['Add-in: Mail.Read openid'],
}
/** Everything that appears and can be told. */
const AFTER = {
  domains: ['birchwood.example', 'harvest.example'],
  roles: [...BEFORE.roles, 'Loader: Mail.Read'],
  consents: [...BEFORE.consents, 'Add-in: Mail.Send', 'Calendar: Calendars.Read'],
}
const TOLD = [
  'DomainFound harvest.example',
  'MailPermissionFound Add-in Mail.Send',
  'MailPermissionFound Loader Mail.Read',
]

const domainRecord = (domain: string) =>
  directoryRecord('Verify domain.', [{ ID: domain, Type: 1 }], {}, { change: { ObjectId: domain } })

describe('the first look', () => {
  it('keeps everything, tells nothing, and says in the log how much there is', async () => {
    const { logged, main, pass } = await openContextWorld({ graphPageSize: 2 }, BEFORE)
    await main.look()
    pass(30)
    await main.look()
    expect(await main.told()).toEqual([])
    const parts = ['domains', 'mailboxes', 'contacts', 'app-roles', 'consents'] as const
    const kept = await Promise.all(parts.map(async part => (await main.context.read(part))?.items.size))
    expect(kept).toEqual([1, 3, 0, 1, 1])
    expect(logged.filter(line => line.includes('The directory has'))).toHaveLength(5)
    expect(logged).toContain('The directory has 1 verified domains, which count as known.')
  })

  it('names applications by both their ids', async () => {
    const { main } = await openContextWorld({}, BEFORE)
    await main.look()
    const { application: named } = await main.domains.facts([])
    const backup = application('Backup')
    expect(named(backup.appId)).toMatchObject({ name: 'Backup', publisher: 'unverified' })
    expect(named(backup.principal)?.rights).toEqual([{ permission: 'Mail.Read', how: 'app' }])
  })
})

it('the first look names people by their object ids', async () => {
  const { main } = await openContextWorld({}, BEFORE)
  await main.look()
  const { person } = await main.domains.facts([])
  const ids = [...((await main.context.read('mailboxes'))?.items.keys() ?? [])]
  expect(ids.map(id => person(id.toUpperCase())).toSorted()).toEqual(
    [0, 1, 2].map(n => `p${n}@birchwood.example`),
  )
})

describe('what appears later', () => {
  it('is told once, six hours after it was seen and no record told of it', async () => {
    const { main, pass, tenant } = await openContextWorld({ graphPageSize: 2 }, BEFORE)
    await main.look()
    tenant.setDirectory(directory(AFTER))
    pass(6)
    await main.look()
    expect(await main.told()).toEqual([])
    for (let n = 0; n < 4; n++) {
      pass(6)
      await main.look()
      expect(await main.told()).toEqual(TOLD)
    }
  })

  it('is not told where a record tells of it, before or after it was seen', async () => {
    const { main, pass, tenant } = await openContextWorld({}, BEFORE)
    await main.look()
    tenant.setDirectory(directory(AFTER))
    pass(1)
    await main.read(appRole('Mail.Read', { app: application('Loader') }))
    await main.look()
    expect((await main.context.read('app-roles'))?.items.size).toBe(2)
    pass(6)
    await main.look()
    await main.read(consent('Mail.Send', { app: application('Add-in') }))
    await main.look()
    pass(30)
    await main.look()
    expect(await main.told()).toEqual(TOLD.filter(one => one.startsWith('DomainFound')))
  })

  it('is not explained by a record of another right, or of another application', async () => {
    const { main, pass, tenant } = await openContextWorld({}, BEFORE)
    await main.look()
    tenant.setDirectory(directory(AFTER))
    pass(1)
    await main.read(
      appRole('Mail.Send', { app: application('Loader') }),
      appRole('Mail.Read', { app: application('Backup') }),
    )
    for (let n = 0; n < 3; n++) {
      await main.look()
      pass(6)
    }
    expect(await main.told()).toContain('MailPermissionFound Loader Mail.Read')
  })

  it('is told also when it was taken back before anybody told of it', async () => {
    const { main, pass, tenant } = await openContextWorld({}, BEFORE)
    await main.look()
    tenant.setDirectory(directory(AFTER))
    pass(6)
    await main.look()
    tenant.setDirectory(directory(BEFORE))
    pass(6)
    await main.look()
    expect(await main.told()).toEqual(TOLD)
  })

  it('a domain is internal only a week after it was seen', async () => {
    const { clock, main, pass, tenant } = await openContextWorld({}, BEFORE)
    await main.look()
    tenant.setDirectory(directory(AFTER))
    pass(6)
    await main.look()
    const seconds = () => Math.floor(clock.now() / 1000)
    const { isInternal } = await main.domains.facts([])
    expect(isInternal('birchwood.example', seconds())).toBe(true)
    expect(isInternal('harvest.example', seconds())).toBe(false)
    expect(isInternal('harvest.example', seconds() + 7 * 86_400)).toBe(true)
    expect(isInternal('pending.example', seconds())).toBe(false)
  })
})

describe('without permissions', () => {
  const PARTS: readonly (readonly [string, Role])[] = [
    ['context-domains', 'Domain.Read.All'],
    ['context-mailboxes', 'User.ReadBasic.All'],
    ['context-contacts', 'OrgContact.Read.All'],
    ['context-app-roles', 'Application.Read.All'],
  ]

  it.each(PARTS)('%s needs %s alone, and each part fails by itself', async (part, role) => {
    const { main } = await openContextWorld({ roles: [role] }, BEFORE)
    await main.look()
    const states = (await main.capabilities()).map(({ feed, state }) => [feed, state])
    expect(states).toHaveLength(5)
    for (const [feed, state] of states) expect(state).toBe(feed === part ? 'works' : 'permission-missing')
  })

  it('health says which role is missing and what it would add', async () => {
    const { main } = await openContextWorld({ roles: [] }, BEFORE)
    await main.look()
    for (const { detail = '' } of await main.capabilities())
      expect(detail).toMatch(/can grant it [\w.]+ of Microsoft Graph, which \w+/)
    const { domainsKnown } = await main.domains.facts([])
    expect(domainsKnown).toBe(false)
  })
})

describe('faults of the directory', () => {
  const on = ['directory'] as const
  const faults: Readonly<Record<string, Fault>> = {
    'an answer of 429 that says when': { kind: 'throttle', on, status: 429, retryAfterSeconds: 3 },
    'an answer of 429 that does not': { kind: 'throttle', on, status: 429 },
    'a server that fails': { kind: 'server-error', on },
    'a line that breaks': { kind: 'reset', on },
    'a refused token': { kind: 'unauthorized', on, revoke: true },
    'an answer cut short': { kind: 'truncated', on, rate: 0.5, hits: 9 },
    'a link to another host': { kind: 'foreign-next-page', on, rate: 0.5, hits: 2 },
    'pages that never end': { kind: 'endless-pages', on, rate: 0.5, hits: 3 },
  }

  it.each(Object.entries(faults))('%s changes nothing of what is found in the end', async (_, fault) => {
    const options = { graphPageSize: 2, faults: { seed: 3, faults: [fault] } }
    const { logged, main, pass, tenant } = await openContextWorld(options, BEFORE)
    for (let n = 0; n < 4; n++) await main.look()
    tenant.setDirectory(directory(AFTER))
    for (let n = 0; n < 4; n++) {
      pass(6)
      for (let again = 0; again < 3; again++) await main.look()
    }
    expect(await main.told()).toEqual(TOLD)
    const answers = Object.keys(tenant.audit().calls.directory ?? {})
    expect(answers.some(status => status !== '200') || logged.some(line => /left out/.test(line))).toBe(true)
    expect(tenant.audit().tokensLeaked).toBe(0)
    expect((await main.context.read('mailboxes'))?.items.size).toBe(3)
  })

  it('an answer without any domain is not believed', async () => {
    const { main, pass, tenant } = await openContextWorld({}, BEFORE)
    await main.look()
    tenant.setDirectory({ ...directory(BEFORE), domains: [] })
    pass(6)
    await main.look()
    expect((await main.context.read('domains'))?.items.get('birchwood.example')).not.toHaveProperty('goneAt')
    const [domains] = await main.capabilities()
    expect(domains).toMatchObject({ feed: 'context-domains', state: 'unreachable' })
  })
})

it.each(['before', 'after'] as const)(
  'a death %s any write loses nothing and tells nothing twice',
  async when => {
    let deaths = 0
    for (let death = 1; ; death++) {
      const { pass, process, tables, tenant } = await openContextWorld({}, BEFORE)
      const mortal = dying(tables, death, when)
      let one = process(mortal.tables)
      const round = async () => {
        try {
          await one.look()
        } catch (error) {
          if (!(error instanceof StoreError)) throw error
          deaths++
          one = process(tables)
          pass(0.1)
          await one.look()
        }
      }
      await round()
      tenant.setDirectory(directory(AFTER))
      for (let n = 0; n < 4; n++) {
        pass(6)
        await round()
      }
      expect(await one.told(), `death at write ${death}`).toEqual(TOLD)
      if (!mortal.died()) break
      await tenant.stop()
    }
    expect(deaths).toBeGreaterThan(20)
  },
  60_000,
)

it('names that anybody can choose break neither a look nor a wish', async () => {
  const long = `MailboxItem.${'é~./'.repeat(400)}`
  const { main, pass, tenant } = await openContextWorld({}, BEFORE)
  await main.look()
  tenant.setDirectory(directory({ ...BEFORE, consents: [`${'"\u202e<b>'.repeat(90)}: Mail.Read ${long}`] }))
  await main.read(
    consent(`Mail.Read ${long}`),
    appRole(long, { id: 'none', app: { ...application('x'), principal: long } }),
    domainRecord('é'.repeat(3_000)),
  )
  for (let n = 0; n < 3; n++) {
    await main.look()
    pass(6)
  }
  expect((await main.capabilities()).map(({ state }) => state)).toEqual(Array(5).fill('works'))
  expect((await main.context.read('consents'))?.items.size).toBe(2)
})

it('500 mailboxes and 5,000 applications take few requests, and of applications only those with mail are kept', async () => {
  const { main, pass, tables, tenant } = await openContextWorld({}, { ...BEFORE, people: 500, others: 5_000 })
  await main.look()
  expect(tenant.audit().calls.directory?.[200]).toBeLessThan(30)
  const rows = await everything(tables.table(CONTEXT).range(`${TENANT}.app-roles`, '', '~'))
  expect(rows).toHaveLength(1)
  const before = tables.stats()
  pass(24)
  await main.look()
  // Nothing changed: when each part was looked at, and the report of its observer.
  expect(tables.stats().writes - before.writes).toBe(10)
})
