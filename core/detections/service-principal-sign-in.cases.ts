import { defineCases } from '../../test/support/cases.ts'
import { application, CRM } from '../../test/support/record-apps.ts'
import { applicationSignIn, RESOURCES } from '../../test/support/record-sign-ins.ts'
import { at, bind, guid, host, MICROSOFT_ADDRESSES, messages, person } from '../../test/support/records.ts'

type Event = Parameters<typeof applicationSignIn>[0]

const BACKUP = application('Backup')
const HOME = { asn: 64500, ip: host(0) }
const AWAY = { asn: 64501, ip: host(1) }
const PARTNER = guid('a federated credential')

const signsIn = (event: Event = {}, more = {}, day = 0) =>
  applicationSignIn({ at: at('03:05', day), ...HOME, ...event }, more)
/** Night after night from the same place, from eight days ago until yesterday. */
const before = (event: Event = {}, more = {}) => [-8, -7, -6, -3, -1].map(day => signsIn(event, more, day))

const graph = { resource: RESOURCES.graph }
const federated = {
  clientCredentialType: 'federatedIdentityCredential',
  servicePrincipalCredentialKeyId: null,
  federatedCredentialId: PARTNER,
}
const renewed = { servicePrincipalCredentialKeyId: guid('another secret') }
const about = { actor: `app:${CRM.appId}`, notes: ['"CRM"'] }

export const cases = defineCases('service-principal-sign-in', {
  fires: {
    'to Exchange from a provider nobody knows': {
      records: [...before(), signsIn(AWAY)],
      expect: {
        ...about,
        term: 'exchange',
        severity: 'high',
        count: 1,
        key: [CRM.appId, CRM.appId, guid('secret of CRM'), 'AS64501'],
        addresses: [host(1)],
      },
    },
    'to Graph from a provider nobody knows': {
      records: [...before(graph), signsIn({ ...graph, ...AWAY })],
      expect: { ...about, term: 'graph', severity: 'medium', count: 1 },
    },
    'to Graph from a network nobody knows, of no known provider': {
      records: [...before({ ...graph, asn: 0 }), signsIn({ ...graph, ...AWAY, asn: 0 })],
      expect: {
        term: 'graph',
        key: [CRM.appId, CRM.appId, guid('secret of CRM'), '198.51.100.0/24'],
      },
    },
    'to Graph with a new secret, from somewhere new': {
      records: [...before(graph), signsIn({ ...graph, ...AWAY }, renewed)],
      expect: { ...about, term: 'credential-elsewhere', severity: 'high', count: 1 },
    },
    'to Graph by another sign-in service, from the usual place': {
      records: [...before(graph), signsIn(graph, federated)],
      expect: { ...about, term: 'federated', severity: 'high', count: 1 },
    },
    'from one of Microsoft’s networks, by its provider': {
      records: [...before(), signsIn({ asn: 8075, ip: MICROSOFT_ADDRESSES[0] ?? '' })],
      expect: { term: 'exchange', severity: 'high' },
    },
    'a secret last used somewhere 31 days ago': {
      records: [...[-40, -31].map(day => signsIn(AWAY, {}, day)), ...before(), signsIn(AWAY)],
      expect: { term: 'exchange', count: 1 },
    },
    'an application that never signed in to Exchange': {
      records: [...before({ app: BACKUP }), signsIn()],
      expect: {
        ...about,
        term: 'first-exchange',
        severity: 'medium',
        count: 1,
        key: ['application sign-ins', CRM.appId],
      },
    },
    'an application that never signed in to Graph': {
      records: [...before({ app: BACKUP, ...graph }), signsIn(graph)],
      expect: { ...about, term: 'first-graph', severity: 'low', count: 1 },
    },
  },
  quiet: {
    'the usual secret from the usual place': [...before(), signsIn()],
    'other addresses of the same provider': [...before(), signsIn({ ip: host(7) })],
    'a secret renewed, from the usual place': [...before(), signsIn({}, renewed)],
    'the federated credential it always has': [...before(graph, federated), signsIn(graph, federated)],
    'what it does elsewhere makes a place known': [
      ...before({ ...AWAY, resource: RESOURCES.sharepoint }),
      ...before(),
      signsIn(AWAY),
    ],
    'somewhere new, but not where mail is': [
      ...before({ resource: RESOURCES.sharepoint }),
      signsIn({ ...AWAY, resource: RESOURCES.sharepoint }),
    ],
    'somewhere new, refused': [...before(), signsIn({ ...AWAY, error: 7_000_215 })],
    'the first week of its sign-ins': [signsIn({}, {}, -6), signsIn(AWAY)],
    'a feed that just began, of one known from its mail reads': [
      ...[-9, -8, -7, -1].map(day =>
        bind({
          mailbox: person('anna'),
          app: CRM.appId,
          at: at('03:05', day),
          messages: messages(1),
          ip: host(0),
        }),
      ),
      signsIn(),
    ],
    'one that somebody vouched for': {
      records: [...before(), signsIn(AWAY)],
      declared: { isTrustedApp: id => id === CRM.appId },
    },
    'a network somebody vouched for': {
      records: [...before(), signsIn(AWAY)],
      declared: { isTrustedNetwork: ({ text }) => text === host(1) },
    },
  },
})
