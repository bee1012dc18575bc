import type { EntraBody, ExchangeAdminBody, MailboxBody } from './bodies.ts'

/**
 * The operations detections read, in Microsoft's spelling, by the shape of their bodies. A detection names its
 * operations through these lists, so a misspelt operation or field does not compile. Operations that are not
 * listed pass through the engine untyped.
 */
const MAILBOX = [
  'MailItemsAccessed',
  'AttachmentAccess',
  'MessageBind',
  'FolderBind',
  'MailboxLogin',
  'Create',
  'Update',
  'Move',
  'Copy',
  'Send',
  'SendAs',
  'SendOnBehalf',
  'SoftDelete',
  'HardDelete',
  'MoveToDeletedItems',
  'UpdateInboxRules',
] as const
const EXCHANGE_ADMIN = ['New-InboxRule', 'Set-InboxRule', 'Enable-InboxRule'] as const
const ENTRA = ['UserLoggedIn'] as const

/** Operation → the shape of its body. */
export type RecordBodies = Record<(typeof MAILBOX)[number], MailboxBody> &
  Record<(typeof EXCHANGE_ADMIN)[number], ExchangeAdminBody> &
  Record<(typeof ENTRA)[number], EntraBody>

export type Operation = keyof RecordBodies

const KNOWN: readonly string[] = [...MAILBOX, ...EXCHANGE_ADMIN, ...ENTRA]
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
