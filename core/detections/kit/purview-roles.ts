import type { AuditRecord } from '../../model/audit-record.ts'
import { text } from '../../model/values.ts'
import { isComplianceRecord } from './compliance.ts'
import { bareName } from './grantees.ts'
import { additions } from './multi-value.ts'
import { first, nameValues } from './name-values.ts'

export const PURVIEW_CHANGES = [
  'CaseAdminAdded',
  'CaseAdminUpdated',
  'CaseMemberAdded',
  'CaseMemberUpdated',
  'SearchPermissionCreated',
  'SearchPermissionUpdated',
  'SearchPermissionRemoved',
  'Add-eDiscoveryCaseAdmin',
  'Update-eDiscoveryCaseAdmin',
  'Add-ComplianceCaseMember',
  'Update-ComplianceCaseMember',
  'New-ComplianceSecurityFilter',
  'Set-ComplianceSecurityFilter',
  'Remove-ComplianceSecurityFilter',
  'New-RoleGroup',
  'Add-RoleGroupMember',
  'Update-RoleGroupMember',
] as const

export interface PurviewChange {
  readonly grade: 'administrator' | 'filter' | 'group' | 'member' | 'other'
  /** Who gets it, or the filter’s name. */
  readonly to: string
  /** In words: `eDiscovery administrator`, `the case Merger`. */
  readonly what: string
}

/** Role groups whose members search, open or export mail, or hand that out. Spelled with blanks and without. */
const GROUPS = new Set(
  ['ediscoverymanager', 'organizationmanagement', 'complianceadministrator', 'compliancedataadministrator']
    .concat('datainvestigator', 'reviewer', 'contentexplorercontentviewer', 'securityadministrator')
    .concat('communicationcompliance', 'communicationcomplianceinvestigators', 'insiderriskmanagement')
    .concat('insiderriskmanagementinvestigators', 'privacymanagement', 'recordsmanagement'),
)
const LOOKING = new Set([
  'securityreader',
  'globalreader',
  'compliancemanagerreader',
  'mailflowadministrator',
])

/** Roles in Purview that a group of one’s own can be put together from. */
const ROLES = new Set(
  ['export', 'preview', 'review', 'compliancesearch', 'casemanagement', 'searchandpurge', 'rmsdecrypt']
    .concat('custodian', 'hold', 'rolemanagement', 'dataclassificationcontentviewer')
    .concat('datainvestigationmanagement', 'communicationcomplianceinvestigation'),
)

/**
 * Activities (RecordType 24) and the cmdlets behind them (18) say the same; both hold the cmdlet’s parameters, most
 * often as one command line. `undefined` where nobody gets more than he had.
 */
export function purviewChange(record: AuditRecord): PurviewChange | undefined {
  const { body, operation } = record
  const parameters = nameValues(body.Parameters)
  const one = (...names: readonly string[]) =>
    names.map(name => first(parameters, name)).find(value => value !== undefined)
  const people = ['User', 'Users', 'Member', 'Members'].flatMap(name =>
    additions(parameters.get(name.toLowerCase())),
  )
  const object = bareName(one('Identity', 'FilterName', 'Name') ?? text(body.ObjectId) ?? '') || 'somebody'
  const to = people.map(bareName).join(', ').slice(0, 120) || object

  if (/CaseAdmin/.test(operation)) return { grade: 'administrator', to, what: 'eDiscovery administrator' }
  if (/CaseMember/.test(operation)) {
    const name = one('Case') ?? text(body.Case) ?? text(body.CaseName)
    return {
      grade: 'member',
      to,
      what: name === undefined ? 'member of a case' : `member of the case ${name.slice(0, 80)}`,
    }
  }
  if (/^(?:New-ComplianceSecurityFilter|SearchPermissionCreated)$/.test(operation))
    return { grade: 'other', to: object, what: 'new filter of what may be searched' }
  if (/ComplianceSecurityFilter$|^SearchPermission/.test(operation))
    return { grade: 'filter', to: object, what: 'filter of what may be searched' }
  return isComplianceRecord(record)
    ? roleGroup(operation, people.length, additions(parameters.get('roles')), to, object)
    : undefined
}

function roleGroup(
  operation: string,
  members: number,
  roles: readonly string[],
  to: string,
  group: string,
): PurviewChange | undefined {
  if (operation !== 'New-RoleGroup' && members === 0) return undefined
  if (LOOKING.has(folded(group))) return undefined
  const strong = GROUPS.has(folded(group)) || roles.some(role => ROLES.has(folded(role)))
  return { grade: strong ? 'group' : 'other', to, what: `role group ${group}` }
}

function folded(name: string): string {
  return name.replace(/[\s_-]/g, '').toLowerCase()
}
