import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { guid, person } from '../../test/support/records.ts'

/** Attackers' moves, each with something harmless that looks like it. The titles begin with the move. */
const anna = person('anna')
const APP = guid('mail sync')

export const cases = defineCases('exchange-role', {
  fires: {
    'RBAC for Applications instead of a grant in Entra': {
      records: [
        cmdlet('New-ServicePrincipal', { AppId: APP, ObjectId: guid('sp'), DisplayName: 'Mail sync' }),
        cmdlet('New-ManagementRoleAssignment', { App: guid('sp'), Role: 'Application Mail.Read' }),
      ],
      expect: {
        term: 'application',
        severity: 'critical',
        key: [ADMIN, guid('sp'), 'application mail.read'],
      },
    },
    'case, blank and dash variants': {
      records: [cmdlet('NEW–MANAGEMENTROLEASSIGNMENT', { ROLE: 'MAILBOX\u00a0 SEARCH', user: anna })],
      expect: { term: 'power' },
    },
    'the role behind another name': {
      records: [
        cmdlet('New-ManagementRole', { Name: 'Calendar helper', Parent: 'ApplicationImpersonation' }),
        cmdlet('New-ManagementRoleAssignment', { Role: 'Calendar helper', User: anna }),
      ],
      expect: { term: 'power', key: [ADMIN, 'calendar helper', 'applicationimpersonation'] },
    },
    'the role through a group instead of an assignment': {
      records: [cmdlet('New-RoleGroup', { Name: 'Helpers', Roles: 'Mailbox Import Export' })],
      expect: { term: 'power', key: [ADMIN, 'helpers', 'mailbox import export'] },
    },
    'an existing assignment edited instead of a new one': {
      records: [
        cmdlet('Set-ManagementRoleAssignment', { Identity: 'Application Mail.Read-crm', Enabled: '$true' }),
      ],
      expect: { term: 'application' },
    },
    'the SYSTEM exclusion, by a name that contains it': {
      records: [
        provisioning(
          'New-RoleGroup',
          { Name: 'x', Roles: 'Mailbox Search' },
          { UserId: `${SERVICE_HOST}@birchwood.example` },
        ),
      ],
      expect: { term: 'power' },
    },
    'a partner’s account, with a long name and type 9': {
      records: [
        cmdlet(
          'Add-RoleGroupMember',
          { Identity: 'Organization Management', Member: anna },
          {
            by: `tenant: ${guid('msp')}, object: ${guid('x')}`,
            change: { UserType: 9 },
          },
        ),
      ],
      expect: { term: 'power' },
    },
    'late or duplicate content: one role told twice': {
      records: Array.from({ length: 2 }, () =>
        cmdlet('Add-RoleGroupMember', { Identity: 'Discovery Management', Member: anna }),
      ),
      expect: { term: 'power', count: 1, recordCount: 1 },
    },
  },
  quiet: {
    'RBAC for Applications: looking at the assignments': [
      cmdlet('Get-ManagementRoleAssignment', { Role: 'Application Mail.Read' }),
      cmdlet('Test-ServicePrincipalAuthorization', { Identity: guid('sp') }),
    ],
    'the role behind another name: its end-user parent': [
      cmdlet('New-ManagementRole', { Name: 'Contact helper', Parent: 'MyContactInformation' }),
    ],
    'an existing assignment is switched off': [
      cmdlet('Set-ManagementRoleAssignment', { Identity: 'Application Mail.Read-crm', Enabled: '$false' }),
    ],
    'the SYSTEM exclusion: the process itself': [
      provisioning('New-RoleGroup', { Name: 'x', Roles: 'Mailbox Search' }),
    ],
    'the words of a role in another parameter': [
      cmdlet('Set-RoleGroup', { Identity: 'Helpers', Description: 'Mailbox Search' }),
    ],
  },
})
