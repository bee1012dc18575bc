import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, type Cmdlet, cmdlet, provisioning, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { at, guid, hours, minutes, person, type RawRecord } from '../../test/support/records.ts'

/** Attackers' moves, each with something harmless that looks like it. The titles begin with the move. */
const [anna, bruno, carla] = [person('anna'), person('bruno'), person('carla')]

const grant = (Identity: string, User: string, given: Cmdlet = {}) =>
  cmdlet('Add-MailboxPermission', { Identity, User, AccessRights: 'FullAccess' }, given)
const asService = (change: RawRecord) =>
  provisioning('Add-MailboxPermission', { Identity: anna, User: bruno, AccessRights: 'FullAccess' }, change)
const over = (times: readonly number[]) =>
  [anna, bruno, carla].map((mailbox, n) => grant(mailbox, person('dora'), { at: times[n] ?? 0 }))

export const cases = defineCases('mailbox-permission', {
  fires: {
    'across a bucket edge: three around midnight': {
      records: over([at('23:59'), at('00:00', 1), at('00:01', 1)]),
      expect: { term: 'mailboxes', key: [ADMIN], count: 3 },
    },
    'case, blank and dash variants': {
      records: [
        cmdlet('ADD–MAILBOXPERMISSION ', {
          identity: ` ${anna}\u00a0`,
          USER: bruno.toUpperCase(),
          ACCESSRIGHTS: 'ReadPermission,\u00a0fullACCESS',
          Deny: '$False',
        }),
      ],
      expect: { term: 'inside', key: [ADMIN, bruno], mailboxes: [anna] },
    },
    'field names in another case': {
      records: [
        Object.fromEntries(
          Object.entries(grant(anna, bruno)).map(([name, value]) => [name.toLowerCase(), value]),
        ),
      ],
      expect: { term: 'inside', key: [ADMIN, bruno] },
    },
    'the SYSTEM exclusion, by a name that begins with it': {
      records: [asService({ UserId: `${SERVICE_HOST} 2` })],
      expect: { term: 'inside' },
    },
    'the SYSTEM exclusion, by its name with another type': {
      records: [asService({ UserType: 2 })],
      expect: { term: 'inside' },
    },
    'a datacenter account that is not a known process': {
      records: [asService({ UserId: 'NT AUTHORITY\\SYSTEM (cmd)' })],
      expect: { term: 'inside' },
    },
    'a partner’s account, with a long name and type 9': {
      records: [
        grant(anna, bruno, { by: `tenant: ${guid('msp')}, object: ${guid('x')}`, change: { UserType: 9 } }),
      ],
      expect: { term: 'inside', key: [`tenant: ${guid('msp')}, object: ${guid('x')}`, bruno] },
    },
    'app-only: an application hands out rights': {
      records: [
        grant(anna, bruno, {
          by: guid('bot'),
          change: { UserType: 5, UserKey: guid('bot'), AppId: guid('bot') },
        }),
      ],
      expect: { term: 'inside', key: [`app:${guid('bot')}`, bruno] },
    },
    'warming up: an administrator who did it yesterday': {
      records: [grant(anna, bruno), grant(anna, bruno, { at: at('09:20', 1) })],
      expect: { term: 'inside', key: [ADMIN, bruno] },
    },
    'send as instead of full access, three mailboxes': {
      records: [anna, bruno, carla].map((Identity, n) =>
        cmdlet(
          'Add-RecipientPermission',
          { Identity, Trustee: person('dora'), AccessRights: 'SendAs' },
          { at: at('09:00') + minutes(n) },
        ),
      ),
      expect: { term: 'mailboxes', key: [ADMIN], count: 3 },
    },
    'an address with a name and brackets': {
      records: [grant(anna, '"Bruno" <tom@partner.example>')],
      expect: { term: 'outside' },
    },
    'RBAC for Applications: register first, rights by id': {
      records: [
        cmdlet('New-ServicePrincipal', { AppId: guid('app'), ObjectId: guid('sp').toUpperCase() }),
        grant(anna, guid('sp'), { at: at('09:20') + hours(20) }),
      ],
      expect: { term: 'right', severity: 'critical', key: [guid('sp'), 'application'] },
    },
    'late or duplicate content: one grant told twice': {
      records: [grant(anna, bruno), grant(anna, bruno)],
      expect: { term: 'inside', key: [ADMIN, bruno], count: 1, recordCount: 1 },
    },
  },
  quiet: {
    'warming up: rights that open nothing, two days running': [0, 1].map(day =>
      cmdlet(
        'Add-MailboxPermission',
        { Identity: anna, User: bruno, AccessRights: 'ExternalAccount' },
        { at: at('09:20', day) },
      ),
    ),
    'another operation: Get-MailboxPermission': [
      cmdlet('Get-MailboxPermission', { Identity: anna, User: bruno, AccessRights: 'FullAccess' }),
    ],
    'another operation: Add-MailboxPermissions': [
      cmdlet('Add-MailboxPermissions', { Identity: anna, User: bruno, AccessRights: 'FullAccess' }),
    ],
    'the SYSTEM exclusion: the process itself, in capitals': [
      asService({ UserId: SERVICE_HOST.toUpperCase(), UserType: '4' }),
    ],
    'app-only: an application about nobody': [
      grant(anna, 'NT AUTHORITY\\SELF', { by: guid('bot'), change: { UserType: 5, UserKey: guid('bot') } }),
    ],
    'RBAC for Applications: registered, no rights': [
      cmdlet('New-ServicePrincipal', { AppId: guid('app'), ObjectId: guid('sp') }),
    ],
    'words of a right in another parameter': [
      cmdlet('Set-Mailbox', {
        Identity: anna,
        CustomAttribute1: 'FullAccess',
        DisplayName: 'GrantSendOnBehalfTo',
      }),
    ],
  },
})
