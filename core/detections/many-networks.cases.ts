import { defineCases } from '../../test/support/cases.ts'
import {
  type Access,
  at,
  attachments,
  bind,
  guid,
  host,
  item,
  MICROSOFT_ADDRESSES,
  messages,
  minutes,
  OUTLOOK,
  OUTLOOK_IOS,
  person,
  type RawRecord,
  staff,
  sync,
} from '../../test/support/records.ts'

const anna = person('anna')

/** One message read from each of the addresses, evenly over a stretch of time. */
const from = (
  addresses: readonly (string | undefined)[],
  {
    start = at('09:05'),
    over = minutes(29),
    ...access
  }: Partial<Access> & { start?: number; over?: number } = {},
): RawRecord[] =>
  addresses.map((ip, n) =>
    bind({
      mailbox: anna,
      at: start + Math.floor((over * n) / Math.max(1, addresses.length - 1)),
      messages: messages(1, n),
      ip,
      ...access,
    }),
  )

const networks = (count: number, first = 0) => Array.from({ length: count }, (_, n) => host(first + n))
/** Addresses of one IPv4 /24 and of one IPv6 /64. */
const inOne24 = ['192.0.2.10', '192.0.2.140', '192.0.2.201', '192.0.2.77']
const inOne64 = ['2001:db8:5::1', '2001:db8:5::a:b', '2001:db8:5:0:ffff::7', '2001:db8:5::dead:beef']
/** What a phone reads from on a way to work: home, the carrier three times over, the office. */
const onTheWay = [
  '2001:db8:40:5::1b',
  '2001:db8:c02:1::7',
  '2001:db8:c02:8f::7',
  '2001:db8:c02:ee::7',
  host(0),
]
/** The forms in which one address is written. */
const sameAddress = [
  '192.0.2.10',
  '192.0.2.10:52378',
  '[192.0.2.10]:12345',
  '::ffff:192.0.2.10',
  '[::ffff:192.0.2.10]:443',
  '192.0.2.10 ',
]
const nowhere = [
  '',
  '<null>',
  '::1',
  '0.0.0.0',
  'localhost',
  'cool.client.local:12345',
  'NOTANIPV4 (10.9000.0.1)',
]
const insideTheFirm = [
  '10.1.2.3',
  '172.16.9.9',
  '192.168.1.5',
  '100.64.3.4',
  'FE80::1',
  'fd00:1:2::3',
  '10.2.0.4',
]

