import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, type Cmdlet, cmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { guid, person, type RawRecord } from '../../test/support/records.ts'

const [anna, bruno] = [person('anna'), person('bruno')]

const grant = (Identity: string, User: string, given: Cmdlet = {}, more: RawRecord = {}) =>
  cmdlet('Add-MailboxPermission', { Identity, User, AccessRights: 'FullAccess', ...more }, given)
const rights = (AccessRights: string) => [grant(anna, bruno, {}, { AccessRights })]

const inside = (note = 'full access') =>
  ({
    term: 'inside',
    severity: 'medium',
    key: [ADMIN, bruno],
    mailboxes: [anna],
    actor: ADMIN,
    notes: [note],
    count: 1,
  }) as const

export const cases = defineCases('mailbox-permission', {
  fires: {
    'full access for a colleague': { records: [grant(anna, bruno)], expect: inside() },
    'combined rights: full access is one of several': {
      records: rights('ReadPermission, FullAccess'),
      expect: inside('full access, may see the rights'),
    },
    'combined rights as a JSON list': { records: rights('["FullAccess","DeleteItem"]'), expect: inside() },
    'rights in any case': { records: rights('FULLACCESS'), expect: inside() },
    ownership: { records: rights('ChangeOwner'), expect: inside('may take ownership') },
    'the right to hand out rights': {
      records: rights('ChangePermission'),
      expect: inside('may hand out rights'),
    },
    'a right to see the rights': { records: rights('ReadPermission'), expect: inside('may see the rights') },
    'a new owner without AccessRights': {
      records: [cmdlet('Add-MailboxPermission', { Identity: anna, Owner: bruno })],
      expect: inside('ownership'),
    },
    'kept out of Outlook: auto-mapping off': {
      records: [grant(anna, bruno, {}, { AutoMapping: '$false' })],
      expect: inside('full access, not shown in Outlook'),
    },
    'send as': {
      records: [
        cmdlet('Add-RecipientPermission', { Identity: anna, Trustee: bruno, AccessRights: 'SendAs' }),
      ],
      expect: inside('send as'),
    },
    'send on behalf, on a cmdlet that is mostly noise': {
      records: [cmdlet('Set-Mailbox', { Identity: anna, GrantSendOnBehalfTo: bruno })],
      expect: inside('send on behalf'),
    },
    'send on behalf, added to a list': {
      records: [
        cmdlet('Set-Mailbox', { Identity: anna, GrantSendOnBehalfTo: `@{Add="${bruno}"; Remove="x"}` }),
      ],
      expect: inside('send on behalf'),
    },
    'parameters in another order': {
      records: [cmdlet('Add-MailboxPermission', { AccessRights: 'FullAccess', User: bruno, Identity: anna })],
      expect: inside(),
    },
    'parameters as one command line': {
      records: [
        grant(anna, bruno, {
          change: { Parameters: `-User "${bruno}" -Identity "${anna}" -AccessRights ("FullAccess")` },
        }),
      ],
      expect: inside(),
    },
    'operation and parameter names in another case': {
      records: [cmdlet('add-mailboxpermission', { IDENTITY: anna, user: bruno, accessRights: 'fullaccess' })],
      expect: inside(),
    },
    'the mailbox by alias and path, its UPN in ObjectId': {
      records: [grant('EURP.PROD.OUTLOOK.EXAMPLE/Hosted/anna', bruno, { change: { ObjectId: anna } })],
      expect: inside(),
    },
    'a person called like Exchange’s own process': {
      records: [grant(anna, bruno, { by: 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)' })],
      expect: { term: 'inside', actor: 'nt authority\\system (microsoft.exchange.servicehost)' },
    },
    'a person with a name that holds that of the process': {
      records: [
        provisioning(
          'Add-MailboxPermission',
          { Identity: anna, User: bruno, AccessRights: 'FullAccess' },
          { UserId: 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost) x' },
        ),
      ],
      expect: { term: 'inside' },
    },
  },
  quiet: {
    'provisioning of the discovery mailbox': [
      provisioning('Add-MailboxPermission', {
        Identity: 'DiscoverySearchMailbox{D919BA05-46A6-415f-80AD-7E09334BB852}',
        User: 'Discovery Management',
        AccessRights: 'FullAccess',
      }),
      provisioning(
        'Add-MailboxPermission',
        { Identity: anna, User: bruno, AccessRights: 'FullAccess' },
        { UserId: 'NT AUTHORITY\\SYSTEM (w3wp)', UserType: 4 },
      ),
    ],
    'a right that opens nothing': rights('DeleteItem'),
    'a denial': [grant(anna, bruno, {}, { Deny: 'True' })],
    'a right is taken away': [
      cmdlet('Remove-MailboxPermission', { Identity: anna, User: bruno, AccessRights: 'FullAccess' }),
      cmdlet('Remove-RecipientPermission', { Identity: anna, Trustee: bruno, AccessRights: 'SendAs' }),
      cmdlet('Set-Mailbox', { Identity: anna, GrantSendOnBehalfTo: '' }),
      cmdlet('Set-Mailbox', { Identity: anna, GrantSendOnBehalfTo: `@{Remove="${bruno}"}` }),
    ],
    'other settings of a mailbox': [
      cmdlet('Set-Mailbox', { Identity: anna, ProhibitSendQuota: '49.5 GB', Force: 'True' }),
      provisioning('Set-Mailbox', { Identity: guid('anna'), RecipientLimits: '500' }),
    ],
    'a right that could not be given': [grant(anna, bruno, { change: { ResultStatus: 'False' } })],
  },
})
