import { describe, expect, it } from 'vitest'
import { factsOf, read } from '../../../test/support/corpus.ts'
import { at, guid, ORGANISATION, person, sealed } from '../../../test/support/records.ts'
import { bareName, grantee } from './grantees.ts'

const records = [
  sealed(at('09:00'), 'Add-MailboxPermission', {
    RecordType: 1,
    UserType: 2,
    UserId: person('Helen'),
    OrganizationName: ORGANISATION,
  }),
]
const facts = factsOf({ detection: '', title: '', records, learned: false, expect: undefined })
const kind = (given: string) => read(records).map(record => grantee(given, record, facts).kind)[0]

describe('a grantee', () => {
  it.each([
    ['helen@birchwood.example', 'self'],
    ['HELEN', 'self'],
    ['EURP.PROD.OUTLOOK.EXAMPLE/Hosted Organizations/birchwood/Helen', 'self'],
    ['anna@birchwood.example', 'inside'],
    ['Anna Berg', 'inside'],
    [guid('anna'), 'inside'],
    ['anna@birchwood.onmicrosoft.example', 'inside'],
    ['/o=ExchangeLabs/ou=Group/cn=Recipients/cn=helen', 'inside'],
    ['Default', 'everyone'],
    ['ANONYMOUS', 'everyone'],
    ['S-1-1-0', 'everyone'],
    ['NT AUTHORITY\\Authenticated Users', 'everyone'],
    ['tom@partner.example', 'outside'],
    ['tom@evilbirchwood.example', 'outside'],
    ['tom_partner.example#EXT#@birchwood.onmicrosoft.example', 'outside'],
    ['ExchangePublishedUser.tom@partner.example', 'outside'],
    [`ServicePrincipal_${guid('app')}`, 'application'],
    ['NT AUTHORITY\\SELF', 'nobody'],
    ['Member@local', 'nobody'],
    ['', 'nobody'],
  ])('%s is %s', (given, expected) => {
    expect(kind(given)).toBe(expected)
  })

  it('has a short name', () => {
    expect(bareName(' "EURP/x/Anna Berg" ')).toBe('anna berg')
    expect(bareName('x'.repeat(500))).toHaveLength(120)
  })
})
