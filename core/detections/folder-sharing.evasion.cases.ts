import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { folderPermission } from '../../test/support/record-folders.ts'
import { guid, person } from '../../test/support/records.ts'

/** Attackers' moves, each with something harmless that looks like it. The titles begin with the move. */
const anna = person('anna')
const INBOX = { Identity: `${anna}:\\Inbox`, User: 'Default', AccessRights: 'Reviewer' }
const open = { term: 'open', key: [anna, '\\Inbox', 'default'] } as const

export const cases = defineCases('folder-sharing', {
  fires: {
    'case, blank and dash variants': {
      records: [
        cmdlet('ADD–mailboxfolderpermission', {
          IDENTITY: ` ${anna}:\\Inbox\u00a0`,
          user: 'DEFAULT',
          accessrights: 'FolderVisible,\u00a0READitems',
        }),
      ],
      expect: open,
    },
    'Set- instead of Add-': { records: [cmdlet('Set-MailboxFolderPermission', INBOX)], expect: open },
    'a folder instead of the mailbox: for himself': {
      records: [cmdlet('Add-MailboxFolderPermission', { ...INBOX, User: 'helen' })],
      expect: { term: 'self', key: [anna, '\\Inbox', 'helen'], actor: ADMIN },
    },
    'Outlook instead of a cmdlet': {
      records: [folderPermission({ member: 'Default', rights: 'readany' })],
      expect: open,
    },
    'a delegate shares the inbox of another': {
      records: [folderPermission({ by: person('bruno'), member: person('bruno') })],
      expect: { term: 'self', key: [anna, '\\Inbox', person('bruno')], actor: person('bruno') },
    },
    'the SYSTEM exclusion, by a name that begins with it': {
      records: [provisioning('Add-MailboxFolderPermission', INBOX, { UserId: `${SERVICE_HOST} 2` })],
      expect: open,
    },
    'a partner’s account, with a long name and type 9': {
      records: [
        cmdlet('Add-MailboxFolderPermission', INBOX, {
          by: `tenant: ${guid('msp')}, object: ${guid('x')}`,
          change: { UserType: 9 },
        }),
      ],
      expect: { ...open, actor: `tenant: ${guid('msp')}, object: ${guid('x')}` },
    },
    'late or duplicate content: one share told twice': {
      records: [folderPermission({ member: 'Default' }), folderPermission({ member: 'Default' })],
      expect: { ...open, count: 1, recordCount: 1 },
    },
  },
  quiet: {
    'another operation: Get-MailboxFolderPermission': [cmdlet('Get-MailboxFolderPermission', INBOX)],
    'Outlook instead of a cmdlet: words that hold a right': [
      folderPermission({ member: 'Default', rights: 'ReadAnything, NotReadAnyone' }),
    ],
    'the SYSTEM exclusion: the process itself': [provisioning('Add-MailboxFolderPermission', INBOX)],
  },
})
