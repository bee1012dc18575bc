import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { folderPermission } from '../../test/support/record-folders.ts'
import { guid, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')
const EVERYONE = { member: 'Everyone', sid: 'S-1-1-0' }

const permit = (Identity: string, User: string, AccessRights: string, more: RawRecord = {}) => [
  cmdlet('Add-MailboxFolderPermission', { Identity, User, AccessRights, ...more }),
]
const found = (term: string, member: string, folder = '\\Inbox', mailbox = anna) =>
  ({ term, key: [mailbox, folder, member], mailboxes: [mailbox], count: 1 }) as const

export const cases = defineCases('folder-sharing', {
  fires: {
    'the inbox for everyone, in the mailbox audit': {
      records: [folderPermission(EVERYONE)],
      expect: { ...found('open', 'everyone'), severity: 'high', actor: anna },
    },
    'the inbox for everyone, under another operation': {
      records: [folderPermission({ ...EVERYONE, operation: 'AddFolderPermissions' })],
      expect: found('open', 'everyone'),
    },
    'the inbox for everyone, under the newer operation': {
      records: [folderPermission({ ...EVERYONE, operation: 'UpdateFolderPermissions' })],
      expect: found('open', 'everyone'),
    },
    'everyone by SID, whatever the name': {
      records: [folderPermission({ member: 'Jeder', sid: 'S-1-1-0' })],
      expect: found('open', 'everyone'),
    },
    'everyone without a SID': {
      records: [folderPermission({ member: 'Everyone' })],
      expect: found('open', 'everyone'),
    },
    'nobody in particular: Anonymous': {
      records: [folderPermission({ member: 'Anonymous', sid: 'S-1-5-7' })],
      expect: found('open', 'anonymous'),
    },
    'the inbox by its German name': {
      records: [folderPermission({ ...EVERYONE, folder: '\\Posteingang' })],
      expect: found('open', 'everyone', '\\Posteingang'),
    },
    'a folder below the inbox': {
      records: [folderPermission({ ...EVERYONE, folder: '\\Inbox\\Projects' })],
      expect: found('open', 'everyone', '\\Inbox\\Projects'),
    },
    'a path that is not available, the name is': {
      records: [folderPermission({ ...EVERYONE, parent: { Path: 'Not Available', Name: 'Sent Items' } })],
      expect: found('open', 'everyone', 'Sent Items'),
    },
    'the inbox for everyone, by cmdlet': {
      records: permit(`${anna}:\\Inbox`, 'Default', 'Reviewer'),
      expect: { ...found('open', 'default'), actor: ADMIN },
    },
    'a right that was there is made wider': {
      records: [
        cmdlet('Set-MailboxFolderPermission', {
          AccessRights: 'PublishingEditor',
          User: 'Anonymous',
          Identity: `${anna}:\\Sent Items`,
        }),
      ],
      expect: found('open', 'anonymous', '\\Sent Items'),
    },
    'the whole mailbox, by cmdlet': {
      records: permit(`${anna}:\\`, 'Default', 'FolderVisible, ReadItems'),
      expect: found('open', 'default', '\\'),
    },
    'the whole mailbox without a folder': {
      records: permit(anna, 'Default', 'Owner'),
      expect: found('open', 'default', '\\'),
    },
    'a mailbox by its path': {
      records: permit('EURP.PROD.OUTLOOK.EXAMPLE/Hosted/anna:\\Inbox', 'Default', 'Editor'),
      expect: found('open', 'default', '\\Inbox', 'anna'),
    },
    'single rights in any case, parameters as a command line': {
      records: [
        cmdlet(
          'Add-MailboxFolderPermission',
          {},
          {
            change: {
              Parameters: `-AccessRights ("foldervisible","READITEMS") -User "Default" -Identity "${anna}:\\Inbox"`,
            },
          },
        ),
      ],
      expect: found('open', 'default'),
    },
    'the inbox for an address outside': {
      records: permit(`${anna}:\\Inbox`, 'tom@partner.example', 'Reviewer'),
      expect: { ...found('open', 'tom@partner.example'), severity: 'high' },
    },
    'the inbox for a guest': {
      records: permit(
        `${anna}:\\Inbox`,
        'tom_partner.example#EXT#@birchwood.onmicrosoft.example',
        'Reviewer',
      ),
      expect: found('open', 'tom_partner.example#ext#@birchwood.onmicrosoft.example'),
    },
    'a look-alike domain, learned domains': {
      learned: true,
      records: [folderPermission({ member: 'tom@evilbirchwood.example', sid: 'S-1-8-2' })],
      expect: found('open', 'tom@evilbirchwood.example'),
    },
    'a script acts as Exchange’s process without its type': {
      records: [
        provisioning(
          'Add-MailboxFolderPermission',
          { Identity: `${anna}:\\Inbox`, User: 'Default', AccessRights: 'Reviewer' },
          { UserType: 2 },
        ),
      ],
      expect: found('open', 'default'),
    },
  },
  quiet: {
    'free and busy for everyone, on the inbox': [folderPermission({ ...EVERYONE, rights: 'FreeBusySimple' })],
    'free and busy with subjects': [folderPermission({ ...EVERYONE, rights: 'Visible, FreeBusyDetailed' })],
    'no right for everyone': [
      folderPermission({ ...EVERYONE, rights: 'None' }),
      ...permit(`${anna}:\\Inbox`, 'Default', 'None'),
      ...permit(`${anna}:\\Inbox`, 'Anonymous', ''),
    ],
    'writing without reading': [
      ...permit(`${anna}:\\Inbox`, 'Default', 'Contributor'),
      folderPermission({ ...EVERYONE, rights: 'Create, Visible' }),
    ],
    'a permission without a member': [folderPermission({ member: undefined })],
    'a permission is taken away': [
      folderPermission({ ...EVERYONE, operation: 'RemoveFolderPermissions' }),
      cmdlet('Remove-MailboxFolderPermission', { Identity: `${anna}:\\Inbox`, User: 'Default' }),
    ],
    'a permission that could not be set': [
      folderPermission({ ...EVERYONE, change: { ResultStatus: 'Failed' } }),
    ],
    provisioning: [
      provisioning('Set-MailboxFolderPermission', {
        Identity: `${guid('anna')}:\\Inbox`,
        User: 'Default',
        AccessRights: 'Reviewer',
      }),
    ],
  },
})
