import { defineCases } from '../../test/support/cases.ts'
import {
  AZURE_CLI,
  at,
  bind,
  burst,
  counted,
  ews,
  graphApp,
  guid,
  host,
  hours,
  IMAP,
  MICROSOFT_ADDRESSES,
  messages,
  minutes,
  OLD_OUTLOOK,
  OUTLOOK,
  OUTLOOK_IOS,
  person,
  SUBSTRATE,
  service,
  staff,
} from '../../test/support/records.ts'

const anna = person('anna')
const app = guid('a harvesting application')
const key = [`app:${app}`] as const
const hour = { mailbox: anna, from: at('09:05'), over: minutes(59) }
const graph = MICROSOFT_ADDRESSES[2]

/** One reader who changes folder, session and address between records, and waits six minutes each time. */
const hopping = (last: number) =>
  Array.from({ length: 10 }, (_, n) =>
    bind({
      mailbox: anna,
      at: at('09:05') + minutes(6 * n),
      messages: messages(n === 9 ? last : 50, 50 * n),
      folders: ['\\Boîte de réception', '\\Brouillons', '\\Deleted Items\\Éléments supprimés'],
      session: `session ${n % 5}`,
      ip: host(n),
    }),
  )

/** An application in five mailboxes, a hundred messages each. */
const inFive = (change: object, short = 0) =>
  staff(5).flatMap((mailbox, n) =>
    burst({
      ...hour,
      mailbox,
      app,
      messages: 100 - (n === 0 ? short : 0),
      first: 100 * n,
      ip: graph,
      ...change,
    }),
  )

/** A client used by two people, 250 messages each. */
const byTwo = (client: object) =>
  staff(2).flatMap((mailbox, n) =>
    burst({ ...hour, mailbox, client, messages: 250, first: 250 * n, ip: graph }),
  )

/** Moves that slip past other rules, and beside each what looks alike and is not. */
export const cases = defineCases('bulk-mail-read', {
  fires: {
    'across a bucket edge: 500 around the full hour': {
      records: burst({ ...hour, from: at('09:35'), over: minutes(50), messages: 500 }),
      expect: { term: 'reader-hour', count: 500 },
    },
    'across a bucket edge: 500 around midnight': {
      records: burst({ ...hour, from: at('23:35'), over: minutes(50), messages: 500 }),
      expect: { term: 'reader-hour', count: 500 },
    },
    'across a bucket edge: 1,000 over two days': {
      records: burst({ ...hour, from: at('14:00'), over: hours(20), messages: 1000 }),
      expect: { term: 'reader-day', count: 1000 },
    },
    'pacing and hopping over folder, session, address': {
      records: hopping(50),
      expect: { term: 'reader-hour', count: 500 },
    },
    'late or duplicate content: enough without the copies': {
      records: [...burst({ ...hour, messages: 500 }), ...burst({ ...hour, messages: 500 })],
      expect: { term: 'reader-hour', count: 500, recordCount: 10 },
    },
    'app-only access with no user: the owners are named': {
      records: inFive({}),
      expect: { term: 'reader-hour', count: 500, key, actor: key[0], mailboxes: staff(5) },
    },
    'app-only access told by its UserKey alone': {
      records: inFive({ change: { UserType: 0 } }),
      expect: { term: 'reader-hour', count: 500, key },
    },
    'an app with an empty user': {
      records: inFive({ change: { UserId: '' } }),
      expect: { term: 'reader-hour', count: 500, key, actor: key[0] },
    },
    'an app with a service id as user, owners unknown': {
      records: inFive({
        change: { UserId: `ServicePrincipal_${guid('sp')}`, UserType: 6, MailboxOwnerUPN: undefined },
      }),
      expect: { term: 'reader-hour', key, mailboxes: staff(5).map(guid).sort() },
    },
    'EWS instead of Graph': {
      records: burst({ ...hour, messages: 500, client: ews('Synchroniser/3.1') }),
      expect: { term: 'reader-hour', key: [anna] },
    },
    'IMAP instead of Graph': {
      records: burst({ ...hour, messages: 500, client: IMAP }),
      expect: { term: 'reader-hour' },
    },
    'a first-party public client: Azure CLI in two mailboxes': {
      records: byTwo(graphApp(AZURE_CLI)),
      expect: { term: 'application-hour', count: 500, key: [`app:${AZURE_CLI}`] },
    },
  },
  quiet: {
    'across a bucket edge: 499 around the full hour': burst({
      ...hour,
      from: at('09:35'),
      over: minutes(50),
      messages: 499,
    }),
    'across a bucket edge: 1,000 over 48 hours': burst({ ...hour, over: hours(48), messages: 1000 }),
    'pacing and hopping, one message short': hopping(49),
    'the same messages from another session and address': [
      ...burst({ ...hour, messages: 300 }),
      ...burst({ ...hour, from: at('09:10'), over: minutes(50), messages: 300, session: 'b', ip: host(1) }),
    ],
    'late or duplicate content: a blob delivered twice': [
      ...burst({ ...hour, messages: 300 }),
      ...burst({ ...hour, messages: 300 }),
    ],
    'late or duplicate content: a count delivered twice': [
      counted({ mailbox: anna, at: at('09:05'), count: 300 }),
      counted({ mailbox: anna, at: at('09:05'), count: 300 }),
    ],
    'app-only access, one message short': inFive({}, 1),
    'EWS and IMAP, one message short together': [
      ...burst({ ...hour, messages: 250, client: ews('Synchroniser/3.1') }),
      ...burst({ ...hour, messages: 249, first: 250, client: IMAP }),
    ],
    'a mail program: Outlook mobile over REST of two people': byTwo({
      ...OUTLOOK_IOS,
      ClientInfoString: 'Client=REST;;',
    }),
    'a Microsoft service reads fifty mailboxes': staff(50).flatMap((mailbox, n) =>
      burst({
        ...hour,
        mailbox,
        messages: 100,
        first: 100 * n,
        client: service(guid('unnamed service')),
        ip: MICROSOFT_ADDRESSES[n % 4],
      }),
    ),
    'Substrate reads a whole mailbox': burst({ ...hour, messages: 2000, client: service(SUBSTRATE) }),
    'fifty people read their own mail': staff(50).flatMap((mailbox, n) =>
      burst({
        ...hour,
        mailbox,
        messages: 60,
        first: 60 * n,
        client: [OUTLOOK, OLD_OUTLOOK, OUTLOOK_IOS][n % 3],
      }),
    ),
  },
})
