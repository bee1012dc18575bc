import { defineCases } from '../../test/support/cases.ts'
import {
  AZURE_CLI,
  at,
  attachments,
  bind,
  ews,
  graphApp,
  guid,
  host,
  IMAP,
  MICROSOFT_ADDRESSES,
  messages,
  OUTLOOK,
  OUTLOOK_IOS,
  OWA,
  person,
  type RawRecord,
  SUBSTRATE,
  service,
  staff,
} from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const app = guid('a mail client nobody ordered')
const program = ews('MacOutlook/16.89')

type Where = Partial<Parameters<typeof bind>[0]>

const read = (where: Where, day = 0) =>
  bind({ mailbox: anna, at: at('09:05', day), messages: messages(1), ip: host(0), ...where })
/** Outlook on the web at the usual place, from eight days ago until yesterday. */
const before = (where: Where = { client: OWA }): RawRecord[] =>
  [-8, -7, -6, -3, -1].map(day => read(where, day))
/** The same, and something else in the first week, when nothing is news. */
const andOnce = (where: Where) => [...before(), read(where, -3)]

const MEDIUM = { severity: 'medium', count: 1, actor: anna } as const

export const cases = defineCases('new-client-app', {
  fires: {
    'Azure CLI in a mailbox': {
      records: [...before(), read({ client: graphApp(AZURE_CLI), ip: MICROSOFT_ADDRESSES[0] })],
      expect: { term: 'dual-use', severity: 'high', count: 1, key: [anna, AZURE_CLI], actor: anna },
    },
    'Azure CLI that others use all the time': {
      records: [
        ...andOnce({ mailbox: bruno, client: graphApp(AZURE_CLI) }),
        read({ client: graphApp(AZURE_CLI) }),
      ],
      expect: { term: 'dual-use', severity: 'high', key: [anna, AZURE_CLI, '192.0.2.0/24'] },
    },
    'an application from a network nobody knows': {
      records: [...before(), read({ client: ews('Sync/1.0', app), ip: host(1) })],
      expect: { ...MEDIUM, term: 'elsewhere', key: [anna, app, '198.51.100.0/24'] },
    },
    'an application nobody in the tenant used': {
      records: [...before(), read({ client: graphApp(app) })],
      expect: { ...MEDIUM, term: 'tenant', key: ['tenant', app], mailboxes: [anna] },
    },
    'the first application ever, in a mailbox nobody knows': {
      records: [...before(), read({ mailbox: bruno, client: graphApp(app) })],
      expect: { term: 'tenant', severity: 'medium', actor: bruno },
    },
    'a new application of fifty people is one finding': {
      records: [
        ...before(),
        ...staff(50).map((mailbox, n) => read({ mailbox, client: graphApp(app), at: at('09:05') + n })),
      ],
      expect: {
        term: 'tenant',
        severity: 'medium',
        count: 50,
        key: ['tenant', app],
        mailboxes: [...staff(50)].sort(),
      },
    },
    'a colleague’s application, new to this mailbox': {
      records: [...andOnce({ mailbox: bruno, client: graphApp(app) }), read({ client: graphApp(app) })],
      expect: { term: 'mailbox', severity: 'low', count: 1, key: [anna, app, '192.0.2.0/24'] },
    },
    'IMAP, which has no id': {
      records: [...before(), read({ client: IMAP, ip: host(1) })],
      expect: { ...MEDIUM, term: 'elsewhere', key: [anna, 'IMAP', '198.51.100.0/24'] },
    },
    'a program over EWS, all of which share one id': {
      records: [...before(), read({ client: program, ip: host(1) })],
      expect: { ...MEDIUM, term: 'elsewhere', key: [anna, `${program.AppId}/macoutlook`, '198.51.100.0/24'] },
    },
    'a mail program from a network nobody knows': {
      records: [...before(), read({ client: OUTLOOK_IOS, ip: host(1) })],
      expect: { term: 'mail-program', severity: 'low', count: 1, actor: anna },
    },
    'an application last seen 31 days ago': {
      records: [
        read({ client: OWA }, -37),
        read({ client: graphApp(app) }, -31),
        ...before(),
        read({ client: graphApp(app) }),
      ],
      expect: { ...MEDIUM, term: 'tenant' },
    },
    'attachments only': {
      records: [
        ...before(),
        attachments({ mailbox: anna, at: at('09:05'), count: 1, client: graphApp(app), ip: host(1) }),
      ],
      expect: { ...MEDIUM, term: 'elsewhere' },
    },
    'a delegate’s application in the mailbox': {
      records: [...before(), read({ by: bruno, client: graphApp(app), ip: host(1) })],
      expect: { term: 'elsewhere', severity: 'medium', actor: bruno, mailboxes: [anna] },
    },
  },
  quiet: {
    'the usual programs at the usual place': [...before(), read({ client: OWA })],
    'what was seen in the first week': [
      ...andOnce({ client: graphApp(app), ip: host(1) }),
      read({ client: graphApp(app), ip: host(1) }),
      read({ client: graphApp(AZURE_CLI) }, -3),
      read({ client: graphApp(AZURE_CLI) }),
    ],
    'an application last seen 30 days ago': [
      read({ client: OWA }, -36),
      read({ client: graphApp(app) }, -30),
      ...before(),
      read({ client: graphApp(app) }),
    ],
    'a new mail program at the usual place': [
      ...before(),
      read({ client: OUTLOOK }),
      read({ client: OUTLOOK_IOS }),
    ],
    'a mail program over Graph: the network is Microsoft’s': [
      ...before(),
      read({ client: OUTLOOK_IOS, ip: MICROSOFT_ADDRESSES[1] }),
    ],
    'a known mail program from a network nobody knows': [...before(), read({ client: OWA, ip: host(1) })],
    'an application by itself, which has its own detection': [...before(), read({ app, ip: host(1) })],
    'one of Microsoft’s own services': [
      ...before(),
      read({ client: service(SUBSTRATE), ip: host(1) }),
      read({ client: service(app), ip: MICROSOFT_ADDRESSES[0] }),
    ],
    'an application somebody vouched for': {
      records: [...before(), read({ client: graphApp(app), ip: host(1) })],
      declared: { isTrustedApp: id => id === app },
    },
    'EWS that names no program, Graph that names no client': [
      ...before(),
      read({ client: ews(''), ip: host(1) }),
      read({ client: { ClientInfoString: 'Client=REST;;', AppId: graphApp(app).AppId ?? '' }, ip: host(1) }),
    ],
    'a read that failed': [
      ...before(),
      read({ client: graphApp(app), ip: host(1), change: { ResultStatus: 'Failed' } }),
    ],
  },
})
