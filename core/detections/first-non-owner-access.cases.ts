import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import {
  at,
  attachments,
  bind,
  guid,
  item,
  messages,
  OUTLOOK,
  person,
  type RawRecord,
  sync,
} from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const stranger = 'mallory@harvest.example'

type Where = Partial<Parameters<typeof bind>[0]>

const visit = (where: Where = {}, day = 0) =>
  bind({ mailbox: anna, by: bruno, at: at('09:05', day), messages: messages(1), ...where })
const paths = (count: number) => Array.from({ length: count }, (_, n) => `\\Projet ${n}`)
const through = (count: number, where: Where = {}) =>
  visit({ messages: messages(count), folders: paths(count), ...where })
const asAdmin = (LogonType: unknown, where: Where = {}) => visit({ change: { LogonType }, ...where })
const carla = person('carla')
/** The owner reads her mail. */
const own = (day: number) => bind({ mailbox: anna, at: at('08:00', day), messages: messages(1) })
/** The mailbox is known, and so is one who looks after it. */
const before = [...[-8, -7, -3, -1].map(own), visit({ by: carla }, -8)]

const grant = (day: number, { by = bruno, User = bruno, Identity = anna, clock = '09:05' } = {}): RawRecord =>
  cmdlet('Add-MailboxPermission', { Identity, User, AccessRights: 'FullAccess' }, { at: at(clock, day), by })
const role = (day: number, Member = bruno) =>
  cmdlet('Add-RoleGroupMember', { Identity: 'Organization Management', Member }, { at: at('09:05', day) })

const told = (term: string, severity: 'high' | 'medium' | 'low', count = 1) => ({
  term,
  severity,
  count,
  key: [anna, bruno] as const,
  mailboxes: [anna],
})
const granted = told('granted', 'high')

export const cases = defineCases('first-non-owner-access', {
  fires: {
    'a colleague looks in for the first time': {
      records: [...before, visit()],
      expect: { ...told('visits', 'low'), actor: bruno },
    },
    'six folders': { records: [...before, through(6)], expect: told('folders', 'medium', 6) },
    'five folders are only a visit': { records: [...before, through(5)], expect: told('visits', 'low') },
    'six folders copied whole': {
      records: [
        ...before,
        ...paths(6).map((folder, n) =>
          sync({ mailbox: anna, by: bruno, at: at('09:05') + n, client: OUTLOOK, folder }),
        ),
      ],
      expect: told('folders', 'medium', 6),
    },
    'an attachment alone': {
      records: [...before, attachments({ mailbox: anna, by: bruno, at: at('09:05'), count: 1 })],
      expect: told('visits', 'low'),
    },
    'a folder opened by a delegate': {
      records: [...before, item('FolderBind', { mailbox: anna, by: bruno, at: at('09:05') })],
      expect: told('visits', 'low'),
    },
    'an administrator': { records: [...before, asAdmin(1)], expect: told('admin', 'medium') },
    'an administrator, in words': { records: [...before, asAdmin('Admin')], expect: told('admin', 'medium') },
    'a delegated administrator': { records: [...before, asAdmin('6')], expect: told('admin', 'medium') },
    'a mailbox marked as sensitive': {
      records: [...before, visit()],
      expect: told('sensitive', 'medium'),
      declared: { isSensitive: mailbox => mailbox === anna },
    },
    'rights he gave himself two days before': { records: [...before, grant(-2), visit()], expect: granted },
    'rights he gave himself, by alias': {
      records: [...before, grant(-2, { User: 'bruno', Identity: 'anna' }), visit()],
      expect: granted,
    },
    'rights he gave himself, a second short of a week ago': {
      records: [...before, grant(-7, { clock: '09:05:01' }), visit()],
      expect: granted,
    },
    'rights given to a stranger': {
      records: [...before, grant(-1, { by: ADMIN, User: stranger }), visit({ by: stranger })],
      expect: { ...granted, key: [anna, stranger] },
    },
    'an administrator of this week': {
      records: [...before, role(-2), visit({}, -3), asAdmin(1)],
      expect: { term: 'as-admin', severity: 'high', count: 1, key: [bruno], mailboxes: [anna] },
    },
    'an administrator of this week, by alias': {
      records: [...before, role(-2, 'bruno'), asAdmin(1)],
      expect: { term: 'as-admin', severity: 'high', key: [bruno] },
    },
    'a visitor last seen 31 days ago': {
      records: [own(-37), visit({}, -31), ...before, visit()],
      expect: told('visits', 'low'),
    },
  },
  quiet: {
    'the owner': [...before, own(0)],
    'somebody who has been there in the first week': [...before, visit({}, -3), through(6)],
    'a visitor last seen 30 days ago': [own(-36), visit({}, -30), own(-1), visit()],
    'a sensitive mailbox, by somebody who works there': {
      records: [...before, visit({}, -3), visit()],
      declared: { isSensitive: mailbox => mailbox === anna },
    },
    'a mailbox in its first week': [own(-6), through(6), asAdmin(1)],
    'rights for himself, used before and after': [...before, visit({}, -3), grant(-1), visit()],
    'rights that were never used': [...before, grant(-1), role(-1)],
    'a new administrator, as the delegate he was before': [...before, visit({}, -3), role(-1), visit()],
    'an administrator since a week, to the second': [
      ...before,
      asAdmin(1, { at: at('08:00', -7) }),
      role(-7),
      asAdmin(1),
    ],
    'an administrator of long ago': [...before, asAdmin(1, { at: at('09:00', -3) }), asAdmin(1)],
    'an application by itself': [
      ...before,
      bind({ mailbox: anna, app: guid('an archive'), at: at('09:05'), messages: messages(1) }),
    ],
    'Exchange itself': [...before, visit({ by: 'S-1-5-18', change: { UserType: 4 } })],
    'rights that Exchange’s own process hands out': [
      ...before,
      visit({}, -3),
      provisioning('Add-MailboxPermission', { Identity: anna, User: bruno, AccessRights: 'FullAccess' }),
      visit({ at: at('10:05') }),
    ],
    'a visit that failed': [...before, visit({ change: { ResultStatus: 'Failed' } })],
  },
})
