import { expect, it } from 'vitest'
import { makeParser } from '../feeds/normalise/parse.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeState } from '../stores/state.ts'
import { configuredDomains, learnedDomains, ownerDomains } from './tenant-domains.ts'

const ownedBy = (MailboxOwnerUPN: string) => {
  const raw = {
    Id: '1',
    Operation: 'MailItemsAccessed',
    CreationTime: '2026-11-20T00:00:00',
    MailboxOwnerUPN,
  }
  return makeParser('t')(raw).record ?? []
}
const domainsOf = (mailbox: string) => ownerDomains([ownedBy(mailbox)].flat())

it('configured domains decide alone, whatever the records name', async () => {
  const facts = await configuredDomains('t', ['Birchwood.example']).facts(domainsOf('a@other.example'))
  expect(facts.isInternal('birchwood.example')).toBe(true)
  expect(facts.isInternal('other.example')).toBe(false)
  expect(facts.domainsKnown).toBe(true)
})

it('domains are learned from mailbox owners before they are used, and kept', async () => {
  const state = makeState(makeMemoryTables(), 't')
  const first = await learnedDomains('t', state).facts(domainsOf('a@birchwood.example'))
  expect([...first.domains]).toEqual(['birchwood.example'])
  expect(first.domainsKnown).toBe(false)
  const second = await learnedDomains('t', state).facts(domainsOf('b@elm.example'))
  expect([...second.domains].sort()).toEqual(['birchwood.example', 'elm.example'])
  expect((await learnedDomains('t', state).facts([])).isInternal('elm.example')).toBe(true)
})
