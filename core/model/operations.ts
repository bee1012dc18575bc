import { ACCESS_CMDLETS } from './access-operations.ts'
import type {
  AlertBody,
  ComplianceBody,
  EntraBody,
  ExchangeAdminBody,
  GraphRequestBody,
  MailboxBody,
  ObservedBody,
} from './bodies.ts'
import { ALERTS, EDISCOVERY, EXPORTS, PROTECTION } from './compliance-operations.ts'
import { DIRECTORY } from './directory-operations.ts'
import { GRAPH_REQUESTS } from './graph-operations.ts'
import { APPLICATION_SIGN_INS, METHODS, SIGN_INS } from './identity-operations.ts'
import { MAIL_FLOW } from './mail-flow-operations.ts'
import { MAILBOX } from './mailbox-operations.ts'
import { OBSERVED } from './observed-operations.ts'

/**
 * The operations detections read, in Microsoft's spelling, by the shape of their bodies. A detection names its
 * operations through these lists, so a misspelt operation or field does not compile. Operations that are not
 * listed pass through the engine untyped.
 */
const EXCHANGE_ADMIN = [
  'New-InboxRule',
  'Set-InboxRule',
  'Enable-InboxRule',
  'Add-MailboxPermission',
  'Add-RecipientPermission',
  'Set-Mailbox',
  'New-ServicePrincipal',
  'Add-MailboxFolderPermission',
  'Set-MailboxFolderPermission',
  'Set-MailboxCalendarFolder',
  'New-ManagementRoleAssignment',
  'Set-ManagementRoleAssignment',
  'New-RoleGroup',
  'Set-RoleGroup',
  'Add-RoleGroupMember',
  'Update-RoleGroupMember',
  'New-ManagementRole',
  'Add-ManagementRoleEntry',
  'New-ManagementScope',
  'Set-ManagementScope',
  ...ACCESS_CMDLETS,
  'Add-eDiscoveryCaseAdmin',
  'Update-eDiscoveryCaseAdmin',
  'Add-ComplianceCaseMember',
  'Update-ComplianceCaseMember',
  'New-ComplianceSecurityFilter',
  'Set-ComplianceSecurityFilter',
  'Remove-ComplianceSecurityFilter',
  'Set-AdminAuditLogConfig',
  'Set-MailboxAuditBypassAssociation',
] as const
const ENTRA = [
  ...SIGN_INS,
  ...APPLICATION_SIGN_INS,
  ...METHODS,
  'Add member to role',
  'Add eligible member to role',
  'Add scoped member to role',
  'Add member to role in PIM completed (permanent)',
  'Add member to role in PIM completed (timebound)',
  'Add eligible member to role in PIM completed (permanent)',
  'Add eligible member to role in PIM completed (timebound)',
  'Change user license',
  'Update user',
] as const
const COMPLIANCE = [
  'CaseAdminAdded',
  'CaseAdminUpdated',
  'CaseMemberAdded',
  'CaseMemberUpdated',
  'SearchPermissionCreated',
  'SearchPermissionUpdated',
  'SearchPermissionRemoved',
  'AdminMailAccess',
] as const

/** Operation → the shape of its body. */
export type RecordBodies = Record<(typeof MAILBOX)[number], MailboxBody> &
  Record<(typeof EXCHANGE_ADMIN)[number] | (typeof MAIL_FLOW)[number], ExchangeAdminBody> &
  Record<(typeof ENTRA)[number] | (typeof DIRECTORY)[number], EntraBody> &
  Record<(typeof COMPLIANCE)[number], ComplianceBody> &
  Record<(typeof EDISCOVERY)[number], ExchangeAdminBody & ComplianceBody> &
  Record<(typeof EXPORTS)[number] | (typeof PROTECTION)[number], ExchangeAdminBody> &
  Record<(typeof ALERTS)[number], AlertBody> &
  Record<(typeof OBSERVED)[number], ObservedBody> &
  Record<(typeof GRAPH_REQUESTS)[number], GraphRequestBody>

export type Operation = keyof RecordBodies

const KNOWN: readonly string[] = [
  ...MAILBOX,
  ...EXCHANGE_ADMIN,
  ...MAIL_FLOW,
  ...ENTRA,
  ...DIRECTORY,
  ...COMPLIANCE,
  ...EDISCOVERY,
  ...EXPORTS,
  ...PROTECTION,
  ...ALERTS,
  ...OBSERVED,
  ...GRAPH_REQUESTS,
]
const EXACT = new Set(KNOWN)
const BY_KEY = new Map(KNOWN.map(name => [operationKey(name), name]))

/** Folds what real records vary: case, en/em dashes, a trailing full stop, stray and repeated blanks. */
export function operationKey(operation: string): string {
  return operation
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ ?\.$/, '')
    .toLowerCase()
}

/** Microsoft's spelling of a known operation, whatever the record wrote; unknown ones come back trimmed. */
export function canonicalOperation(operation: string): string {
  if (EXACT.has(operation)) return operation
  return BY_KEY.get(operationKey(operation)) ?? operation.trim()
}
