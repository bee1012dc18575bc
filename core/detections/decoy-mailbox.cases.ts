import { defineCases, type Expected } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, complianceCmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { activity } from '../../test/support/record-compliance.ts'
import { directoryRecord, userNames } from '../../test/support/record-directory.ts'
import { folderPermission } from '../../test/support/record-folders.ts'
import { forwards, setMailbox } from '../../test/support/record-mail-flow.ts'
import { inboxRule, outlookRule } from '../../test/support/record-rules.ts'
import {
  at,
  bind,
  graphApp,
  guid,
  item,
  mailboxRecord,
  messages,
  OUTLOOK,
  person,
  type RawRecord,
  SUBSTRATE,
  service,
  sync,
} from '../../test/support/records.ts'

const decoy = person('payroll')
const [anna, bruno] = [person('anna'), person('bruno')]
const declared = { decoys: new Set([decoy, person('vault')]) }
const robot = guid('robot')

const fires = (records: readonly RawRecord[], expect: Expected) => ({
  records,
  declared,
  expect: { term: 'touched', severity: 'critical', count: 1, mailboxes: [decoy], ...expect } as Expected,
})
const by = (actor: string, ...notes: string[]): Expected => ({ key: [actor, decoy], actor, notes })
const quiet = (...records: readonly RawRecord[]) => ({ records, declared })

const read = (change: Partial<Parameters<typeof bind>[0]> = {}) =>
  bind({ mailbox: decoy, at: at('09:30'), messages: messages(1), ...change })
const search = (ExchangeLocations: unknown, operation = 'SearchCreated', change: RawRecord = {}) =>
  activity(operation, 'Offers', { change: { ExchangeLocations, ...change } })

