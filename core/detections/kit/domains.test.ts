import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inboxRule, outlookRule } from '../../../test/support/record-rules.ts'
import { person, type RawRecord, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { tenantFacts } from '../../pipeline/tenant-domains.ts'
import { domainOf, isInternal, isPublicProvider, looksLike } from './domains.ts'
import { asciiDomain } from './recipients.ts'

function read(raw: RawRecord) {
  const { record, rejected } = makeParser(TENANT)(raw)
  if (record === undefined) throw new Error(rejected)
  return record
}

describe('the domain of a user', () => {
  it.each([
    ['anna@birchwood.example', 'birchwood.example'],
    ['Anna@Birchwood.Example', 'birchwood.example'],
    ['anna@bücher.example', 'xn--bcher-kva.example'],
    ['anna_harvest.example#EXT#@birchwood.example', undefined],
    ['anna_harvest.example#ext#@birchwood.example', undefined],
    ['S-1-5-18', undefined],
    ['app:00000003-0000-0000-c000-000000000000', undefined],
    ['anna@', undefined],
    [undefined, undefined],
  ])('%s is %s', (upn, domain) => {
    expect(domainOf(upn)).toBe(domain)
  })
})

describe('a domain', () => {
  const known = tenantFacts(TENANT, new Set(['birchwood.example', 'xn--bcher-kva.example']), true)
  const learned = tenantFacts(TENANT, new Set(), false)
  const rule = read(inboxRule({}, { owner: person('anna') }))

  it.each([
    ['birchwood.example', true],
    ['xn--bcher-kva.example', true],
    ['birchwood.onmicrosoft.example', true],
    ['mail.birchwood.example', false],
    ['notbirchwood.example', false],
    ['birchwood.example.harvest.example', false],
    ['example', false],
    ['', false],
  ])('%s is one of ours: %j', (domain, ours) => {
    expect(isInternal(domain, rule, known)).toBe(ours)
  })

  it('of the acting user or the mailbox owner is ours only while ours are unknown', () => {
    const other = read(inboxRule({}, { owner: 'anna@subsidiary.example' }))
    expect(isInternal('subsidiary.example', other, learned)).toBe(true)
    expect(isInternal('subsidiary.example', other, known)).toBe(false)
    const visited = read(outlookRule([], { mailbox: 'anna@subsidiary.example', by: 'tech@partner.example' }))
    expect(isInternal('subsidiary.example', visited, learned)).toBe(true)
  })

  it.each([3, 4, 5, 6, 9, 10])('of a user of type %j is never ours by his acting alone', UserType => {
    const record = read(inboxRule({}, { owner: 'tech@partner.example', change: { UserType } }))
    expect(isInternal('partner.example', record, learned)).toBe(false)
  })

  it('of a guest is not ours, and his presence makes nothing ours', () => {
    const record = read(inboxRule({}, { owner: 'tech_partner.example#EXT#@birchwood.example' }))
    expect(isInternal('partner.example', record, learned)).toBe(false)
    expect(isInternal('birchwood.example', record, learned)).toBe(false)
  })

  it.each([
    ['gmail.com', true],
    ['outlook.com', true],
    ['mail.gmail.com', false],
    ['birchwood.example', false],
  ])('%s is a public provider: %j', (domain, is) => {
    expect(isPublicProvider(domain)).toBe(is)
  })
})

describe('a look-alike', () => {
  const own = ['birchwood.example', 'elm.example', 'bw.onmicrosoft.example']

  it.each([
    ['birchwoods.example', true],
    ['birchwod.example', true],
    ['bircwhood.example', true],
    ['birchwood-invoices.example', true],
    ['secure-birchwood.harvest.example', true],
    ['birchwood.harvest.example', true],
    ['mail.birchwood.harvest.example', true],
    ['birchwood.exampel', true],
    ['b1rchw00d.example', true],
    ['blrchwood.example', true],
    ['birchvvood.example', true],
    ['birchwооd.example', true],
    ['bìrchwood.example', true],
    ['bırchwооd.example', true],
    ['birchwood.example', false],
    ['mail.birchwood.example', false],
    ['elm.example', false],
    ['helm.harvest.example', false],
    ['elms.example', false],
    ['harvest.example', false],
    ['birch.example', false],
    ['oakwood.example', false],
  ])('is %s: %j', (domain, is) => {
    expect(looksLike(asciiDomain(domain) ?? '', own)).toBe(is)
  })

  it('is no sub-domain of ours, even beside another of ours with the same name', () => {
    expect(looksLike('mail.birchwood.example', ['birchwood.onmicrosoft.example', 'birchwood.example'])).toBe(
      false,
    )
  })

  it('is there for any two edits of the name, and never our own', () => {
    const name = fc.stringMatching(/^[a-z]{6,12}$/)
    const letter = fc.stringMatching(/^[a-z]$/)
    fc.assert(
      fc.property(name, letter, letter, fc.nat(20), fc.nat(20), (ours, a, b, i, j) => {
        const edited = [...ours]
        edited.splice(i % ours.length, 1, a)
        edited.splice(j % ours.length, 0, b)
        const [domain, home] = [`${edited.join('')}.example`, `${ours}.example`]
        expect(looksLike(domain, [home])).toBe(domain !== home)
        expect(looksLike(home, [home])).toBe(false)
      }),
    )
  })
})
