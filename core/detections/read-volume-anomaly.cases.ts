import { defineCases } from '../../test/support/cases.ts'
import {
  at,
  attachments,
  counted,
  graphApp,
  guid,
  host,
  MICROSOFT_ADDRESSES,
  person,
  type RawRecord,
  SUBSTRATE,
  service,
  sync,
} from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const app = guid('an archive')

type Where = Partial<Parameters<typeof counted>[0]>

/** One record of so many messages, without sizes. */
const read = (count: number, day = 0, where: Where = {}) =>
  counted({ mailbox: anna, at: at('09:05', day), ip: host(0), ...where, count })
/** One record of so many megabytes in ten messages. */
const megabytes = (size: number, day = 0, where: Where = {}) =>
  read(10, day, {
    ...where,
    change: {
      Folders: [
        { Path: '\\Inbox', FolderItems: Array.from({ length: 10 }, () => ({ SizeInBytes: size * 100_000 })) },
      ],
      ...where.change,
    },
  })
/** The last working days before Wednesday the 18th, or those before some of them. */
const workdays = (count: number, before = 0) =>
  Array.from({ length: 60 }, (_, n) => -1 - n)
    .filter(day => ![3, 4].includes(-day % 7))
    .slice(before, before + count)
const usual = <T>(days: readonly number[], make: (day: number) => T) => days.map(make)

/** Twelve days of fifty messages. */
const fifty = usual(workdays(12), day => read(50, day))
const ten = usual(workdays(12), day => read(10, day))
/** Twelve days of ten megabytes. */
const light = usual(workdays(12), day => megabytes(10, day))

/** Twelve days of up to a hundred messages times something, no two alike. */
const uneven = (times: number) =>
  workdays(12).map((day, n) => read(times * ([100, 5, 50, 95][n % 4] ?? 0), day))

const messages = { term: 'messages', severity: 'medium', key: [anna], actor: anna } as const
const bytes = { term: 'bytes', severity: 'medium', key: [anna], actor: anna, count: 4_000 } as const

/** A job fetches the mail of the day before: Tuesday to Saturday much, Sunday and Monday little. */
const nightly = (day: number): RawRecord =>
  megabytes([1, 2].includes((((day + 3) % 7) + 7) % 7) ? 12 : 120, day, { app, at: at('01:10', day) })

export const cases = defineCases('read-volume-anomaly', {
  fires: {
    'three hundred and one messages where fifty are usual': {
      records: [...fifty, read(301)],
      expect: { ...messages, count: 301 },
    },
    'after no more than seven days of reading': {
      records: [...usual(workdays(7), day => read(50, day)), read(301)],
      expect: { ...messages, count: 301 },
    },
    'three times as much as on busy days': {
      records: [...usual(workdays(12), day => read(150, day)), read(450)],
      expect: { ...messages, count: 450 },
    },
    'in small portions, all day long': {
      records: [
        ...fifty,
        ...Array.from({ length: 43 }, (_, n) => read(7, 0, { at: at('01:00') + 1_800 * n })),
      ],
      expect: { ...messages, count: 301 },
    },
    'in somebody else’s mailbox as well': {
      records: [...fifty, read(200), read(150, 0, { mailbox: bruno, by: anna })],
      expect: { ...messages, count: 350, mailboxes: [anna, bruno] },
    },
    'an application with a user’s consent': {
      records: [
        ...usual(workdays(12), day => read(50, day, { client: graphApp(app) })),
        read(200, 0, { client: graphApp(app) }),
        read(200, 0, { client: graphApp(app), mailbox: bruno }),
      ],
      expect: { ...messages, key: [`app:${app}`], actor: `app:${app}`, count: 400 },
    },
    'on a Monday, mail of a weekend': {
      records: [...usual(workdays(12, 2), day => read(50, day)), read(301, -2)],
      expect: { ...messages, count: 301 },
    },
    'a hundred megabytes where ten are usual': { records: [...light, megabytes(100)], expect: bytes },
    'a hundred megabytes of attachments': {
      records: [
        ...light,
        attachments({
          mailbox: anna,
          at: at('09:05'),
          ip: host(0),
          count: 1,
          change: { Messages: [{ MessageItems: [{ SizeInBytes: '100000000.00' }] }] },
        }),
      ],
      expect: bytes,
    },
    'a hundred megabytes by an application alone, over Graph': {
      records: [
        ...usual(workdays(12), day => megabytes(10, day, { app, ip: MICROSOFT_ADDRESSES[0] })),
        megabytes(100, 0, { app, ip: MICROSOFT_ADDRESSES[0] }),
      ],
      expect: { ...bytes, key: [`app:${app}`], actor: `app:${app}` },
    },
    'a network: two people, neither of whom stands out': {
      records: [
        ...usual(workdays(12), day => megabytes(5, day)),
        ...usual(workdays(12), day => megabytes(5, day, { mailbox: bruno })),
        megabytes(60),
        megabytes(40, 0, { mailbox: bruno }),
      ],
      expect: {
        term: 'network-bytes',
        severity: 'medium',
        key: ['net:192.0.2.0/24'],
        count: 4_000,
        mailboxes: [anna, bruno],
      },
    },
    'fifty messages where ten are usual': {
      records: [...ten, read(50)],
      expect: { term: 'messages-unusual', severity: 'low', count: 50, key: [anna], actor: anna },
    },
  },
  quiet: {
    'three hundred messages where days differ much': [...uneven(1), read(300)],
    'just below three times the busy days': [...uneven(2), read(599)],
    'after six days of reading': [...usual(workdays(6), day => read(50, day)), read(301)],
    'forty-nine messages where ten are usual': [...ten, read(49)],
    'sixty messages where forty are usual': [...usual(workdays(12), day => read(40, day)), read(60)],
    'what waited for a week of holidays': [...usual(workdays(12, 5), day => read(80, day)), read(500)],
    'after days on which little was read, on the phone': [
      ...usual(workdays(12, 5), day => read(80, day)),
      ...usual(workdays(5), day => read(10, day)),
      read(480),
    ],
    'a unit short of a hundred megabytes': [...light, megabytes(99.975)],
    'a hundred megabytes where forty-one are usual': [
      ...usual(workdays(12), day => megabytes(41, day)),
      megabytes(100),
    ],
    'a nightly job on a Saturday, which is like a Friday': [
      ...Array.from({ length: 28 }, (_, n) => nightly(2 - n)),
      nightly(3),
    ],
    'a network somebody vouched for': {
      records: [
        ...usual(workdays(12), day => megabytes(5, day)),
        ...usual(workdays(12), day => megabytes(5, day, { mailbox: bruno })),
        megabytes(60),
        megabytes(40, 0, { mailbox: bruno }),
      ],
      declared: { isTrustedNetwork: ({ text }) => text === host(0) },
    },
    'one of Microsoft’s own services': [
      ...fifty.map(record => ({ ...record })),
      read(0),
      read(900, 0, { client: service(SUBSTRATE) }),
    ],
    'reads that failed, and folders copied whole': [
      ...fifty,
      read(900, 0, { change: { ResultStatus: 'Failed' } }),
      sync({ mailbox: anna, at: at('09:05'), folder: 'Inbox' }),
    ],
    'sizes that are none': [
      ...light,
      ...[-1e9, 'much', null, Number.MAX_VALUE]
        .slice(0, 3)
        .map((SizeInBytes, n) =>
          read(1, 0, { at: at('09:05') + n, change: { Folders: [{ FolderItems: [{ SizeInBytes }] }] } }),
        ),
    ],
  },
})
