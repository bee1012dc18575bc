import { defineCases } from '../../test/support/cases.ts'
import {
  EDGE,
  ERRORS,
  graphSignIn,
  RESOURCES,
  type SignInEvent,
  signIn,
} from '../../test/support/record-sign-ins.ts'
import {
  at,
  bind,
  guid,
  host,
  IMAP,
  item,
  MICROSOFT_ADDRESSES,
  messages,
  OUTLOOK_IOS,
  OWA,
  person,
  type RawRecord,
  sync,
} from '../../test/support/records.ts'

const anna = person('anna')
const PASSWORD = 'an old protocol with a password'
const POP = { ClientInfoString: 'Client=POP3/IMAP4;Protocol=POP3' }
const EAS = { ClientInfoString: 'Client=ActiveSync;Apple-iPhone14C2/2105.236;' }

const read = (change: Partial<Parameters<typeof bind>[0]> = {}): RawRecord =>
  bind({ mailbox: anna, at: at('09:05'), messages: messages(2), client: IMAP, ...change })
const legacy = (event: SignInEvent = {}) =>
  signIn({ userAgent: 'BAV2ROPC', request: 'OAuth2:Token', method: '1', ...event })
/** Known for ten days, by the network he signs in from with a password. */
const known = (event: SignInEvent = {}) => legacy({ at: at('09:05', -10), ...event })

export const cases = defineCases('legacy-protocol', {
  fires: {
    'a password by BAV2ROPC': {
      records: [legacy()],
      expect: { term: 'password', severity: 'low', key: [anna, PASSWORD, '198.51.100.0/24'], count: 1 },
    },
    'a certificate by CBAInPROD': {
      records: [legacy({ userAgent: 'CBAInPROD' })],
      expect: { term: 'password' },
    },
    'a certificate by CBAinTAR': {
      records: [legacy({ userAgent: 'Mozilla/5.0 CBAinTAR' })],
      expect: { term: 'password' },
    },
    'a password over SMTP, as Graph tells it': {
      records: [graphSignIn({}, { clientAppUsed: 'Authenticated SMTP' })],
      expect: { term: 'password', severity: 'low', key: [anna, PASSWORD, '198.51.100.0/24'], count: 1 },
    },
    'a password from one of Microsoft’s own addresses': {
      records: [legacy({ ip: MICROSOFT_ADDRESSES[0] ?? '' })],
      expect: { term: 'password', key: [anna, PASSWORD] },
    },
    'a password from a network that is new': {
      records: [known({ ip: host(0) }), legacy({ ip: host(5) })],
      expect: { term: 'elsewhere', severity: 'medium', key: [anna, PASSWORD, '2001:db8:5::/64'], count: 1 },
    },
    'a password by somebody who had IMAP so far': {
      records: [read({ at: at('09:05', -10) }), legacy()],
      expect: { term: 'new-protocol', severity: 'medium', count: 1, actor: anna },
    },
    'IMAP by somebody who had POP so far': {
      records: [read({ at: at('09:05', -10), client: POP }), read()],
      expect: { term: 'new-protocol', severity: 'medium', key: [anna, 'IMAP'], count: 1, mailboxes: [anna] },
    },
    'POP again after more than a month': {
      records: [read({ at: at('09:05', -31), client: POP }), read({ client: POP })],
      expect: { term: 'new-protocol', key: [anna, 'POP'] },
    },
    'ActiveSync by somebody who had IMAP so far': {
      records: [
        read({ at: at('09:05', -10) }),
        sync({ mailbox: anna, at: at('09:05'), client: EAS, folder: 'Inbox' }),
      ],
      expect: { term: 'activesync', severity: 'low', key: [anna, 'ActiveSync'], count: 1 },
    },
  },
  quiet: {
    'a modern client, as Graph tells it': [
      graphSignIn({}, { clientAppUsed: 'Mobile Apps and Desktop clients' }),
    ],
    'a phone that Graph calls ActiveSync': [graphSignIn({}, { clientAppUsed: 'Exchange ActiveSync' })],
    'Outlook on the web and on a phone': [read({ client: OWA }), read({ client: OUTLOOK_IOS })],
    'a browser': [
      signIn({ userAgent: EDGE }),
      signIn({ userAgent: 'BAV2ROPCX', resource: RESOURCES.sharepoint }),
    ],
    'a password that was wrong': [legacy({ error: ERRORS.password })],
    'IMAP by somebody nobody knew before': [read()],
    'IMAP by somebody who always has it': [read({ at: at('09:05', -30) }), read()],
    'ActiveSync by somebody who always has it': [
      read({ at: at('09:05', -30), client: EAS }),
      read({ client: EAS }),
    ],
    'IMAP that failed': [
      read({ at: at('09:05', -10), client: POP }),
      read({ change: { ResultStatus: 'Failed' } }),
    ],
    'an application over IMAP': [
      read({ at: at('09:05', -10), client: POP }),
      read({ app: guid('a ticket system') }),
    ],
    'something other than reading': [
      read({ at: at('09:05', -10), client: POP }),
      item('Update', { mailbox: anna, at: at('09:05'), client: IMAP }),
    ],
  },
})