export const cases = defineCases('many-networks', {
  fires: {
    'rotating IPv6: four addresses in one /64': {
      records: from(inOne64, { session: 'home' }),
      expect: { severity: 'low', term: 'addresses', count: 4 },
    },
    'four networks of machines rented in Azure': {
      records: from(['20.44.10.5', '20.60.1.1', '40.112.3.4', '20.200.9.9']),
      expect: { term: 'networks', count: 4 },
    },
    'four networks in half an hour': {
      records: from(networks(4)),
      expect: { term: 'networks', severity: 'medium', count: 4, key: [anna], actor: anna, mailboxes: [anna] },
    },
    'rotating IPv6: four networks': {
      records: from(networks(4, 10)),
      expect: { term: 'networks', count: 4 },
    },
    'the fourth network one second inside the half hour': {
      records: from(networks(4), { over: minutes(30) - 1 }),
      expect: { term: 'networks', count: 4 },
    },
    'three networks in one session': {
      records: from(networks(3), { session: 'stolen' }),
      expect: { term: 'session-networks', severity: 'high', count: 3, recordCount: 3 },
    },
    'the third network of a session one second inside': {
      records: from(networks(3), { session: 'stolen', over: minutes(30) - 1 }),
      expect: { term: 'session-networks', count: 3 },
    },
    'four addresses in one network': {
      records: from(inOne24),
      expect: { term: 'addresses', severity: 'low', count: 4, addresses: inOne24 },
    },
    'four addresses in one network and one session': {
      records: from(inOne24, { session: 'one' }),
      expect: { term: 'addresses', severity: 'low' },
    },
    'across a bucket edge: four around the full hour': {
      records: from(networks(4), { start: at('09:46') }),
      expect: { term: 'networks', count: 4 },
    },
    'across a bucket edge: four around midnight': {
      records: from(networks(4), { start: at('23:46') }),
      expect: { term: 'networks', count: 4 },
    },
    'four networks among addresses that do not count': {
      records: from([...networks(4), ...MICROSOFT_ADDRESSES, ...nowhere, ...insideTheFirm]),
      expect: { term: 'networks', count: 4, recordCount: 4 },
    },
    'five networks, one address written in six forms': {
      records: from([...sameAddress, ...networks(4, 1)]),
      expect: { term: 'networks', count: 5, addresses: ['192.0.2.10', ...networks(4, 1)].sort() },
    },
    'a delegate moving while he reads other mailboxes': {
      records: staff(4).flatMap((mailbox, n) =>
        from([host(n)], { mailbox, by: anna, start: at('09:05') + minutes(n) }),
      ),
      expect: { term: 'networks', key: [anna], mailboxes: staff(4) },
    },
    'every kind of reading counts': {
      records: [
        sync({ mailbox: anna, at: at('09:05'), ip: host(0), client: OUTLOOK, folder: 'Inbox' }),
        attachments({ mailbox: anna, at: at('09:10'), ip: host(1), count: 2 }),
        item('FolderBind', { mailbox: anna, at: at('09:15'), ip: host(2) }),
        item('MessageBind', { mailbox: anna, at: at('09:20'), ip: host(3) }),
      ],
      expect: { term: 'networks', count: 4 },
    },
    'a phone on four providers': {
      records: from(networks(4), { client: OUTLOOK_IOS, session: 'phone' }),
      expect: { term: 'providers', severity: 'medium', count: 4 },
    },
    'a phone on the way, and somebody else on three networks': {
      records: [
        ...from(onTheWay, { client: OUTLOOK_IOS, session: 'phone' }),
        ...from(networks(3), { session: 'x' }),
      ],
      expect: { term: 'session-networks', severity: 'high', count: 3 },
    },
    'an address in ClientIP alone': {
      records: networks(4).map((ip, n) =>
        bind({
          mailbox: anna,
          at: at('09:05') + n,
          messages: messages(1),
          change: { ClientIPAddress: undefined, ClientIP: ip },
        }),
      ),
      expect: { term: 'networks', count: 4 },
    },
  },
  quiet: {
    'three networks in half an hour': from(networks(3)),
    'the fourth network half an hour after the first': from(networks(4), { over: minutes(30) }),
    'two networks in one session': from(networks(2), { session: 'phone' }),
    'the third network of a session half an hour later': from(networks(3), {
      session: 'phone',
      over: minutes(30),
    }),
    'three networks in three sessions': networks(3).flatMap((ip, n) =>
      from([ip], { session: `session ${n}` }),
    ),
    'a phone on the way to work': from(onTheWay, { client: OUTLOOK_IOS, session: 'phone' }),
    'a phone on three providers in one session': from(networks(3), { client: OUTLOOK_IOS, session: 'phone' }),
    'a phone and a desk in one office, and two ways between': [
      ...from(networks(3), { client: OUTLOOK_IOS }),
      ...from(networks(2), { client: OUTLOOK }),
    ],
    'a phone on four networks of one carrier': from(['2001:db8:c02:1::7', ...onTheWay.slice(1, 4)], {
      client: { ClientInfoString: 'Client=ActiveSync;Action=/Microsoft-Server-ActiveSync' },
    }),
    'three addresses in one network': from(inOne24.slice(1)),
    'three addresses in one IPv6 /64': from(inOne64.slice(1), { session: 'home' }),
    'across a bucket edge: three around the full hour': from(networks(3), { start: at('09:46') }),
    'one address, however it is written': from(sameAddress, { session: 'one' }),
    'Microsoft’s own addresses': from(MICROSOFT_ADDRESSES, { session: 'graph' }),
    'Microsoft’s addresses in ClientIP beside the user’s own': MICROSOFT_ADDRESSES.flatMap((ip, n) =>
      from([host(0)], { start: at('09:05') + n, change: { ClientIP: ip } }),
    ),
    'addresses inside the firm': from(insideTheFirm, { session: 'vpn' }),
    'whatever is no address': from(nowhere, { session: 'none' }),
    'reads that failed': from(networks(6), { change: { ResultStatus: 'Failed' } }),
    'an application by itself': from(networks(6), { app: guid('a backup'), session: 'app' }),
    'the system': from(networks(6), { change: { UserId: 'S-1-5-18' } }),
    'four people on four networks': staff(4).flatMap((mailbox, n) => from([host(n)], { mailbox })),
    'late or duplicate content: three networks told twice': [...from(networks(3)), ...from(networks(3))],
    'something other than reading': networks(6).map((ip, n) =>
      item('Update', { mailbox: anna, at: at('09:05') + n, ip }),
    ),
  },
})