export const cases = defineCases('decoy-mailbox', {
  fires: {
    'a colleague opens a message': fires([read({ by: bruno })], by(bruno, 'MailItemsAccessed')),
    'an application opens a message': fires(
      [read({ app: robot, client: graphApp(robot) })],
      by(`app:${robot}`, 'MailItemsAccessed'),
    ),
    'its own account opens a message': fires([read()], by(decoy, 'MailItemsAccessed')),
    'desktop Outlook copies a folder': fires(
      [sync({ mailbox: decoy, at: at('09:30'), folder: 'Inbox', client: OUTLOOK })],
      by(decoy, 'MailItemsAccessed'),
    ),
    'mail is sent in its name': fires(
      [item('SendAs', { mailbox: decoy, by: bruno, at: at('09:30') })],
      by(bruno, 'SendAs'),
    ),
    'its account logs in to the mailbox': fires(
      [item('MailboxLogin', { mailbox: decoy, at: at('09:30') })],
      by(decoy, 'MailboxLogin'),
    ),
    'its account signs in': fires(
      [directoryRecord('UserLoggedIn', { by: decoy.toUpperCase(), change: { RecordType: 15 } })],
      by(decoy, 'UserLoggedIn'),
    ),
    'three records of one person are one finding': fires(
      [
        read({ by: bruno }),
        read({ by: bruno, at: at('10:30') }),
        item('Move', { mailbox: decoy, by: bruno, at: at('11:00') }),
      ],
      { ...by(bruno, 'MailItemsAccessed', 'Move'), count: 3, recordCount: 3 },
    ),
    'two people are two findings': fires(
      [read({ by: bruno }), read({ by: anna })],
      by(anna, 'MailItemsAccessed'),
    ),
    'a rule by its own account': fires(
      [inboxRule({ Name: 'x', MarkAsRead: 'True' }, { owner: decoy })],
      by(decoy, 'New-InboxRule'),
    ),
    'a rule by an administrator': fires(
      [inboxRule({ Mailbox: 'payroll', Name: 'x' }, { owner: ADMIN })],
      by(ADMIN, 'New-InboxRule'),
    ),
    'a rule told by the path of the mailbox alone': fires(
      [
        inboxRule(
          { Identity: '-8723649123649123001' },
          {
            operation: 'Set-InboxRule',
            owner: ADMIN,
            change: { ObjectId: 'srv.example/Hosted/birchwood/payroll\\x' },
          },
        ),
      ],
      by(ADMIN, 'Set-InboxRule'),
    ),
    'a rule in Outlook': fires(
      [outlookRule([{ ActionType: 'Delete' }], { mailbox: decoy })],
      by(decoy, 'UpdateInboxRules'),
    ),
    'a rule that sweeps': fires(
      [cmdlet('new–sweeprule', { Mailbox: decoy.toUpperCase(), Name: 'x' })],
      by(ADMIN, 'new–sweeprule'),
    ),
    'rights on it': fires(
      [cmdlet('Add-MailboxPermission', { Identity: decoy, User: bruno, AccessRights: 'FullAccess' })],
      by(ADMIN, 'Add-MailboxPermission'),
    ),
    'rights on it, told by the object alone': fires(
      [
        cmdlet(
          'Add-RecipientPermission',
          { Identity: guid('x'), Trustee: bruno },
          { change: { ObjectId: decoy } },
        ),
      ],
      by(ADMIN, 'Add-RecipientPermission'),
    ),
    'a folder of it opened, by cmdlet': fires(
      [
        cmdlet('Add-MailboxFolderPermission', {
          Identity: `${decoy}:\\Inbox`,
          User: 'Default',
          AccessRights: 'Reviewer',
        }),
      ],
      by(ADMIN, 'Add-MailboxFolderPermission'),
    ),
    'a folder of it opened, in Outlook': fires(
      [folderPermission({ mailbox: decoy, member: bruno })],
      by(decoy, 'ModifyFolderPermissions'),
    ),
    'send on behalf of it': fires(
      [setMailbox(decoy, { GrantSendOnBehalfTo: bruno })],
      by(ADMIN, 'rights given'),
    ),
    'its mail forwarded, to whomever': fires([forwards(decoy, bruno)], by(ADMIN, 'forwarding set')),
    'its reads no longer recorded': fires(
      [setMailbox('payroll', { AuditOwner: '-MailItemsAccessed' })],
      by(ADMIN, 'recording cut down'),
    ),
    'its account exempt from auditing': fires(
      [cmdlet('Set-MailboxAuditBypassAssociation', { Identity: decoy, AuditBypassEnabled: 'True' })],
      by(ADMIN, 'Set-MailboxAuditBypassAssociation'),
    ),
    'it is exported': fires(
      [cmdlet('New-MailboxExportRequest', { Mailbox: 'payroll', FilePath: 'x.pst' })],
      by(ADMIN, 'New-MailboxExportRequest'),
    ),
    'it is restored into another mailbox': fires(
      [cmdlet('New-MailboxRestoreRequest', { SourceMailbox: decoy, TargetMailbox: bruno })],
      by(ADMIN, 'New-MailboxRestoreRequest'),
    ),
    'it is among the mailboxes searched': fires(
      [cmdlet('New-MailboxSearch', { Name: 'x', SourceMailboxes: `${anna};${decoy}` })],
      by(ADMIN, 'New-MailboxSearch'),
    ),
    'a content search over it': fires([search(decoy)], by(ADMIN, 'SearchCreated')),
    'a content search over it and others, in a list': fires(
      [search(`["${anna}","${decoy.toUpperCase()}"]`, 'SearchStarted')],
      by(ADMIN, 'SearchStarted'),
    ),
    'a content search over it, by cmdlet': fires(
      [complianceCmdlet('New-ComplianceSearch', `-Name "x" -ExchangeLocation ("${anna}","${decoy}")`)],
      by(ADMIN, 'New-ComplianceSearch'),
    ),
    'it is added to a search': fires(
      [complianceCmdlet('Set-ComplianceSearch', `-Identity "x" -AddExchangeLocation "${decoy}"`)],
      by(ADMIN, 'Set-ComplianceSearch'),
    ),
    'it is a data source of a case': fires(
      [
        activity('DataSourceAdded', 'Merger', {
          advanced: true,
          change: { ExchangeLocations: undefined, DataSources: [{ Email: decoy, Kind: 'Mailbox' }] },
        }),
      ],
      by(ADMIN, 'DataSourceAdded'),
    ),
    'its account gets a directory role': fires(
      [
        directoryRecord('Add member to role', {
          target: userNames(decoy),
          modified: { 'Role.DisplayName': 'Reader' },
        }),
      ],
      by(ADMIN, 'Add member to role'),
    ),
    'its account joins a role group': fires(
      [cmdlet('Update-RoleGroupMember', { Identity: 'Help Desk', Members: `${anna};payroll` })],
      by(ADMIN, 'Update-RoleGroupMember'),
    ),
    'its account reads another mailbox': fires(
      [bind({ mailbox: anna, by: decoy, at: at('09:30'), messages: messages(1) })],
      { key: [decoy, decoy] },
    ),
    'an account named like Microsoft’s own': fires(
      [provisioning('Add-MailboxPermission', { Identity: decoy, User: bruno }, { UserType: 2 })],
      { count: 1 },
    ),
  },
  quiet: {
    'no decoys are declared': [read({ by: bruno }), forwards(decoy, bruno), search(decoy)],
    'other mailboxes': quiet(
      bind({ mailbox: anna, by: bruno, at: at('09:30'), messages: messages(9) }),
      forwards(anna, bruno),
      search(anna),
      cmdlet('Add-MailboxPermission', {
        Identity: person('payroll2'),
        User: bruno,
        AccessRights: 'FullAccess',
      }),
      cmdlet('Add-MailboxPermission', {
        Identity: 'payroll@other.example',
        User: bruno,
        AccessRights: 'FullAccess',
      }),
    ),
    'a search over all mailboxes names none': quiet(search('All')),
    'a search called like it, which looks for mail of it': quiet(
      activity('SearchCreated', 'payroll', { change: { Query: `from:${decoy}` } }),
      complianceCmdlet(
        'New-ComplianceSearch',
        `-Name "payroll" -ExchangeLocation "${anna}" -ContentMatchQuery "from:${decoy}"`,
      ),
    ),
    'it is left out of a search': quiet(
      search(anna, 'SearchCreated', { Exclusions: decoy }),
      search(decoy, 'DataSourceRemoved'),
    ),
    'a rule of somebody else, called like it': quiet(
      inboxRule({ Identity: 'payroll', Name: 'payroll' }, { operation: 'Set-InboxRule' }),
      inboxRule({ Name: 'x', From: decoy }),
    ),
    'mail forwarded to it, rights for it on others': quiet(
      forwards(anna, decoy),
      cmdlet('Add-MailboxPermission', { Identity: anna, User: decoy, AccessRights: 'FullAccess' }),
    ),
    'Microsoft’s own services read it': quiet(
      read({ client: service(SUBSTRATE), ip: '20.190.160.14' }),
      read({ client: service(guid('service')), ip: '20.190.160.14' }),
    ),
    'Exchange delivers to it and tidies it': quiet(
      ...[3, 4].map(LogonType =>
        mailboxRecord('Create', 2, { mailbox: decoy, at: at('09:30'), change: { LogonType } }, {}),
      ),
    ),
    'Microsoft provisions it': quiet(
      provisioning('Add-MailboxPermission', {
        Identity: decoy,
        User: 'Discovery Management',
        AccessRights: 'FullAccess',
      }),
    ),
    'other settings of it': quiet(
      setMailbox(decoy, { HiddenFromAddressListsEnabled: 'True', Language: 'en-GB' }),
      cmdlet('Set-CASMailbox', { Identity: decoy, OWAEnabled: 'False' }),
      setMailbox(decoy, { ForwardingSmtpAddress: '' }),
    ),
    'what failed': quiet(
      cmdlet(
        'Add-MailboxPermission',
        { Identity: decoy, User: bruno, AccessRights: 'FullAccess' },
        { change: { ResultStatus: 'False' } },
      ),
      directoryRecord('UserLoginFailed', { by: decoy, change: { RecordType: 15, ResultStatus: 'Failed' } }),
    ),
  },
})
