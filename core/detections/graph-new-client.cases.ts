import { defineCases } from '../../test/support/cases.ts'
import { CRM, type GraphRequest, graphRequest, objectId } from '../../test/support/record-graph.ts'
import { AZURE_CLI, at, guid, host, OUTLOOK_IOS, SUBSTRATE } from '../../test/support/records.ts'

const anna = objectId('anna')
const app = guid('a mail client nobody ordered')
const OUTLOOK_MOBILE = OUTLOOK_IOS.ClientAppId ?? ''
const OFFICE = 'd3590ed6-52b3-4102-aeff-aad2292ab01c'

const read = (change: Partial<GraphRequest> = {}, day = 0) =>
  graphRequest({
    at: at('09:05', day),
    user: 'anna',
    app: OFFICE,
    path: '/v1.0/me/messages?$top=10',
    ip: host(0),
    ...change,
  })
/** Office at the usual place, from eight days ago until yesterday. */
const before = (change: Partial<GraphRequest> = {}) => [-8, -7, -6, -3, -1].map(day => read(change, day))
/** The same, and something else in the first week, when nothing is news. */
const andOnce = (change: Partial<GraphRequest>) => [...before(), read(change, -3)]

const ELSEWHERE = { term: 'elsewhere', severity: 'medium', count: 1, actor: anna } as const

export const cases = defineCases('graph-new-client', {
  fires: {
    'a program and a network new to the user': {
      records: [...before(), read({ app, ip: host(1) })],
      expect: { ...ELSEWHERE, key: [anna, app, '198.51.100.0/24'], mailboxes: [anna], addresses: [host(1)] },
    },
    'a program of Microsoft’s that is no mail program': {
      records: [...before(), read({ app: '872cd9fa-d31f-45e0-9eab-6e460a02d1f1', ip: host(1) })],
      expect: ELSEWHERE,
    },
    'in disguise: beta, encoded, another case': {
      records: [
        ...before(),
        read({ app, ip: host(1), path: '/BETA//me/%6DailFolders(%27Inbox%27)/Messages/' }),
      ],
      expect: ELSEWHERE,
    },
    'somebody else’s mail': {
      records: [
        ...before(),
        read({ app, ip: host(1), path: '/v1.0/users/bruno@birchwood.example/messages' }),
      ],
      expect: { ...ELSEWHERE, mailboxes: ['bruno@birchwood.example'] },
    },
    'Azure CLI at the usual place': {
      records: [...before(), read({ app: AZURE_CLI })],
      expect: { term: 'dual-use', severity: 'high', count: 1, key: [anna, AZURE_CLI, '192.0.2.0/24'] },
    },
    'a program new at the usual place': {
      records: [...before(), read({ app })],
      expect: { term: 'application', severity: 'low', count: 1, actor: anna },
    },
    'a program on a server, which has its own network': {
      records: [...before(), read({ app: CRM, ip: host(1), clientAuthMethod: '2' })],
      expect: { term: 'server', severity: 'low', count: 1, key: [anna, CRM] },
    },
    'a mail program from a network nobody knows': {
      records: [...before(), read({ app: OUTLOOK_MOBILE, ip: host(1) })],
      expect: { term: 'mail-program', severity: 'low', count: 1 },
    },
    'a program last seen 31 days ago': {
      records: [read({}, -37), read({ app, ip: host(1) }, -31), ...before(), read({ app, ip: host(1) })],
      expect: ELSEWHERE,
    },
  },
  quiet: {
    'the usual program at the usual place, and on the way': [...before(), read(), read({ ip: host(1) })],
    'what was seen in the first week': [
      ...andOnce({ app, ip: host(1) }),
      ...[app, AZURE_CLI].map(id => read({ app: id, ip: host(1) }, -3)),
      ...[app, AZURE_CLI].map(id => read({ app: id, ip: host(1) })),
      read({ app: CRM, clientAuthMethod: '1' }, -3),
      read({ app: CRM, clientAuthMethod: '1' }),
    ],
    'a program last seen 30 days ago': [
      read({}, -36),
      read({ app, ip: host(1) }, -30),
      ...before(),
      read({ app, ip: host(1) }),
    ],
    'the user’s first week': [read({}, -6), read({ app, ip: host(1) })],
    'a mail program at the usual place': [...before(), read({ app: OUTLOOK_MOBILE })],
    'requests for other things than mail': [
      ...before(),
      ...[
        '/v1.0/me',
        '/v1.0/me/events',
        '/v1.0/me/mailboxSettings',
        '/v1.0/me/mailFolders/inbox/messageRules',
      ].map(path => read({ app, ip: host(1), path })),
      read({ app, ip: host(1), method: 'POST', path: '/v1.0/me/sendMail' }),
    ],
    'a request that Graph refused': [...before(), read({ app, ip: host(1), status: 403 })],
    'an application by itself, and Microsoft’s own services': [
      ...before(),
      graphRequest({ at: at('09:06'), app, ip: host(1), path: `/v1.0/users/${anna}/messages` }),
      read({ app: SUBSTRATE, ip: host(1) }),
    ],
    'an application somebody vouched for': {
      records: [...before(), read({ app, ip: host(1) })],
      declared: { isTrustedApp: id => id === app },
    },
  },
})
