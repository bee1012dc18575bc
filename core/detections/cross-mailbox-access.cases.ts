import { defineCases } from '../../test/support/cases.ts'
import {
  type Access,
  at,
  attachments,
  bind,
  type Event,
  group,
  guid,
  hours,
  item,
  messages,
  minutes,
  OUTLOOK,
  person,
  type RawRecord,
  sidOf,
  staff,
  sync,
} from '../../test/support/records.ts'

const helen = person('helen')
const app = guid('a mailbox crawler')

const opened = (event: Event) => bind({ ...event, messages: messages(1) })

/** Somebody in `count` mailboxes, one after the other: the first at `from`, the last at `from + over`. */
const visits = (
  count: number,
  {
    from = at('09:05'),
    over = minutes(55),
    read = opened,
    ...access
  }: Partial<Access> & {
    from?: number
    over?: number
    read?: (event: Event) => RawRecord
  } = { by: helen },
) =>
  staff(count).map((mailbox, n) =>
    read({ ...access, mailbox, at: from + Math.floor((over * n) / (count - 1)) }),
  )

/** What the public rules for this technique name, and how the records of each look. */
const OPERATIONS: Readonly<Record<string, (event: Event) => RawRecord>> = {
  MailboxLogin: event => item('MailboxLogin', event),
  Create: event => item('Create', event),
  Move: event => group('Move', event),
  Send: event => item('Send', event),
  Copy: event => group('Copy', event),
}
const MORE: Readonly<Record<string, (event: Event) => RawRecord>> = {
  ...OPERATIONS,
  MailItemsAccessed: opened,
  Sync: event => sync({ ...event, folder: 'Boîte de réception' }),
  AttachmentAccess: event => attachments({ ...event, count: 1 }),
  MessageBind: event => item('MessageBind', event),
  FolderBind: event => item('FolderBind', event),
  Update: event => item('Update', event),
  SendAs: event => item('SendAs', event),
  SendOnBehalf: event => item('SendOnBehalf', event),
  SoftDelete: event => group('SoftDelete', event),
  HardDelete: event => group('HardDelete', event),
  MoveToDeletedItems: event => group('MoveToDeletedItems', event),
  UpdateInboxRules: event => item('UpdateInboxRules', event),
}

const oneEach = (operations: Readonly<Record<string, (event: Event) => RawRecord>>) =>
  Object.values(operations).map((record, n) =>
    record({ mailbox: person(`staff${n + 1}`), by: helen, at: at('09:05') + minutes(3 * n) }),
  )

export const cases = defineCases('cross-mailbox-access', {
  fires: {
    'ten mailboxes in an hour': {
      records: visits(10),
      expect: { term: 'many-in-hour', severity: 'high', count: 10, key: [helen], actor: helen },
    },
    'nine mailboxes in an hour': {
      records: visits(9),
      expect: { term: 'some-in-hour', severity: 'medium', count: 9, mailboxes: staff(9) },
    },
    'five mailboxes in an hour': {
      records: visits(5),
      expect: { term: 'some-in-hour', severity: 'medium', count: 5, mailboxes: staff(5) },
    },
    'the fifth mailbox one second inside the hour': {
      records: visits(5, { by: helen, over: hours(1) - 1 }),
      expect: { term: 'some-in-hour', count: 5 },
    },
    'twenty mailboxes in a day, one an hour': {
      records: visits(20, { by: helen, over: hours(20) }),
      expect: { term: 'many-in-day', severity: 'high', count: 20 },
    },
    'the twentieth mailbox one second inside the 24 hours': {
      records: visits(20, { by: helen, over: hours(24) - 1 }),
      expect: { term: 'many-in-day', count: 20 },
    },
    'an application by itself in five mailboxes': {
      records: visits(5, { app }),
      expect: {
        term: 'app-only-in-hour',
        severity: 'high',
        count: 5,
        key: [`app:${app}`],
        actor: `app:${app}`,
      },
    },
    'an application by itself in ten': {
      records: visits(10, { app }),
      expect: { term: 'many-in-hour', severity: 'high', count: 10, mailboxes: staff(10).sort() },
    },
    'the operations the public rule names, one mailbox each': {
      records: oneEach(OPERATIONS),
      expect: { term: 'some-in-hour', count: 5, key: [helen], recordCount: 5 },
    },
    'every operation on a mailbox counts': {
      records: oneEach(MORE),
      expect: { term: 'many-in-hour', count: 17 },
    },
    ...Object.fromEntries(
      Object.entries(OPERATIONS).map(([name, read]) => [
        `${name} in five mailboxes of others`,
        { records: visits(5, { by: helen, read }), expect: { term: 'some-in-hour', count: 5, key: [helen] } },
      ]),
    ),
    'whole folders synced from five mailboxes': {
      records: visits(5, { by: helen, client: OUTLOOK, read: event => sync({ ...event, folder: 'Inbox' }) }),
      expect: { count: 5 },
    },
    'a delegate known by SID, the owner named as the user': {
      records: staff(5).map((mailbox, n) =>
        opened({
          mailbox,
          at: at('09:05') + minutes(n),
          change: { UserId: helen, LogonUserSid: sidOf(helen), UserKey: sidOf(helen) },
        }),
      ),
      expect: { term: 'some-in-hour', key: [helen] },
    },
    'a delegate told from the owner by name alone': {
      records: visits(5, { by: helen, change: { LogonUserSid: undefined, MailboxOwnerSid: undefined } }),
      expect: { term: 'some-in-hour', key: [helen] },
    },
    'a delegate whose name varies in case': {
      records: visits(5).map((record, n) => ({ ...record, UserId: n % 2 ? helen.toUpperCase() : helen })),
      expect: { count: 5, key: [helen] },
    },
  },
  quiet: {
    'four mailboxes in an hour': visits(4),
    'the fifth mailbox a full hour after the first': visits(5, { by: helen, over: hours(1) }),
    'nineteen mailboxes in a day': visits(19, { by: helen, over: hours(20) }),
    'the twentieth mailbox a full day after the first': visits(20, { by: helen, over: hours(24) }),
    'an application by itself in four mailboxes': visits(4, { app }),
    'four mailboxes of others and her own': [...visits(4), opened({ mailbox: helen, at: at('09:30') })],
    'four mailboxes, again and again': [...visits(4), ...visits(4, { by: helen, from: at('09:07') })],
    'the operations the public rule names, by the owners': Object.values(OPERATIONS).map((record, n) =>
      record({ mailbox: person(`staff${n + 1}`), at: at('09:05') + minutes(n) }),
    ),
    'an owner whose name varies in case': staff(20).map((mailbox, n) =>
      opened({
        mailbox,
        at: at('09:05') + n,
        change: { UserId: mailbox.toUpperCase(), LogonUserSid: undefined, MailboxOwnerSid: undefined },
      }),
    ),
    'an owner who was renamed: the SID is the same': staff(20).map((mailbox, n) =>
      opened({ mailbox, at: at('09:05') + n, change: { UserId: helen } }),
    ),
    'visits that failed': visits(20, { by: helen, change: { ResultStatus: 'Failed' } }),
  },
})
