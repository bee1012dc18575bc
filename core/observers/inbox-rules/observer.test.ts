import { describe, expect, it } from 'vitest'
import { dying } from '../../../test/contracts/dying.ts'
import { makeMemoryTables } from '../../stores/memory.ts'
import { RULES_COVERAGE } from './observer.ts'
import { DAY, forward, line, MINUTE, NINE, OUTSIDE, setUp, upn, user } from './rules.test-kit.ts'

const lines = async (world: Awaited<ReturnType<typeof setUp>>) => (await world.told()).map(line).sort()

describe('the first sweep', () => {
  it('lists the rules that were there, once, and alarms of none of them', async () => {
    const world = await setUp()
    world.mailboxes.plant({ mailbox: upn('anna'), rule: forward() })
    world.mailboxes.plant({ mailbox: upn('carla'), rule: { displayName: 'Ads', actions: { delete: true } } })
    world.mailboxes.plant({
      mailbox: upn('bruno'),
      rule: { displayName: 'Tidy', actions: { markAsRead: true } },
    })
    await world.round()
    world.clock.advance(DAY)
    await world.round()
    expect(await lines(world)).toEqual([
      `InboxRulesAtStart anna@birchwood.example Invoices 09:00 ${OUTSIDE}`,
      'InboxRulesAtStart carla@birchwood.example Ads 09:00',
    ])
    expect(await world.state.read(RULES_COVERAGE)).toMatchObject({
      read: 3,
      absent: 0,
      failed: 0,
      listed: true,
    })
  })

  it('that is cut short goes on where it stopped, and its list is one', async () => {
    const users = Array.from({ length: 70 }, (_, n) => user(`p${String(n).padStart(2, '0')}`))
    const outage = {
      kind: 'server-error',
      on: ['messageRules'],
      from: NINE,
      until: NINE + 10 * MINUTE,
    } as const
    const world = await setUp({ users, fault: { ...outage, rate: 0.3 } })
    for (const { userPrincipalName: mailbox } of users) world.mailboxes.plant({ mailbox, rule: forward() })
    const stop = new AbortController()
    const cut = world.round(stop.signal)
    setTimeout(() => stop.abort(), 60)
    expect(await cut).toMatchObject({ problem: { kind: 'unavailable' } })
    expect(await lines(world)).toEqual([])
    world.clock.set(NINE + 15 * MINUTE)
    expect(await world.round()).not.toHaveProperty('problem')
    const all = await lines(world)
    expect(all).toHaveLength(70)
    expect(new Set(all.map(one => one.split(' ')[0]))).toEqual(new Set(['InboxRulesAtStart']))
    expect(new Set(all.map(one => one.split(' ')[3])).size).toBe(1)
  })

  it('lists later what could not be read then', async () => {
    const fault = { kind: 'server-error', on: ['messageRules'], until: NINE + DAY / 2, rate: 0.4 } as const
    const world = await setUp({ fault, users: Array.from({ length: 6 }, (_, n) => user(`p${n}`)) })
    for (const { userPrincipalName: mailbox } of world.mailboxes.users())
      world.mailboxes.plant({ mailbox, rule: forward() })
    await world.round()
    const first = (await lines(world)).length
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThan(6)
    world.clock.set(NINE + DAY)
    await world.round()
    expect((await lines(world)).map(one => one.split(' ')[0])).toEqual(Array(6).fill('InboxRulesAtStart'))
  })
})

