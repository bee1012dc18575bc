import { defineCases } from '../../test/support/cases.ts'
import {
  at,
  attachments,
  bind,
  burst,
  counted,
  graphApp,
  guid,
  hours,
  item,
  MICROSOFT_ADDRESSES,
  messages,
  minutes,
  OUTLOOK,
  person,
  sync,
} from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const app = guid('a harvesting application')

const hour = { mailbox: anna, from: at('09:05'), over: minutes(59) }
/** Slow enough to stay below every limit by the hour. */
const day = { mailbox: anna, from: at('02:00'), over: hours(20) }
/** An application with a user's consent: Exchange names the mailbox owner, type 0. */
const consented = { client: graphApp(app), ip: MICROSOFT_ADDRESSES[0] }

const syncs = (count: number, over = minutes(29)) =>
  Array.from({ length: count }, (_, n) =>
    sync({
      mailbox: anna,
      client: OUTLOOK,
      at: at('10:20') + Math.floor((over * n) / (count - 1)),
      folder: `Projet ${n}`,
    }),
  )

export const cases = defineCases('bulk-mail-read', {
  fires: {
    'five hundred messages in an hour in one session': {
      records: burst({ ...hour, messages: 500, session: 'f1' }),
      expect: { term: 'session-hour', severity: 'medium', count: 500, key: [anna], mailboxes: [anna] },
    },
    'a mail program that somebody called trusted': {
      records: burst({ ...hour, messages: 500, client: OUTLOOK }),
      declared: { isTrustedApp: () => true },
      expect: { term: 'reader-hour', severity: 'medium', count: 500, actor: anna },
    },
    'five hundred messages in an hour, no session known': {
      records: burst({ ...hour, messages: 500 }),
      expect: { term: 'reader-hour', severity: 'medium', count: 500, actor: anna },
    },
    'the last message one second inside the hour': {
      records: [
        ...burst({ ...hour, messages: 499 }),
        bind({ mailbox: anna, at: at('10:04:59'), messages: messages(1, 499) }),
      ],
      expect: { term: 'reader-hour', count: 500 },
    },
    'a thousand messages in a day, spread thin': {
      records: burst({ ...day, messages: 1000 }),
      expect: { term: 'reader-day', severity: 'high', count: 1000, recordCount: 20 },
    },
    'the last message one second inside the 24 hours': {
      records: [
        ...burst({ ...day, messages: 999 }),
        bind({ mailbox: anna, at: at('01:59:59', 1), messages: messages(1, 999) }),
      ],
      expect: { term: 'reader-day', count: 1000 },
    },
    'messages read twice count once, and there are enough': {
      records: [
        ...burst({ ...hour, messages: 500 }),
        ...burst({ ...hour, from: at('09:20'), messages: 300 }),
      ],
      expect: { term: 'reader-hour', count: 500 },
    },
    'records that count messages without naming them': {
      records: [
        counted({ mailbox: anna, at: at('09:05'), count: 200 }),
        counted({ mailbox: anna, at: at('09:30'), count: '300.0' }),
      ],
      expect: { term: 'reader-hour', count: 500, recordCount: 2 },
    },
    'attachments are collection too': {
      records: [
        attachments({ mailbox: anna, at: at('09:05'), count: 250 }),
        attachments({ mailbox: anna, at: at('09:40'), count: 250, first: 250 }),
      ],
      expect: { term: 'reader-hour', count: 500 },
    },
    'messages opened one by one by an administrator': {
      records: messages(500).map((message, n) =>
        item('MessageBind', { mailbox: anna, by: bruno, at: at('09:05') + 7 * n, message }),
      ),
      expect: { term: 'reader-hour', count: 500, actor: bruno, mailboxes: [anna] },
    },
    'partly succeeded is read all the same': {
      records: burst({ ...hour, messages: 500, change: { ResultStatus: 'PartiallySucceeded' } }),
      expect: { count: 500 },
    },
    'a delegate reads a thousand in a day': {
      records: burst({ ...day, messages: 1000, by: bruno }),
      expect: { term: 'reader-day', key: [bruno], mailboxes: [anna] },
    },
    'an owner and a delegate read a thousand in a mailbox': {
      records: [
        ...burst({ ...day, messages: 500 }),
        ...burst({ ...day, from: at('03:00'), messages: 500, first: 500, by: bruno }),
      ],
      expect: { term: 'mailbox-day', severity: 'high', count: 1000, key: [anna], mailboxes: [anna] },
    },
    'an owner and a delegate read 500 within the hour': {
      records: [
        ...burst({ ...hour, messages: 250 }),
        ...burst({ ...hour, messages: 250, first: 250, by: bruno }),
      ],
      expect: { term: 'mailbox-hour', severity: 'medium', count: 500, key: [anna] },
    },
    'a consented application in two mailboxes, by the day': {
      records: [
        ...burst({ ...day, ...consented, messages: 500 }),
        ...burst({ ...day, ...consented, mailbox: bruno, messages: 500, first: 500 }),
      ],
      expect: { term: 'application-day', severity: 'high', count: 1000, key: [`app:${app}`] },
    },
    'a consented application in two mailboxes, by the hour': {
      records: [
        ...burst({ ...hour, ...consented, messages: 250 }),
        ...burst({ ...hour, ...consented, mailbox: bruno, messages: 250, first: 250 }),
      ],
      expect: { term: 'application-hour', severity: 'medium', count: 500, mailboxes: [anna, bruno] },
    },
    'a consented application in one mailbox is its reader': {
      records: burst({ ...day, ...consented, messages: 1000 }),
      expect: { term: 'reader-day', key: [anna] },
    },
    'the same within an hour': {
      records: burst({ ...hour, ...consented, messages: 500 }),
      expect: { term: 'reader-hour', key: [anna] },
    },
    'full mailbox sync: 201 folders in half an hour': {
      records: syncs(201),
      expect: { term: 'accesses', severity: 'medium', count: 201, key: [anna] },
    },
  },
  quiet: {
    'one message short in an hour, one session': burst({ ...hour, messages: 499, session: 'f1' }),
    'one message short in an hour': burst({ ...hour, messages: 499 }),
    'the last message a full hour after the first': [
      ...burst({ ...hour, messages: 499 }),
      bind({ mailbox: anna, at: at('10:05'), messages: messages(1, 499) }),
    ],
    'one message short in a day': burst({ ...day, messages: 999 }),
    'the last message a full day after the first': [
      ...burst({ ...day, messages: 999 }),
      bind({ mailbox: anna, at: at('02:00', 1), messages: messages(1, 999) }),
    ],
    'one message short between owner and delegate, day': [
      ...burst({ ...day, messages: 500 }),
      ...burst({ ...day, messages: 499, first: 500, by: bruno }),
    ],
    'one message short between owner and delegate, hour': [
      ...burst({ ...hour, messages: 250 }),
      ...burst({ ...hour, messages: 249, first: 250, by: bruno }),
    ],
    'owner and delegate read the same messages': [
      ...burst({ ...hour, messages: 300 }),
      ...burst({ ...hour, messages: 300, by: bruno }),
    ],
    'one message short for an application, day': [
      ...burst({ ...day, ...consented, messages: 500 }),
      ...burst({ ...day, ...consented, mailbox: bruno, messages: 499, first: 500 }),
    ],
    'one message short for an application, hour': [
      ...burst({ ...hour, ...consented, messages: 250 }),
      ...burst({ ...hour, ...consented, mailbox: bruno, messages: 249, first: 250 }),
    ],
    'a message opened over and over, listed each time': [
      bind({ mailbox: anna, at: at('09:05'), messages: messages(600).fill('<1@mail.partner.example>') }),
    ],
    'full mailbox sync: 200 folders in half an hour': syncs(200),
    'full mailbox sync: the 201st folder half an hour later': syncs(201, minutes(30)),
    'a trusted application, night after night': {
      records: [anna, bruno].flatMap(mailbox => burst({ ...hour, mailbox, app, messages: 900 })),
      declared: { isTrustedApp: id => id === app },
    },
    'a trusted application with a user’s consent': {
      records: [anna, bruno].flatMap(mailbox => burst({ ...hour, ...consented, mailbox, messages: 900 })),
      declared: { isTrustedApp: id => id === app },
    },
    'reads that failed': burst({ ...hour, messages: 500, change: { ResultStatus: 'Failed' } }),
  },
})
