import { defineCases } from '../../test/support/cases.ts'
import {
  at,
  attachments,
  bind,
  burst,
  counted,
  guid,
  host,
  messages,
  minutes,
  person,
  SUBSTRATE,
  service,
  staff,
  sync,
} from '../../test/support/records.ts'

const anna = person('anna')
const app = guid('archive')

const read = (count: unknown, change = {}) => counted({ mailbox: anna, at: at('09:05'), count, change })
const low = { term: 'large', severity: 'low', count: 1, key: [anna], mailboxes: [anna] } as const

export const cases = defineCases('large-access-record', {
  fires: {
    'a hundred messages in one record': {
      records: [bind({ mailbox: anna, at: at('09:05'), messages: messages(100) })],
      expect: { ...low, notes: ['100 messages'] },
    },
    'a hundred messages over four folders': {
      records: [
        bind({
          mailbox: anna,
          at: at('09:05'),
          messages: messages(100),
          folders: ['\\Inbox', '\\Sent Items', '\\Archive', '\\Invoices'],
        }),
      ],
      expect: low,
    },
    'the count as text': { records: [read('100')], expect: low },
    'the count as a decimal': { records: [read('100.0')], expect: low },
    'the count as a power': { records: [read('1e2')], expect: low },
    'a hundred attachments': {
      records: [attachments({ mailbox: anna, at: at('09:05'), count: 100 })],
      expect: low,
    },
    'an application, named as the owner': {
      records: [bind({ mailbox: anna, app, at: at('09:05'), messages: messages(120) })],
      expect: { ...low, key: [`app:${app}`], actor: `app:${app}`, notes: ['120 messages'] },
    },
    'an application in many mailboxes is one finding': {
      records: staff(6).map((mailbox, n) =>
        bind({ mailbox, app, at: at('09:05') + minutes(n), messages: messages(100, 100 * n) }),
      ),
      expect: { term: 'large', count: 6, mailboxes: staff(6), recordCount: 6 },
    },
    'two records of a day': {
      records: [read(150), counted({ mailbox: anna, at: at('16:00'), count: 100 })],
      expect: { ...low, count: 2, notes: ['100 messages', '150 messages'] },
    },
    'the operation in another case': {
      records: [read(100, { Operation: 'MAILITEMSACCESSED' })],
      expect: low,
    },
    'the name of the mailbox missing': {
      records: [read(100, { MailboxOwnerUPN: undefined, MailboxGuid: undefined })],
      expect: { term: 'large', mailboxes: [] },
    },
  },
  quiet: {
    'ninety-nine messages in one record': [
      bind({ mailbox: anna, at: at('09:05'), messages: messages(99) }),
      read('99.9'),
    ],
    'just under a hundred, again and again': burst({
      mailbox: anna,
      messages: 99 * 8,
      per: 99,
      from: at('09:05'),
      over: minutes(50),
    }),
    'just under a hundred, from address to address': Array.from({ length: 8 }, (_, n) =>
      bind({ mailbox: anna, at: at('09:05') + n, messages: messages(99, 99 * n), ip: host(n) }),
    ),
    'one of Microsoft’s own services': [
      bind({ mailbox: anna, at: at('09:05'), messages: messages(400), client: service(SUBSTRATE) }),
    ],
    'an application somebody vouched for': {
      records: [bind({ mailbox: anna, at: at('09:05'), messages: messages(400), app })],
      declared: { isTrustedApp: id => id === app },
    },
    'a read that failed': [read(500, { ResultStatus: 'Failed' })],
    'a read without a count': [read(undefined), sync({ mailbox: anna, at: at('09:05'), folder: 'Inbox' })],
    'a count that is none': [read('many'), read(-100), read('')],
  },
})