describe('a rule that appears later', () => {
  it('is told by the next sweep, with the time of the last look', async () => {
    const world = await setUp()
    await world.round()
    world.mailboxes.plant({ mailbox: upn('anna'), rule: forward() })
    world.clock.advance(DAY + 5 * MINUTE)
    await world.round()
    world.clock.advance(DAY)
    await world.round()
    const [found, ...others] = await world.told()
    expect(others).toEqual([])
    expect(found).toMatchObject({
      Operation: 'InboxRuleFound',
      CreationTime: '2026-11-19T09:05:00',
      UserId: 'waxseal',
      MailboxOwnerUPN: upn('anna'),
      Observed: { NotBefore: '2026-11-18T09:00:00Z' },
    })
  })

  it('is told within a quarter of an hour of a record that tells of a change, as its maker’s', async () => {
    const world = await setUp()
    await world.round()
    world.mailboxes.plant({ mailbox: upn('bruno'), rule: forward('.') })
    world.clock.advance(90 * MINUTE)
    await world.ask('bruno', NINE + 7 * MINUTE, upn('zoe'), '203.0.113.9')
    world.clock.advance(15 * MINUTE)
    await world.round()
    expect(await world.told()).toMatchObject([
      {
        Operation: 'InboxRuleFound',
        CreationTime: '2026-11-18T09:07:59',
        UserId: upn('zoe'),
        ClientIP: '203.0.113.9',
        Observed: { AfterChange: true },
      },
    ])
  })

  it('is told after a request at Graph, which names the mailbox by the id of its user', async () => {
    const id = '7d0f6a3e-5b1c-4e2d-9a8f-0c1b2d3e4f50'
    const world = await setUp({ users: [user('anna', { id })] })
    await world.round()
    world.mailboxes.plant({ mailbox: upn('anna'), rule: forward() })
    world.clock.advance(15 * MINUTE)
    const wish = JSON.stringify([id, (NINE + 5 * MINUTE) / MINUTE, 'app:a'])
    await world.wanted.ask('inbox-rules', [wish, JSON.stringify(['nobody', 1, 'x'])], NINE / 1000)
    await world.round()
    expect(await world.told()).toMatchObject([{ MailboxOwnerUPN: upn('anna'), UserId: 'app:a' }])
  })

  it('is not the doing of a change from before the last look', async () => {
    const world = await setUp()
    await world.round()
    world.mailboxes.plant({ mailbox: upn('bruno'), rule: forward('.') })
    world.clock.advance(30 * MINUTE)
    await world.ask('bruno', NINE - 30 * MINUTE, upn('zoe'))
    await world.round()
    expect(await world.told()).toMatchObject([{ CreationTime: '2026-11-18T09:30:00', UserId: 'waxseal' }])
  })

  it('is told again when it was gone and comes back, changes, or is switched on', async () => {
    const world = await setUp()
    const mailbox = upn('anna')
    const off = { ...forward('Off'), isEnabled: false }
    world.mailboxes.plant({ mailbox, rule: off })
    await world.round()
    const days = [
      () => world.mailboxes.plant({ mailbox, rule: forward() }),
      () => world.mailboxes.takeAway(mailbox, 'Invoices'),
      () => world.mailboxes.plant({ mailbox, rule: forward() }),
      () =>
        world.mailboxes.plant({
          mailbox,
          rule: { ...forward(), actions: { ...forward().actions, delete: true } },
        }),
      () => world.mailboxes.plant({ mailbox, rule: { ...off, isEnabled: true } }),
    ]
    const counts: number[] = []
    for (const change of days) {
      change()
      world.clock.advance(DAY)
      await world.round()
      counts.push((await world.told()).length)
    }
    expect(counts).toEqual([1, 1, 2, 3, 4])
  })

  it('in a mailbox that is new is told, as the mailbox was not there before us', async () => {
    const world = await setUp()
    await world.round()
    world.mailboxes.addUsers([user('dora')])
    world.mailboxes.plant({ mailbox: upn('dora'), rule: forward() })
    world.clock.advance(DAY)
    await world.round()
    expect(await lines(world)).toEqual([`InboxRuleFound dora@birchwood.example Invoices 09:00 ${OUTSIDE}`])
  })
})

describe('requests', () => {
  const asked = ({ audit }: Awaited<ReturnType<typeof setUp>>) => audit.audit().calls.messageRules

  it('are one a mailbox and day, and a burst of changes asks for one more', async () => {
    const world = await setUp({ users: Array.from({ length: 40 }, (_, n) => user(`p${n}`)) })
    await world.round()
    expect(asked(world)).toEqual({ 200: 40 })
    world.clock.advance(MINUTE)
    for (let n = 0; n < 300; n++) await world.ask('p7', NINE + (n % 3) * MINUTE)
    for (let n = 0; n < 3; n++) await world.round()
    expect(asked(world)).toEqual({ 200: 41 })
  })

  it('for 500 mailboxes fit into one round, and no quota is passed', async () => {
    const world = await setUp({ users: Array.from({ length: 500 }, (_, n) => user(`p${n}`)) })
    await world.round()
    expect(asked(world)).toEqual({ 200: 500 })
    expect(await world.state.read(RULES_COVERAGE)).toMatchObject({ read: 500, failed: 0 })
    expect(world.clock.now() - NINE).toBeLessThan(5 * MINUTE)
    expect(world.audit.audit().overQuota).toBe(0)
  })
})

