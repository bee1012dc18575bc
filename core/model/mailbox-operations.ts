/** Mail being read. */
export const READS = ['MailItemsAccessed', 'AttachmentAccess', 'MessageBind', 'FolderBind'] as const

/** What people and programs do in a mailbox day by day. */
export const ACTIVITY = [
  ...READS,
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

/** Operations of mailbox audit records that detections read, in Microsoft's spelling. */
export const MAILBOX = [
  ...ACTIVITY,
  'SearchQueryInitiatedExchange',
  'AddFolderPermissions',
  'ModifyFolderPermissions',
  'UpdateFolderPermissions',
  'UpdateCalendarDelegation',
] as const
