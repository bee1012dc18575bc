import { defineCases } from '../../test/support/cases.ts'
import {
  at,
  attachments,
  bind,
  ews,
  graphApp,
  guid,
  host,
  MICROSOFT_ADDRESSES,
  messages,
  person,
  type RawRecord,
  SUBSTRATE,
  service,
  staff,
} from '../../test/support/records.ts'

const anna = person('anna')
const app = guid('an application by itself')
const other = guid('the archive')

type Where = Partial<Parameters<typeof bind>[0]>

const read = (where: Where = {}, day = 0) =>
  bind({ mailbox: anna, app, at: at('03:05', day), messages: messages(1), ip: host(0), ...where })
/** Night after night from the same place, from eight days ago until yesterday. */
const before = (where: Where = {}): RawRecord[] => [-8, -7, -6, -3, -1].map(day => read(where, day))

/** A person reads, and the tenant is known. */
const seen = (day: number) => bind({ mailbox: anna, at: at('09:05', day), messages: messages(1) })

const NEW = { term: 'new-app', severity: 'high', actor: `app:${app}` } as const

export const cases = defineCases('app-only-access', {
  fires: {
    'an application new to the tenant': {
      records: [...before({ app: other }), read()],
      expect: { ...NEW, count: 1, key: ['tenant', app], mailboxes: [anna] },
    },
    'the first application of the tenant, over Graph': {
      records: [seen(-8), read({ ip: MICROSOFT_ADDRESSES[0] })],
      expect: { ...NEW, count: 1 },
    },
    'six mailboxes in a night are one finding': {
      records: [seen(-8), ...staff(6).map((mailbox, n) => read({ mailbox, at: at('03:05') + 3_600 * n }))],
      expect: { ...NEW, count: 6, mailboxes: staff(6) },
    },
    'attachments only': {
      records: [seen(-8), attachments({ mailbox: anna, app, at: at('03:05'), count: 1 })],
      expect: { ...NEW, count: 1 },
    },
    'no id at all': {
      records: [
        seen(-8),
        read({ client: {}, change: { UserType: 5, UserKey: '', UserId: 'ServicePrincipal_x' } }),
      ],
      expect: { term: 'new-app', key: ['tenant', 'serviceprincipal_x'], actor: 'app:serviceprincipal_x' },
    },
    'one that people used before, now by itself': {
      records: [
        ...[-8, -1].map(day =>
          bind({ mailbox: anna, at: at('09:05', day), client: graphApp(app), messages: messages(1) }),
        ),
        read(),
      ],
      expect: NEW,
    },
    'one last seen 31 days ago': { records: [seen(-37), read({}, -31), read()], expect: NEW },
    'a known application from a network nobody knows': {
      records: [...before(), read({ ip: host(1), client: ews('Backup/7.0', app) })],
      expect: {
        term: 'new-network',
        severity: 'medium',
        count: 1,
        key: [`app:${app}`, app, '198.51.100.0/24'],
        actor: `app:${app}`,
      },
    },
    'a trusted one from a network nobody knows': {
      records: [...before(), read({ ip: host(1) })],
      expect: { term: 'new-network', severity: 'medium' },
      declared: { isTrustedApp: id => id === app },
    },
    'a trusted one from where it is not trusted': {
      records: [...before(), read({ ip: host(1) })],
      expect: { ...NEW, count: 1 },
      declared: { isTrustedApp: (id, from) => id === app && from?.text === host(0) },
    },
  },
  quiet: {
    'the usual application from the usual place': [...before(), read()],
    'what was seen in the first week': [...before(), read({ ip: host(1) }, -3), read({ ip: host(1) })],
    'one last seen 30 days ago': [seen(-36), read({}, -30), read()],
    'the tenant’s first week': [read({}, -6), read({ app: other })],
    'a known one from one of Microsoft’s networks': [...before(), read({ ip: MICROSOFT_ADDRESSES[2] })],
    'one of Microsoft’s own services': [seen(-8), read({ client: service(SUBSTRATE), app: SUBSTRATE })],
    'a new one that somebody vouched for': {
      records: [seen(-8), read()],
      declared: { isTrustedApp: id => id === app },
    },
    'a user’s own program': [
      seen(-8),
      bind({ mailbox: anna, at: at('09:05'), client: graphApp(app), messages: messages(1) }),
    ],
    'a read that failed': [seen(-8), read({ change: { ResultStatus: 'Failed' } })],
  },
})