describe('folders', () => {
  const filing = (displayName: string, folder: string) => ({
    displayName,
    conditions: { subjectContains: ['invoice'] },
    actions: { moveToFolder: folder, markAsRead: true },
  })
  const movesTo = async (world: Awaited<ReturnType<typeof setUp>>) =>
    Object.fromEntries(
      (await world.told()).map(({ ObjectId, Parameters }) => [
        ObjectId,
        (Array.isArray(Parameters) ? Parameters : []).find(({ Name }) => Name === 'MoveToFolder')?.Value,
      ]),
    )
  async function filed(options: Parameters<typeof setUp>[0] = {}) {
    const world = await setUp({ users: [user('anna')], ...options })
    const anna = world.mailboxes.user(upn('anna')) ?? expect.fail()
    await world.round()
    for (const { id, displayName } of world.mailboxes.folders(anna))
      world.mailboxes.plant({ mailbox: upn('anna'), rule: filing(displayName, id) })
    world.clock.advance(DAY)
    await world.round()
    return world
  }

  it('are named in words that every language is known by, and one’s own as they are', async () => {
    expect(await movesTo(await filed())).toMatchObject({
      'Gelöschte Elemente': 'Deleted Items',
      'Junk-E-Mail': 'Junk Email',
      Archiv: 'Archive',
      'Aufgezeichnete Unterhaltungen': 'Conversation History',
      Suppliers: 'Suppliers',
      'RSS Feeds': 'RSS Feeds',
    })
  })

  it('whose names may not be read are told by the ends of their ids, or not at all', async () => {
    const roles = ['MailboxSettings.Read', 'User.ReadBasic.All'] as const
    const told = await movesTo(await filed({ roles }))
    expect(told['Gelöschte Elemente']).toBe('Deleted Items')
    expect(told.Suppliers).toMatch(/^AAMk/)
  })

  it('that become known later make no rule new', async () => {
    const world = await filed({ roles: ['MailboxSettings.Read', 'User.ReadBasic.All'] })
    const before = (await world.told()).length
    world.audit.grant('Mail.ReadBasic.All')
    world.clock.advance(DAY)
    await world.round()
    expect(await world.told()).toHaveLength(before)
  })
})

describe('what the tenant does not allow', () => {
  it('is a missing permission, and what was there when it is granted is the first sweep’s', async () => {
    const world = await setUp({ roles: ['User.ReadBasic.All'] })
    world.mailboxes.plant({ mailbox: upn('anna'), rule: forward() })
    expect(await world.round()).toMatchObject({ problem: { kind: 'permission-missing' } })
    expect(await world.round()).toBeUndefined()
    world.audit.grant('MailboxSettings.Read')
    world.clock.advance(60 * MINUTE)
    expect(await world.round()).not.toHaveProperty('problem')
    expect(await lines(world)).toEqual([`InboxRulesAtStart anna@birchwood.example Invoices 10:00 ${OUTSIDE}`])
  })

  it('leaves mailboxes that records name where users may not be listed', async () => {
    const world = await setUp({ roles: ['MailboxSettings.Read'] })
    for (const name of ['anna', 'bruno']) world.mailboxes.plant({ mailbox: upn(name), rule: forward() })
    expect(await world.round()).toMatchObject({ problem: { kind: 'permission-missing' } })
    world.clock.advance(60 * MINUTE)
    await world.ask('anna', NINE)
    expect(await world.round()).not.toHaveProperty('problem')
    expect(await world.state.read(RULES_COVERAGE)).toMatchObject({ read: 1, listed: false })
    world.mailboxes.plant({ mailbox: upn('anna'), rule: forward('More') })
    world.clock.advance(DAY)
    await world.round()
    expect(await lines(world)).toEqual([
      `InboxRuleFound anna@birchwood.example More 10:00 ${OUTSIDE}`,
      `InboxRulesAtStart anna@birchwood.example Invoices 10:00 ${OUTSIDE}`,
    ])
  })

  it('is no list to alarm of once users may be listed', async () => {
    const world = await setUp({ roles: ['MailboxSettings.Read'] })
    for (const name of ['anna', 'bruno']) world.mailboxes.plant({ mailbox: upn(name), rule: forward() })
    await world.ask('anna', NINE)
    await world.round()
    world.audit.grant('User.ReadBasic.All')
    world.clock.advance(30 * DAY)
    await world.round()
    expect(new Set((await lines(world)).map(one => one.split(' ')[0]))).toEqual(
      new Set(['InboxRulesAtStart']),
    )
    expect(await lines(world)).toHaveLength(2)
  })
})

