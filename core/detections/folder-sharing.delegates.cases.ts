import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet } from '../../test/support/record-cmdlets.ts'
import { calendarDelegation, folderPermission } from '../../test/support/record-folders.ts'
import { person, type RawRecord } from '../../test/support/records.ts'

const [anna, bruno] = [person('anna'), person('bruno')]
const EVERYONE = { member: 'Everyone', sid: 'S-1-1-0' }

const permit = (Identity: string, User: string, AccessRights: string, more: RawRecord = {}) => [
  cmdlet('Add-MailboxFolderPermission', { Identity, User, AccessRights, ...more }),
]
const found = (term: string, member: string, folder = '\\Inbox', mailbox = anna) =>
  ({ term, key: [mailbox, folder, member], mailboxes: [mailbox], count: 1 }) as const

export const cases = defineCases('folder-sharing', {
  fires: {
    'an administrator gives himself an inbox': {
      records: permit(`${anna}:\\Inbox`, ADMIN, 'Reviewer'),
      expect: { ...found('self', ADMIN), severity: 'high' },
    },
    'a folder of one’s own name for everyone': {
      records: [folderPermission({ ...EVERYONE, folder: '\\Salaries' })],
      expect: { ...found('other-folder', 'everyone', '\\Salaries'), severity: 'medium' },
    },
    'an inbox for a colleague': {
      records: [folderPermission({ member: bruno, sid: 'S-1-5-21-1-2-3-4' })],
      expect: { ...found('colleague', bruno), severity: 'low' },
    },
    'a delegate who sees private items': {
      records: permit(`${anna}:\\Calendar`, bruno, 'Editor', {
        SharingPermissionFlags: 'Delegate,CanViewPrivateItems',
      }),
      expect: { ...found('delegate', bruno, '\\Calendar'), severity: 'medium' },
    },
    'a delegate who gets the meeting mail': {
      records: [
        calendarDelegation({
          DelegateUser: bruno,
          ReceiveCopiesOfMeetingMessages: 'True',
          ViewPrivateItems: 'False',
        }),
      ],
      expect: found('delegate', bruno, '\\Calendar'),
    },
    'a delegate about whom nothing is said': {
      records: [calendarDelegation({})],
      expect: { ...found('delegation', 'somebody', '\\Calendar'), severity: 'low' },
    },
    'a calendar published with its details': {
      records: [
        cmdlet('Set-MailboxCalendarFolder', {
          Identity: `${anna}:\\Calendar`,
          PublishEnabled: 'True',
          DetailLevel: 'FullDetails',
        }),
      ],
      expect: { ...found('published', 'the internet', '\\Calendar'), severity: 'medium' },
    },
    'details of a calendar that is published already': {
      records: [
        cmdlet('Set-MailboxCalendarFolder', {
          Identity: `${anna}:\\Calendar`,
          DetailLevel: 'LimitedDetails',
        }),
      ],
      expect: found('published', 'the internet', '\\Calendar'),
    },
  },
  quiet: {
    'a holiday calendar for everyone': [
      folderPermission({ ...EVERYONE, folder: '\\Calendar\\Holidays', rights: 'FreeBusySimple' }),
      folderPermission({ ...EVERYONE, folder: '\\Calendar\\Holidays', rights: 'ReadAny, Visible' }),
    ],
    'a calendar everyone may read, in three languages': [
      ...permit(`${anna}:\\Kalender`, 'Default', 'Reviewer'),
      ...permit(`${anna}:\\Calendrier`, 'Default', 'Reviewer'),
      ...permit(`${anna}:\\予定表`, 'Default', 'LimitedDetails'),
    ],
    'contacts and tasks': [
      folderPermission({ ...EVERYONE, folder: '\\Contacts' }),
      folderPermission({ ...EVERYONE, folder: '\\PersonMetadata' }),
      ...permit(`${anna}:\\Tasks`, 'Default', 'Editor'),
    ],
    'a folder of one’s own name for a colleague': [folderPermission({ member: bruno, folder: '\\Salaries' })],
    'a new group: its members get its inbox': ['Member@local', 'Owner@local'].map(member =>
      folderPermission({
        mailbox: person('team'),
        member,
        sid: 'S-1-8-1',
        change: {
          UserId: 'S-1-5-18',
          UserKey: 'S-1-5-18',
          UserType: 2,
          LogonType: 1,
          LogonUserSid: 'S-1-5-18',
        },
      }),
    ),
    'the owner about himself': [folderPermission({ member: anna })],
    'a calendar published as free and busy, and one withdrawn': [
      cmdlet('Set-MailboxCalendarFolder', { Identity: `${anna}:\\Calendar`, PublishEnabled: 'True' }),
      cmdlet('Set-MailboxCalendarFolder', {
        Identity: `${anna}:\\Calendar`,
        PublishEnabled: 'True',
        DetailLevel: 'AvailabilityOnly',
      }),
      cmdlet('Set-MailboxCalendarFolder', {
        Identity: `${anna}:\\Calendar`,
        PublishEnabled: 'False',
        DetailLevel: 'FullDetails',
      }),
    ],
  },
})
