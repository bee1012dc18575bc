import { expect, it } from 'vitest'
import type { ContextItems, ContextPart, Held, MailRight } from '../model/tenant-context.ts'
import { DAY } from '../model/time.ts'
import { makeContext } from '../stores/context.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeState } from '../stores/state.ts'
import { SETTLED, withContext } from './tenant-context.ts'
import { configuredDomains, learnedDomains } from './tenant-domains.ts'

const FIRST = 100 * DAY
const app = { objectId: 'o1', appId: 'a1', name: 'CRM', publisher: 'unverified' } as const
const right = (more: Partial<MailRight>): MailRight => ({ app, permission: 'Mail.Read', how: 'app', ...more })

function setUp(configured: readonly string[] = []) {
  const tables = makeMemoryTables()
  const context = makeContext(tables, 't')
  const inner =
    configured.length > 0 ? configuredDomains('t', configured) : learnedDomains('t', makeState(tables, 't'))
  const { facts } = withContext(inner, context, configured.length > 0)
  async function keep<P extends ContextPart>(
    part: P,
    items: readonly ContextItems[P][],
    more: { readonly goneAt?: number } = {},
    now = FIRST,
  ) {
    const rows = new Map(items.map(item => [JSON.stringify(item), { item, since: now, ...more }]))
    await context.keep(part, { since: FIRST }, rows, now)
  }
  const domain = (name: string, since: number, more: Partial<Held<{ name: string }>> = {}) =>
    context.keep('domains', { since: FIRST }, new Map([[name, { item: { name }, since, ...more }]]), since)
  return { tables, facts: () => facts([]), keep, domain }
}

it('domains of the first look are the tenant’s own for ever, later ones a week after they came, until they go', async () => {
  const { domain, facts } = setUp()
  await domain('old.example', FIRST)
  await domain('new.example', FIRST + 5 * DAY)
  await domain('gone.example', FIRST, { goneAt: FIRST + 3 * DAY })
  const { domainsKnown, isInternal } = await facts()
  expect(domainsKnown).toBe(true)
  expect(isInternal('old.example', 0)).toBe(true)
  expect(isInternal('new.example', FIRST + 5 * DAY + SETTLED - 1)).toBe(false)
  expect(isInternal('new.example', FIRST + 5 * DAY + SETTLED)).toBe(true)
  expect(isInternal('gone.example', FIRST + 3 * DAY - 1)).toBe(true)
  expect(isInternal('gone.example', FIRST + 3 * DAY)).toBe(false)
  expect(isInternal('other.example', FIRST)).toBe(false)
})

it('configured domains decide alone', async () => {
  const { domain, facts } = setUp(['ours.example'])
  await domain('old.example', FIRST)
  const { domains, isInternal } = await facts()
  expect([...domains]).toEqual(['ours.example'])
  expect(isInternal('old.example', FIRST)).toBe(false)
  expect(isInternal('ours.example', FIRST)).toBe(true)
})

it('before the first look nothing is different', async () => {
  const { facts } = setUp()
  const { application, contact, domainsKnown } = await facts()
  expect([domainsKnown, contact('a'), application('a')]).toEqual([false, undefined, undefined])
})

it('a contact is known by address, name and alias, in any case, and leads to the address that is not ours', async () => {
  const { domain, facts, keep } = setUp()
  await domain('birchwood.example', FIRST)
  const addresses = ['anna.private@birchwood.example', 'anna@mailbox.example']
  await keep('contacts', [{ name: 'Anna Private', alias: 'annap', addresses }])
  const { contact } = await facts()
  for (const name of [...addresses, 'ANNA PRIVATE', 'AnnaP'])
    expect(contact(name)).toEqual({ address: 'anna@mailbox.example' })
  expect(contact('anna')).toBeUndefined()
})

it('a contact whose outside address is not shown leads outside all the same', async () => {
  const { domain, facts, keep } = setUp()
  await domain('birchwood.example', FIRST)
  await keep('contacts', [{ addresses: ['x@birchwood.example'] }])
  expect((await facts()).contact('x@birchwood.example')).toEqual({})
})

it('a name that a mailbox goes by as well says nothing', async () => {
  const { facts, keep } = setUp()
  await keep('contacts', [{ name: 'Anna Birch', alias: 'anna', addresses: ['anna@mailbox.example'] }])
  await keep('mailboxes', [{ name: 'Anna Birch', address: 'anna@birchwood.example' }])
  const { contact } = await facts()
  expect([contact('Anna Birch'), contact('anna')]).toEqual([undefined, undefined])
  expect(contact('anna@mailbox.example')).toEqual({ address: 'anna@mailbox.example' })
})

it('people are known by their object id, also those who have left', async () => {
  const { facts, keep } = setUp()
  const ben = { address: 'ben@birchwood.example' }
  await keep('mailboxes', [ben], { goneAt: FIRST + 5 })
  // The row is the object id; here it is the item.
  expect((await facts()).person(JSON.stringify(ben).toUpperCase())).toBe('ben@birchwood.example')
  expect((await facts()).person('x')).toBeUndefined()
})

it('an application is known by both its ids, with all its rights, until they are gone', async () => {
  const { facts, keep } = setUp()
  await keep('app-roles', [right({})])
  await keep('consents', [right({ how: 'people', permission: 'Mail.Send' })])
  await keep('consents', [right({ permission: 'Mail.ReadWrite' })], { goneAt: FIRST })
  const { application } = await facts()
  const rights = [
    { permission: 'Mail.Read', how: 'app' },
    { permission: 'Mail.Send', how: 'people' },
  ]
  expect(application('A1')).toEqual({ ...app, rights })
  expect(application('o1')).toEqual({ ...app, rights })
  expect(application('other')).toBeUndefined()
})

it('is read again only when somebody has looked again', async () => {
  const { domain, facts, tables } = setUp()
  await domain('old.example', FIRST)
  await facts()
  const before = tables.stats()
  await facts()
  // One for the version, one for the learned domains.
  expect(tables.stats().reads - before.reads).toBe(2)
  await domain('newer.example', FIRST)
  expect((await facts()).isInternal('newer.example')).toBe(true)
})
