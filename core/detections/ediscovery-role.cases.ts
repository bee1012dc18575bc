import { defineCases } from '../../test/support/cases.ts'
import {
  ADMIN,
  type Cmdlet,
  cmdlet,
  complianceCmdlet,
  SERVICE_HOST,
} from '../../test/support/record-cmdlets.ts'
import { at, hours, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')

/** What Purview itself writes: type 24, the object by name, the cmdlet's parameters as one text. */
const activity = (operation: string, ObjectId: string, change: RawRecord = {}, given: Cmdlet = {}) =>
  complianceCmdlet(operation, '', {
    ...given,
    change: { RecordType: 24, ObjectId, ObjectType: 'Case', ...change },
  })
const got = (term: string, to: string, what: string) =>
  ({ term, key: [ADMIN, to, what], actor: ADMIN, count: 1 }) as const

const GROUP = 'role group ediscoverymanager'

export const cases = defineCases('ediscovery-role', {
  fires: {
    'an eDiscovery administrator, as an activity': {
      records: [activity('CaseAdminAdded', anna)],
      expect: { ...got('administrator', anna, 'eDiscovery administrator'), severity: 'high' },
    },
    'an eDiscovery administrator, as a cmdlet': {
      records: [complianceCmdlet('Add-eDiscoveryCaseAdmin', `-User "${anna}"`)],
      expect: got('administrator', anna, 'eDiscovery administrator'),
    },
    'activity and cmdlet of one change are one finding': {
      records: [
        activity('CaseAdminAdded', anna),
        complianceCmdlet('Add-eDiscoveryCaseAdmin', `-User "${anna}"`, { at: at('09:20') + hours(2) }),
      ],
      expect: { ...got('administrator', anna, 'eDiscovery administrator'), count: 2 },
    },
    'the administrators are replaced': {
      records: [activity('CaseAdminUpdated', 'x', { Parameters: `-Users ("${anna}","${ADMIN}")` })],
      expect: got('administrator', `${anna}, ${ADMIN}`, 'eDiscovery administrator'),
    },
    'the administrators are replaced, as a cmdlet': {
      records: [complianceCmdlet('update-ediscoverycaseadmin', `-Users "${anna}"`)],
      expect: got('administrator', anna, 'eDiscovery administrator'),
    },
    'a member of eDiscovery Manager': {
      records: [complianceCmdlet('Add-RoleGroupMember', `-Identity "eDiscoveryManager" -Member "${anna}"`)],
      expect: { ...got('group', anna, GROUP), severity: 'high' },
    },
    'the same from a record of role changes, as a list': {
      records: [
        complianceCmdlet('Add-RoleGroupMember', '', {
          change: {
            RecordType: 87,
            Workload: undefined,
            Parameters: [
              { Name: 'Member', Value: anna },
              { Name: 'Identity', Value: 'eDiscoveryManager' },
            ],
          },
        }),
      ],
      expect: got('group', anna, GROUP),
    },
    'a group with a blank in its name': {
      records: [
        complianceCmdlet(
          'Update-RoleGroupMember',
          `-Members ("${anna}") -Identity "Organization Management"`,
        ),
      ],
      expect: got('group', anna, 'role group organization management'),
    },
    'a group of one’s own that may export': {
      records: [
        complianceCmdlet(
          'New-RoleGroup',
          `-Name "Helpers" -Roles ("Export","Compliance Search") -Members "${anna}"`,
        ),
      ],
      expect: got('group', anna, 'role group helpers'),
    },
    'a group of one’s own, of which nothing is known': {
      records: [complianceCmdlet('Add-RoleGroupMember', `-Identity "Helpers" -Member "${anna}"`)],
      expect: { ...got('other', anna, 'role group helpers'), severity: 'medium' },
    },
    'a search permission filter is taken away': {
      records: [activity('SearchPermissionRemoved', 'Board only')],
      expect: { ...got('filter', 'board only', 'filter of what may be searched'), severity: 'high' },
    },
    'a search permission filter is changed': {
      records: [activity('SearchPermissionUpdated', 'Board only')],
      expect: got('filter', 'board only', 'filter of what may be searched'),
    },
    'a search permission filter, by cmdlet': {
      records: [complianceCmdlet('Remove-ComplianceSecurityFilter', '-FilterName "Board only"')],
      expect: got('filter', 'board only', 'filter of what may be searched'),
    },
    'a search permission filter, changed by cmdlet': {
      records: [
        complianceCmdlet(
          'Set-ComplianceSecurityFilter',
          `-FilterName "Board only" -Users "${anna}" -Action All`,
        ),
      ],
      expect: got('filter', 'board only', 'filter of what may be searched'),
    },
    'a new search permission filter': {
      records: [
        complianceCmdlet('New-ComplianceSecurityFilter', `-FilterName "EU" -Users "${anna}" -Action All`),
      ],
      expect: { ...got('other', 'eu', 'new filter of what may be searched'), severity: 'medium' },
    },
    'a new search permission filter, as an activity': {
      records: [activity('SearchPermissionCreated', 'EU')],
      expect: got('other', 'eu', 'new filter of what may be searched'),
    },
    'a member of a case': {
      records: [activity('CaseMemberAdded', anna, { Case: 'Merger' })],
      expect: { ...got('member', anna, 'member of the case Merger'), severity: 'medium' },
    },
    'a member of a case, by cmdlet': {
      records: [complianceCmdlet('Add-ComplianceCaseMember', `-Case "Merger" -Member "${anna}"`)],
      expect: got('member', anna, 'member of the case Merger'),
    },
    'the members of a case are replaced': {
      records: [complianceCmdlet('Update-ComplianceCaseMember', `-Members "${anna}" -Case "Merger"`)],
      expect: got('member', anna, 'member of the case Merger'),
    },
    'the members of a case, as an activity without a name': {
      records: [activity('CaseMemberUpdated', anna)],
      expect: got('member', anna, 'member of a case'),
    },
    'a person called like Exchange’s own process': {
      records: [complianceCmdlet('Add-eDiscoveryCaseAdmin', `-User "${anna}"`, { by: SERVICE_HOST })],
      expect: { term: 'administrator' },
    },
  },
  quiet: {
    'a role group of Exchange': [
      cmdlet('Add-RoleGroupMember', { Identity: 'Organization Management', Member: anna }),
    ],
    'groups that may only look': [
      complianceCmdlet('Add-RoleGroupMember', `-Identity "SecurityReader" -Member "${anna}"`),
    ],
    'rights are taken away': [
      activity('CaseAdminRemoved', anna),
      activity('CaseMemberRemoved', anna),
      complianceCmdlet('Remove-RoleGroupMember', `-Identity "eDiscoveryManager" -Member "${anna}"`),
      complianceCmdlet('Update-RoleGroupMember', '-Identity "eDiscoveryManager"'),
      complianceCmdlet('Remove-eDiscoveryCaseAdmin', `-User "${anna}"`),
    ],
    'a change that failed': [
      complianceCmdlet('Add-eDiscoveryCaseAdmin', `-User "${anna}"`, { change: { ResultStatus: 'Failed' } }),
    ],
    provisioning: [
      complianceCmdlet('Update-RoleGroupMember', `-Identity "eDiscoveryManager" -Members "${anna}"`, {
        by: SERVICE_HOST,
        change: { UserType: 3 },
      }),
    ],
    'a case is made, nobody joins': [activity('CaseAdded', 'Merger', { Case: 'Merger' })],
  },
})
