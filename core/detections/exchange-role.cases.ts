import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, complianceCmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { at, guid, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')
const APP = guid('mail sync')

const assign = (Role: string, more: RawRecord = { User: anna }, change: RawRecord = {}) => [
  cmdlet('New-ManagementRoleAssignment', { Name: 'x', Role, ...more }, { change }),
]
const got = (term: string, to: string, role: string) =>
  ({ term, key: [ADMIN, to, role], actor: ADMIN, count: 1 }) as const
const member = (Identity: string, Member = anna) => [cmdlet('Add-RoleGroupMember', { Identity, Member })]

const POWERFUL = [
  'ApplicationImpersonation',
  'Mailbox Import Export',
  'Mailbox Search',
  'Legal Hold',
  'Audit Logs',
  'Transport Rules',
  'Journaling',
]
const APPLICATION_ROLES = [
  'Application Mail.Read',
  'Application EWS.AccessAsApp',
  'application mail.readwrite',
]

const registered = (clock = '09:20', day = 0) =>
  cmdlet(
    'New-ServicePrincipal',
    { AppId: APP, ObjectId: guid('sp'), DisplayName: 'Mail sync' },
    { at: at(clock, day) },
  )
const joins = (Member: string, clock = '10:00', day = 0, Identity = 'Organization Management') =>
  cmdlet('Add-RoleGroupMember', { Identity, Member }, { at: at(clock, day) })
const newApplication = (name: string, role = 'organization management') =>
  ({
    term: 'new-application',
    severity: 'critical',
    count: 1,
    key: [name, 'application'],
    notes: [role],
    recordCount: 2,
  }) as const

export const cases = defineCases('exchange-role', {
  fires: {
    ...Object.fromEntries(
      POWERFUL.map(role => [
        `the role ${role}`,
        {
          records: assign(role),
          expect: { ...got('power', anna, role.toLowerCase()), severity: 'high' } as const,
        },
      ]),
    ),
    ...Object.fromEntries(
      APPLICATION_ROLES.map(role => [
        `RBAC for Applications: ${role}`,
        {
          records: assign(role, { App: APP, CustomResourceScope: 'All' }),
          expect: { ...got('application', APP, role.toLowerCase()), severity: 'critical' } as const,
        },
      ]),
    ),
    'RBAC for Applications: a role with a name of its own': {
      records: assign('Archive reader', { App: APP }),
      expect: got('application', APP, 'archive reader'),
    },
    'an application role for a security group': {
      records: assign('Application Mail.Read', { SecurityGroup: 'Robots' }),
      expect: got('application', 'robots', 'application mail.read'),
    },
    'parameters in another order and case': {
      records: [
        cmdlet('new-managementroleassignment', { app: APP, NAME: 'x', role: 'Application Mail.Read' }),
      ],
      expect: got('application', APP, 'application mail.read'),
    },
    'an application role in a new group': {
      records: [
        cmdlet('New-RoleGroup', { Name: 'Robots', Roles: 'Application Mail.Read;View-Only Recipients' }),
      ],
      expect: got('application', 'robots', 'application mail.read, view-only recipients'),
    },
    'a changed assignment of an application': {
      records: [
        cmdlet('Set-ManagementRoleAssignment', {
          Identity: 'Application Mail.Read-mail sync',
          CustomResourceScope: 'Everybody',
        }),
      ],
      expect: got('application', 'application mail.read-mail sync', 'a changed assignment'),
    },
    'a dormant assignment is switched on': {
      records: [cmdlet('Set-ManagementRoleAssignment', { Identity: 'Mailbox Search-anna', Enabled: 'True' })],
      expect: got('power', 'mailbox search-anna', 'a changed assignment'),
    },
    'somebody gives himself a role': {
      records: assign('Mailbox Import Export', { User: ADMIN }),
      expect: { ...got('power', ADMIN, 'mailbox import export'), notes: ['self'] },
    },
    'a role for everyone, through a policy': {
      records: assign('Mail Recipients', { Policy: 'Default Role Assignment Policy' }),
      expect: got('power', 'default role assignment policy', 'mail recipients'),
    },
    'a member of Organization Management': {
      records: member('Organization Management'),
      expect: got('power', anna, 'organization management'),
    },
    'a member of Discovery Management': {
      records: member('Discovery Management'),
      expect: got('power', anna, 'discovery management'),
    },
    'a member of a group that mirrors an Entra role': {
      records: member('ExchangeServiceAdmins_-1234567890'),
      expect: got('power', anna, 'exchangeserviceadmins_-1234567890'),
    },
    'the members of a group are replaced': {
      records: [
        cmdlet('Update-RoleGroupMember', {
          Identity: 'Organization Management',
          Members: `${ADMIN};${anna}`,
        }),
      ],
      expect: got('power', `${ADMIN}, ${anna}`, 'organization management'),
    },
    'a new group with powerful roles': {
      records: [
        cmdlet('New-RoleGroup', { Name: 'Helpers', Roles: '["Mailbox Search","Help"]', Members: anna }),
      ],
      expect: got('power', anna, 'mailbox search, help'),
    },
    'who may change a group’s members': {
      records: [cmdlet('Set-RoleGroup', { Identity: 'Organization Management', ManagedBy: anna })],
      expect: got('power', anna, 'organization management'),
    },
    'a role by another name: its parent tells': {
      records: [cmdlet('New-ManagementRole', { Name: 'Helper', Parent: 'Mailbox Import Export' })],
      expect: got('power', 'helper', 'mailbox import export'),
    },
    'a role without a parent': {
      records: [cmdlet('New-ManagementRole', { Name: 'Helper', UnScopedTopLevel: 'True' })],
      expect: got('power', 'helper', 'any cmdlet'),
    },
    'a role of one’s own is handed out': {
      records: assign('Helper'),
      expect: { ...got('other', anna, 'helper'), severity: 'medium' },
    },
    'a cmdlet is added to a role': {
      records: [cmdlet('Add-ManagementRoleEntry', { Identity: 'Helper\\New-MailboxExportRequest' })],
      expect: got('other', 'helper', 'New-MailboxExportRequest'),
    },
    'a scope is made wider': {
      records: [cmdlet('Set-ManagementScope', { Identity: 'Sales', RecipientRestrictionFilter: '*' })],
      expect: got('other', 'sales', 'a management scope'),
    },
    'an application is registered with Exchange': {
      records: [
        cmdlet('New-ServicePrincipal', { AppId: guid('app'), ObjectId: APP, DisplayName: 'Mail sync' }),
      ],
      expect: { ...got('registered', 'mail sync', 'registration with Exchange'), severity: 'medium' },
    },
    'an application is registered, then joins a role group': {
      records: [registered(), joins(guid('sp').toUpperCase())],
      expect: newApplication(guid('sp')),
    },
    'an application is registered, then gets a role by its name': {
      records: [registered(), joins('Mail sync', '10:00', 0, 'Helpers of our own')],
      expect: newApplication('mail sync', 'helpers of our own'),
    },
    'an application among the members that are set': {
      records: [
        registered(),
        cmdlet(
          'Update-RoleGroupMember',
          { Identity: 'Organization Management', Members: `${anna};${APP}` },
          { at: at('10:00') },
        ),
      ],
      expect: newApplication(APP),
    },
    'registered, and a role within a day to the second': {
      records: [registered('09:20'), joins(APP, '09:19:59', 1)],
      expect: newApplication(APP),
    },
    'registered, and a role a day later': {
      records: [registered('09:20'), joins(APP, '09:20', 1)],
      expect: { ...got('power', APP, 'organization management'), severity: 'high' },
    },
    'a role, and registered afterwards': {
      records: [joins(APP, '08:00'), registered()],
      expect: { ...got('power', APP, 'organization management'), severity: 'high' },
    },
    'registered, and a role for another': {
      records: [registered(), joins(guid('another'))],
      expect: { ...got('power', guid('another'), 'organization management'), severity: 'high' },
    },
    'an application that acts by itself': {
      records: assign(
        'Mailbox Search',
        { User: anna },
        { UserType: 5, UserId: guid('bot'), UserKey: guid('bot'), AppId: guid('bot') },
      ),
      expect: { term: 'power', key: [`app:${guid('bot')}`, anna, 'mailbox search'] },
    },
    'a person called like Exchange’s own process': {
      records: [
        provisioning(
          'Add-RoleGroupMember',
          { Identity: 'Organization Management', Member: anna },
          { UserType: 0 },
        ),
      ],
      expect: { term: 'power' },
    },
  },
  quiet: {
    'provisioning of a tenant': [
      provisioning('New-ManagementRoleAssignment', {
        Role: 'Mailbox Search',
        SecurityGroup: 'Discovery Management',
      }),
      provisioning('New-RoleGroup', { Name: 'Organization Management', Roles: 'Mail Recipients' }),
      provisioning('Update-RoleGroupMember', { Identity: 'TenantAdmins_-1234567890', Members: anna }),
      provisioning('New-ServicePrincipal', { AppId: guid('app'), DisplayName: 'Office' }),
    ],
    'roles about what is one’s own': assign('MyBaseOptions', { Policy: 'Default Role Assignment Policy' }),
    'groups that may only look': [
      ...member('View-Only Organization Management'),
      ...member('Hygiene Management'),
      ...assign('View-Only Recipients'),
    ],
    'roles are taken away': [
      cmdlet('Remove-RoleGroupMember', { Identity: 'Organization Management', Member: anna }),
      cmdlet('Remove-ManagementRoleAssignment', { Identity: 'Mailbox Search-anna' }),
      cmdlet('Set-ManagementRoleAssignment', { Identity: 'Mailbox Search-anna', Enabled: 'False' }),
      cmdlet('Update-RoleGroupMember', { Identity: 'Organization Management', Members: '' }),
      cmdlet('Remove-ServicePrincipal', { Identity: APP }),
    ],
    'a group gets another description': [
      cmdlet('Set-RoleGroup', { Identity: 'Organization Management', Description: 'Members of the board' }),
    ],
    'a role that could not be assigned': assign('Mailbox Search', { User: anna }, { ResultStatus: 'False' }),
    'a role group of Purview': [
      complianceCmdlet('Add-RoleGroupMember', `-Identity "Organization Management" -Member "${anna}"`),
    ],
  },
})
