import type { EntraBody, ExchangeAdminBody, MailboxBody } from './bodies.ts'

/**
 * Operation → the shape of its body, in Microsoft's spelling. A detection names its operations through this
 * table, so a misspelt operation or field does not compile. Operations that are not listed pass through the
 * engine untyped.
 */
export interface RecordBodies {
  MailItemsAccessed: MailboxBody
  AttachmentAccess: MailboxBody
  MessageBind: MailboxBody
  FolderBind: MailboxBody
  MailboxLogin: MailboxBody
  Create: MailboxBody
  Update: MailboxBody
  Move: MailboxBody
  Copy: MailboxBody
  Send: MailboxBody
  SendAs: MailboxBody
  SendOnBehalf: MailboxBody
  SoftDelete: MailboxBody
  HardDelete: MailboxBody
  MoveToDeletedItems: MailboxBody
  UpdateInboxRules: MailboxBody
  'New-InboxRule': ExchangeAdminBody
  'Set-InboxRule': ExchangeAdminBody
  'Enable-InboxRule': ExchangeAdminBody
  UserLoggedIn: EntraBody
}

export type Operation = keyof RecordBodies

const KNOWN: Record<Operation, true> = {
  MailItemsAccessed: true,
  AttachmentAccess: true,
  MessageBind: true,
  FolderBind: true,
  MailboxLogin: true,
  Create: true,
  Update: true,
  Move: true,
  Copy: true,
  Send: true,
  SendAs: true,
  SendOnBehalf: true,
  SoftDelete: true,
  HardDelete: true,
  MoveToDeletedItems: true,
  UpdateInboxRules: true,
  'New-InboxRule': true,
  'Set-InboxRule': true,
  'Enable-InboxRule': true,
  UserLoggedIn: true,
}

const CANONICAL = new Map(Object.keys(KNOWN).map(name => [operationKey(name), name]))

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
  if (Object.hasOwn(KNOWN, operation)) return operation
  return CANONICAL.get(operationKey(operation)) ?? operation.trim()
}
