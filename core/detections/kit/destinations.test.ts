import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inboxRule } from '../../../test/support/record-rules.ts'
import { OWN_DOMAIN, person, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { tenantFacts } from '../../pipeline/tenant-domains.ts'
import { destinationKey, reachOf, remarksOn, writtenList } from './destinations.ts'
import { recipients } from './recipients.ts'

const facts = tenantFacts(TENANT, new Set([OWN_DOMAIN]), true)
const { record } = makeParser(TENANT)(inboxRule({}))
if (record === undefined) throw new Error('the rule cannot be read')

describe('a destination', () => {
  it.each([
    ['copy@harvest.example', 'outside'],
    ['copy@lab.birchwood.example', 'outside'],
    [person('bruno'), 'inside'],
    ['/o=Labs/cn=bruno', 'inside'],
    ['Projects archive', 'unknown'],
  ])('%s is %s', (written, reach) => {
    expect(recipients(written).map(to => reachOf(to, record, facts))).toEqual([reach])
  })

  it.each([
    ['Copy@Harvest.Example', 'copy@harvest.example'],
    ['copy+tag@harvest.example', 'copy@harvest.example'],
    ['+1555@harvest.example', '+1555@harvest.example'],
    ['c.o.p.y@harvest.example', 'c.o.p.y@harvest.example'],
    ['X.y+z@googlemail.com', 'xy@gmail.com'],
    ['"A+b"@harvest.example', '"a+b"@harvest.example'],
    ['Projects Archive', 'projects archive'],
  ])('%s is told as %s', (written, key) => {
    expect(recipients(written).map(destinationKey)).toEqual([key])
  })

  it('is told the same however it is written, and shortly', () => {
    const local = fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/)
    fc.assert(
      fc.property(local, fc.stringMatching(/^[a-z0-9]{0,20}$/), (name, tag) => {
        const keys = [`${name}@x.example`, `SMTP:${name.toUpperCase()}+${tag}@X.EXAMPLE.`].map(written =>
          recipients(written).map(destinationKey),
        )
        expect(keys[1]).toEqual(keys[0])
      }),
    )
    expect(recipients(`${'a'.repeat(500)}@x.example`).map(to => destinationKey(to).length)).toEqual([200])
  })

  it('of several is written once each, in order', () => {
    expect(writtenList(recipients('b@x.example;a@x.example;b@x.example'))).toBe('a@x.example, b@x.example')
    expect(writtenList([])).toBe('')
  })

  it.each([
    ['copy@birchwoods.example', true, ['to a look-alike of your own domain']],
    ['copy@gmail.com', false, ['to a public mail provider']],
    ['copy@harvest.example', false, []],
    ['Projects archive', false, []],
  ])('%s is a look-alike: %j, and remarkable for %j', (written, alike, words) => {
    expect(remarksOn(recipients(written), facts)).toEqual({ alike, words })
  })
})
