import { defineCases } from '../../test/support/cases.ts'
import {
  type Access,
  AZURE_CLI,
  at,
  bind,
  type Client,
  ews,
  GRAPH,
  GRAPH_EXPLORER,
  graphApp,
  guid,
  host,
  hours,
  MICROSOFT_ADDRESSES,
  messages,
  minutes,
  OLD_OUTLOOK,
  OUTLOOK,
  OUTLOOK_EWS,
  OUTLOOK_IOS,
  OWA,
  person,
  SUBSTRATE,
  service,
  staff,
} from '../../test/support/records.ts'

const helen = person('helen')
const app = guid('a mailbox crawler')
const key = [`app:${app}`] as const

/** One message opened in each mailbox, a minute apart; `vary` gives what differs from one to the next. */
const opened = (count: number, vary: (n: number) => Partial<Access> & { from?: number; every?: number }) =>
  staff(count).map((mailbox, n) => {
    const { from = at('09:05'), every = 60, ...access } = vary(n)
    return bind({ mailbox, at: from + every * n, messages: messages(1, n), ...access })
  })

/** The owners' own mail, through one client. */
const owners = (count: number, client: Client, ip?: string) => opened(count, () => ({ client, ip }))

/** Moves that slip past other rules, and beside each what looks alike and is not. */
export const cases = defineCases('cross-mailbox-access', {
  fires: {
    'across a bucket edge: five around the full hour': {
      records: opened(5, () => ({ by: helen, from: at('09:40'), every: minutes(10) })),
      expect: { term: 'some-in-hour', count: 5 },
    },
    'across a bucket edge: five around midnight': {
      records: opened(5, () => ({ by: helen, from: at('23:40'), every: minutes(10) })),
      expect: { term: 'some-in-hour', count: 5 },
    },
    'rotating addresses: five mailboxes, five networks': {
      records: opened(5, n => ({ by: helen, ip: host(n) })),
      expect: { term: 'some-in-hour', count: 5, key: [helen] },
    },
    'app-only access with no user: the owners are named': {
      records: opened(5, n => ({ app, ip: MICROSOFT_ADDRESSES[n % 4] })),
      expect: { term: 'app-only-in-hour', key, actor: key[0], mailboxes: staff(5) },
    },
    'app-only access told by its UserKey alone': {
      records: opened(5, () => ({ app, change: { UserType: 0 } })),
      expect: { term: 'app-only-in-hour', key },
    },
    'app-only access told by a service id as user': {
      records: opened(5, () => ({
        app,
        change: { UserType: 0, UserKey: undefined, UserId: guid('a service principal') },
      })),
      expect: { term: 'app-only-in-hour', key },
    },
    'an app with an empty user': {
      records: opened(5, () => ({ app, change: { UserId: '' } })),
      expect: { term: 'app-only-in-hour', key },
    },
    'an app that leaves only its service principal': {
      records: opened(5, () => ({
        client: { ClientInfoString: 'Client=WebServices;[NoUserAgent];' },
        change: { UserType: 5, UserKey: undefined, UserId: `ServicePrincipal_${guid('sp')}` },
      })),
      expect: { term: 'app-only-in-hour', key: [`app:serviceprincipal_${guid('sp')}`] },
    },
    'a third-party app behind Graph, RESTSystem and all': {
      records: owners(5, graphApp(app), MICROSOFT_ADDRESSES[2]),
      expect: { term: 'some-in-hour', count: 5, key, mailboxes: staff(5) },
    },
    'a third-party app named in AppAccessContext only': {
      records: opened(5, () => ({
        client: { ClientInfoString: 'Client=REST;;', AppId: GRAPH },
        change: { AppAccessContext: { APIId: GRAPH, ClientAppId: app } },
      })),
      expect: { term: 'some-in-hour', key },
    },
    'a third-party app over EWS, from an address of its own': {
      records: owners(5, ews('Crawler/1.0', app)),
      expect: { term: 'some-in-hour', key },
    },
    'a script over EWS without an application of its own': {
      records: owners(5, ews('python-requests/2.25.1')),
      expect: { term: 'some-in-hour', key: ['app:47629505-c2b6-4a80-adb1-9b3a3d233b7b/python-requests'] },
    },
    'RESTSystem without a caller, but not from Microsoft': {
      records: owners(5, service(app)),
      expect: { term: 'some-in-hour', key },
    },
    'a first-party public client: Azure CLI': {
      records: owners(5, graphApp(AZURE_CLI)),
      expect: { term: 'some-in-hour', key: [`app:${AZURE_CLI}`] },
    },
    'a first-party public client: Graph Explorer': {
      records: owners(10, graphApp(GRAPH_EXPLORER)),
      expect: { term: 'many-in-hour', severity: 'high' },
    },
    'a delegate who takes another application each time': {
      records: opened(5, n => ({ by: helen, client: graphApp(guid(`application ${n}`)) })),
      expect: { term: 'some-in-hour', key: [helen], actor: helen },
    },
    'EWS, OWA and REST in turn': {
      records: opened(5, n => ({
        by: helen,
        client: [OWA, OUTLOOK, ews('Crawler/1.0'), graphApp(app)][n % 4],
      })),
      expect: { term: 'some-in-hour', key: [helen], count: 5 },
    },
    'an account named like the SYSTEM exclusion': {
      records: opened(5, () => ({ by: person('nt-authority.system.servicehost') })),
      expect: { term: 'some-in-hour', key: [person('nt-authority.system.servicehost')] },
    },
    'a partner technician': {
      records: opened(5, () => ({ by: 'tech@partner.example', change: { UserType: 9 } })),
      expect: { term: 'some-in-hour', actor: 'tech@partner.example' },
    },
    'late or duplicate content: five, each told twice': {
      records: [...opened(5, () => ({ by: helen })), ...opened(5, () => ({ by: helen }))],
      expect: { term: 'some-in-hour', count: 5, recordCount: 5 },
    },
  },
  quiet: {
    'across a bucket edge: four around the full hour': opened(4, () => ({
      by: helen,
      from: at('09:40'),
      every: minutes(10),
    })),
    'rotating addresses: four mailboxes, twenty networks': Array.from({ length: 5 }, (_, round) =>
      opened(4, n => ({ by: helen, from: at('09:05') + round, ip: host(4 * round + n) })),
    ).flat(),
    'late or duplicate content: four, each told twice': [
      ...opened(4, () => ({ by: helen })),
      ...opened(4, () => ({ by: helen })),
    ],
    'app-only access to four': opened(4, () => ({ app })),
    'a third-party app behind Graph in four': owners(4, graphApp(app)),
    'one app in a mailbox an hour': opened(19, () => ({ app, every: hours(1) })),
    'fifty people in Outlook on the web': owners(50, OWA),
    'fifty people in Outlook on the desktop': owners(50, OUTLOOK),
    'fifty people in Outlook of 2021, which leaves no ids': owners(50, OLD_OUTLOOK),
    'fifty people in Outlook over EWS': owners(50, OUTLOOK_EWS),
    'fifty people in Outlook on their phones': owners(50, OUTLOOK_IOS),
    'a Microsoft service in fifty mailboxes': opened(50, n => ({
      client: service(guid('unnamed service')),
      ip: MICROSOFT_ADDRESSES[n % 4],
    })),
    'Substrate in fifty mailboxes': opened(50, () => ({ client: service(SUBSTRATE) })),
    'Substrate in fifty mailboxes, as an application': opened(50, () => ({
      app: SUBSTRATE,
      client: service(SUBSTRATE),
    })),
    'SYSTEM sets up fifty mailboxes': opened(50, () => ({
      client: { ClientInfoString: 'Client=WebServices;Action=ConfigureGroupMailbox' },
      change: { UserId: 'S-1-5-18', LogonUserSid: 'S-1-5-18', LogonType: 1, UserType: 2 },
    })),
    'the real SYSTEM account, type 4': opened(50, () => ({
      by: person('system'),
      change: { UserType: 4 },
    })),
    'the service host, type 3, by its full name': opened(50, () => ({
      change: {
        UserId: 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)',
        LogonUserSid: 'S-1-5-18',
        UserType: 3,
      },
    })),
  },
})
