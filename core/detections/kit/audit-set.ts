import { json } from '../../model/values.ts'

/** The parameters of Set-Mailbox that say which actions are recorded, by who is at the mailbox. */
export const AUDIT_SETS = ['AuditOwner', 'AuditDelegate', 'AuditAdmin'] as const
export type AuditSet = (typeof AUDIT_SETS)[number]

const READS = 'MailItemsAccessed'

/** Actions that show mail being collected. Whatever else somebody stops recording is no concern of ours. */
const WATCHED = new Map(
  [READS, 'AttachmentAccess', 'UpdateInboxRules', 'Send', 'SendAs', 'SendOnBehalf']
    .concat('FolderBind', 'MessageBind', 'SearchQueryInitiated', 'UpdateFolderPermissions')
    .map(action => [action.toLowerCase(), action]),
)

/** What a set that replaces another must hold: of the watched actions, those Exchange records by itself. */
const EXPECTED: Record<AuditSet, readonly string[]> = {
  AuditOwner: ['MailItemsAccessed', 'UpdateInboxRules', 'Send'],
  AuditDelegate: ['MailItemsAccessed', 'UpdateInboxRules'],
  AuditAdmin: ['MailItemsAccessed', 'UpdateInboxRules', 'Send'],
}

interface Change {
  readonly removed: ReadonlySet<string>
  readonly added: ReadonlySet<string>
  /** Set where the value is a whole new set. */
  readonly replaces: boolean
}

/**
 * The watched actions that are no longer recorded once this value is set. Exchange Online has been seen to write a change
 * as `+SoftDelete;-Update` and a replacement as `Update;SendAs`; `@{Remove="Update"}`, its JSON and command lines are
 * what people type and other exporters pass on. An empty value or `None` leaves nothing.
 */
export function droppedActions(set: AuditSet, values: readonly string[]): readonly string[] {
  const change = readChange(values.map(plain).join(' '))
  if (change === undefined) return []
  if (!change.replaces) return [...change.removed].filter(action => !change.added.has(action))
  return EXPECTED[set].filter(action => !change.added.has(action))
}

/** Are reads recorded again once this value is set: added to the set, or in one that replaces it? */
export function bringsReadsBack(values: readonly string[]): boolean {
  const change = readChange(values.map(plain).join(' '))
  return change?.added.has(READS) === true && !change.removed.has(READS)
}

/** `{"Remove":["Update"]}` as the words it is made of. */
function plain(value: string): string {
  const read = json(value)
  return read === undefined ? value : JSON.stringify(read)
}

/** `undefined` for a value that names no action at all and is not empty: a type's name instead of its contents. */
function readChange(value: string): Change | undefined {
  const removed = new Set<string>()
  const added = new Set<string>()
  let mode: 'replace' | 'remove' | 'add' = 'replace'
  let [replaces, named, empty] = [false, false, true]
  for (const [, sign, word = ''] of value.matchAll(/([+-]?)([a-z]+)/gi)) {
    const name = word.toLowerCase()
    if (name === 'add' || name === 'remove') {
      mode = name
      continue
    }
    const action = WATCHED.get(name)
    const change = sign === '-' ? 'remove' : sign === '+' ? 'add' : mode
    named ||= action !== undefined || OTHER_ACTIONS.has(name)
    replaces ||= change === 'replace'
    empty &&= name === 'none'
    if (action !== undefined) (change === 'remove' ? removed : added).add(action)
  }
  if (empty) return mode === 'replace' ? { removed, added, replaces: true } : undefined
  return named ? { removed, added, replaces } : undefined
}

/** The other actions there are; they tell a list of actions from any other text. */
const OTHER_ACTIONS = new Set(
  [
    'ApplyRecord',
    'Copy',
    'Create',
    'HardDelete',
    'MailboxLogin',
    'Move',
    'MoveToDeletedItems',
    'RecordDelete',
  ]
    .concat(
      'RemoveFolderPermissions',
      'AddFolderPermissions',
      'ModifyFolderPermissions',
      'SoftDelete',
      'Update',
    )
    .concat('UpdateCalendarDelegation', 'UpdateComplianceTag', 'PriorityCleanupDelete')
    .map(action => action.toLowerCase()),
)
