import { defineCases } from '../../test/support/cases.ts'
import { mailSearch } from '../../test/support/record-compliance.ts'
import { at, host, minutes, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')

/** One search a minute. */
const searches = (
  queries: readonly string[],
  { from = at('09:05'), step = minutes(1), change = {} } = {},
): RawRecord[] => queries.map((query, n) => mailSearch(query, { at: from + n * step, change }))
const different = (count: number, first = 0) => Array.from({ length: count }, (_, n) => `offer ${first + n}`)

const sensitive = { term: 'sensitive', severity: 'medium', count: 3, key: [anna], mailboxes: [anna] } as const
const many = { term: 'many', severity: 'low', count: 21, key: [anna], mailboxes: [anna] } as const

export const cases = defineCases('mailbox-search', {
  fires: {
    'passwords and payments within an hour': {
      records: searches(['password', 'vpn', 'iban']),
      expect: { ...sensitive, recordCount: 3 },
    },
    'all in one query': { records: searches(['password OR invoice OR payroll']), expect: sensitive },
    'words of other languages': {
      records: searches(['mot de passe', 'Überweisung', 'nómina']),
      expect: sensitive,
    },
    'a variant of case, accents and punctuation': {
      records: searches(['Subject:"PASSWORDS"', 'Bank-Details', 'N.D.A. / nda']),
      expect: sensitive,
    },
    'at the edge: the third an hour less a second later': {
      records: [
        mailSearch('password'),
        mailSearch('iban', { at: at('09:40') }),
        mailSearch('payroll', { at: at('10:04:59') }),
      ],
      expect: sensitive,
    },
    'over the edge of a clock hour': {
      records: searches(['password', 'iban', 'lawsuit'], { from: at('09:58'), step: minutes(2) }),
      expect: sensitive,
    },
    'from address to address': {
      records: ['password', 'iban', 'payroll'].map((query, n) =>
        mailSearch(query, { at: at('09:05') + n, ip: host(n) }),
      ),
      expect: { ...sensitive, addresses: [host(0), host(1), host(2)].sort() },
    },
    'the same words again do not count again': {
      records: searches(['password', 'password', 'iban', 'IBAN', 'invoice', 'password iban']),
      expect: sensitive,
    },
    'twenty-one searches within an hour': {
      records: searches(different(21)),
      expect: { ...many, recordCount: 21 },
    },
    'twenty-one searches, one of them twice': {
      records: searches([...different(21), 'OFFER 3']),
      expect: many,
    },
    'sensitive words say more than many searches': {
      records: searches([...different(21), 'password', 'iban', 'payroll']),
      expect: { ...sensitive, count: 3 },
    },
    'late or duplicate content: each record twice': {
      records: [...searches(['password', 'vpn', 'iban']), ...searches(['password', 'vpn', 'iban'])],
      expect: { ...sensitive, recordCount: 3 },
    },
    'the operation in another case': {
      records: searches(['password', 'vpn', 'iban'], {
        change: { Operation: 'SEARCHQUERYINITIATEDEXCHANGE' },
      }),
      expect: sensitive,
    },
    'the mailbox not named': {
      records: searches(['password', 'vpn', 'iban'], {
        change: { MailboxOwnerUPN: undefined, MailboxGuid: undefined },
      }),
      expect: sensitive,
    },
  },
  quiet: {
    'two sensitive words': searches(['password', 'iban']),
    'three sensitive words of one kind: an accountant': searches(['invoice', 'iban', 'remittance']),
    'the third word an hour later': [
      mailSearch('password'),
      mailSearch('iban', { at: at('09:40') }),
      mailSearch('payroll', { at: at('10:05') }),
    ],
    'two people with two words each': [
      ...searches(['password', 'iban']),
      ...['payroll', 'vpn'].map(query => mailSearch(query, { mailbox: person('bruno'), at: at('09:06') })),
    ],
    'twenty searches within an hour': searches(different(20)),
    'twenty-one searches over a day': searches(different(21), { step: minutes(20) }),
    'searches for everything': searches(Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? '*' : '(*)'))),
    'words that only begin or end like ours': searches(['swiftly', 'invoicing', 'compassword', 'salaryman']),
    'everyday words': searches(['account', 'access', 'network', 'computer', 'login']),
    'searches without a text': [mailSearch(''), mailSearch(' ')],
    'searches that failed': searches(['password', 'vpn', 'iban'], { change: { ResultStatus: 'Failed' } }),
  },
})
