import { defineCases } from '../../test/support/cases.ts'
import {
  at,
  attachments,
  bind,
  type Client,
  ews,
  graphApp,
  guid,
  IMAP,
  messages,
  nameValues,
  OUTLOOK,
  OWA,
  person,
  type RawRecord,
  SUBSTRATE,
  service,
  sync,
} from '../../test/support/records.ts'

const anna = person('anna')

const read = (client: Client | undefined, properties: unknown, change: RawRecord = {}) =>
  bind({
    mailbox: anna,
    at: at('14:10'),
    messages: messages(3),
    client,
    change: { OperationProperties: properties, ...change },
  })
const throttled = (client: Client | undefined, change: RawRecord = {}) =>
  read(client, nameValues({ MailAccessType: 'Bind', IsThrottled: 'True' }), change)

const high = { term: 'throttled', severity: 'high', count: 1, key: [anna], mailboxes: [anna] } as const

/** Ways to drive a mailbox into throttling that other rules do not look at. */
const CLIENTS = {
  Graph: graphApp(guid('archive')),
  EWS: ews('archive/1.0'),
  IMAP,
  'Outlook on the web': OWA,
  'Microsoft’s own services': service(SUBSTRATE),
  'an unknown client': {},
}

export const cases = defineCases('audit-throttled', {
  fires: {
    ...Object.fromEntries(
      Object.entries(CLIENTS).map(([name, client]) => [
        `throttled: over ${name}`,
        { records: [throttled(client)], expect: high },
      ]),
    ),
    'throttled: the property first in the list': {
      records: [read(OWA, nameValues({ IsThrottled: 'True', MailAccessType: 'Bind' }))],
      expect: high,
    },
    'throttled: alone in the list, written as JSON': {
      records: [read(OWA, '[{"Value":"True","Name":"IsThrottled"}]')],
      expect: high,
    },
    'throttled: a variant of name and value': {
      records: [read(OWA, nameValues({ isTHROTTLED: '1' }))],
      expect: high,
    },
    'throttled: attachments': {
      records: [
        attachments({
          mailbox: anna,
          at: at('14:10'),
          count: 4,
          change: { OperationProperties: nameValues({ IsThrottled: 'True' }) },
        }),
      ],
      expect: high,
    },
    'throttled: a delegate is named': {
      records: [
        bind({
          mailbox: anna,
          by: person('bruno'),
          at: at('14:10'),
          messages: messages(1),
          change: { OperationProperties: nameValues({ IsThrottled: 'True' }) },
        }),
      ],
      expect: { ...high, actor: person('bruno') },
    },
    'throttled: the mailbox told by its id alone': {
      records: [throttled(OWA, { MailboxOwnerUPN: undefined })],
      expect: { term: 'throttled', key: [guid(anna)] },
    },
    'throttled: the operation in another case': {
      records: [throttled(OWA, { Operation: 'mailitemsaccessed' })],
      expect: high,
    },
    'late or duplicate content: the same record twice': {
      records: [throttled(OWA), throttled(OWA)],
      expect: { ...high, recordCount: 1 },
    },
  },
  quiet: {
    'a read that is not throttled': [bind({ mailbox: anna, at: at('14:10'), messages: messages(99) })],
    'a read that does not say': [read(OWA, nameValues({ MailAccessType: 'Bind' }))],
    'another property that is true': [
      read(OWA, nameValues({ MailAccessType: 'Bind', IsShared: 'True', IsThrottled: 'False' })),
    ],
    'the word as a value': [read(OWA, nameValues({ MailAccessType: 'IsThrottled', Other: 'True' }))],
    'a folder copied by desktop Outlook': [
      sync({ mailbox: anna, at: at('14:10'), folder: 'Inbox', client: OUTLOOK }),
    ],
  },
})