describe('a mailbox', () => {
  it('that is none, or a guest’s, is left out', async () => {
    const guest = user('pat', { userPrincipalName: 'pat_x.example#EXT#@birchwood.example' })
    const world = await setUp({ users: [user('anna'), user('scanner', { mailbox: 'none' }), guest] })
    await world.round()
    expect(await world.state.read(RULES_COVERAGE)).toMatchObject({ read: 1, absent: 1, failed: 0 })
  })

  it.each([
    { kind: 'server-error', permanent: true },
    { kind: 'throttle', permanent: true },
    { kind: 'truncated', permanent: true },
    { kind: 'endless-pages', permanent: true },
    { kind: 'foreign-next-page', permanent: true },
    { kind: 'reset', permanent: true },
  ] as const)('that meets %j fails alone', async fault => {
    const users = Array.from({ length: 12 }, (_, n) => user(`p${n}`))
    const world = await setUp({
      users,
      graphPageSize: 1,
      fault: { ...fault, on: ['messageRules'], rate: 0.25 },
    })
    await world.round()
    for (const { userPrincipalName: mailbox } of users)
      for (const name of ['One', 'Two']) world.mailboxes.plant({ mailbox, rule: forward(name) })
    world.clock.advance(DAY)
    await world.round()
    const told = (await lines(world)).filter(one => one.startsWith('InboxRuleFound'))
    expect(told.length % 2).toBe(0)
    expect(told.length).toBeGreaterThan(0)
    expect(told.length).toBeLessThan(24)
    expect(world.audit.audit().tokensLeaked).toBe(0)
  })

  it('is read page by page', async () => {
    const world = await setUp({ graphPageSize: 2 })
    for (let n = 0; n < 5; n++) world.mailboxes.plant({ mailbox: upn('anna'), rule: forward(`Rule ${n}`) })
    await world.round()
    expect(await lines(world)).toHaveLength(5)
  })

  it('that is throttled is waited for', async () => {
    const fault = { kind: 'throttle', on: ['messageRules'], rate: 0.5, retryAfterSeconds: 20 } as const
    const world = await setUp({ fault, users: Array.from({ length: 8 }, (_, n) => user(`p${n}`)) })
    await world.round()
    expect(await world.state.read(RULES_COVERAGE)).toMatchObject({ read: 8, failed: 0 })
  })
})

describe('a death', () => {
  /** First look, rules appear, a change is recorded, the next day. */
  async function days(world: Awaited<ReturnType<typeof setUp>>, round: () => Promise<unknown>) {
    const twice = async () => {
      await round().catch(() => {})
      world.clock.advance(15 * MINUTE)
      await world.round()
    }
    world.mailboxes.plant({ mailbox: upn('anna'), rule: forward('Old') })
    world.mailboxes.plant({ mailbox: upn('bruno'), rule: forward('Old') })
    await twice()
    world.mailboxes.plant({ mailbox: upn('anna'), rule: forward('New') })
    await world.ask('anna', world.clock.now())
    world.clock.advance(15 * MINUTE)
    await twice()
    world.mailboxes.plant({ mailbox: upn('carla'), rule: forward('Silent') })
    world.clock.advance(DAY)
    await twice()
    const told = await world.told()
    return told.map(({ Operation, ObjectId, UserId }) => `${Operation} ${ObjectId} ${UserId}`).sort()
  }

  it('at any write loses nothing and tells nothing twice', async () => {
    const calm = await setUp()
    const expected = await days(calm, calm.round)
    expect(expected).toHaveLength(4)
    let deaths = 0
    for (const when of ['before', 'after'] as const)
      for (let death = 1; ; death++) {
        const tables = makeMemoryTables()
        const world = await setUp({ tables })
        const mortal = dying(tables, death, when)
        expect(await days(world, () => world.roundOn(mortal.tables)), `${when} write ${death}`).toEqual(
          expected,
        )
        if (!mortal.died()) break
        deaths++
      }
    expect(deaths).toBeGreaterThan(30)
  })
})
