import type { AuditRecord } from '../../model/audit-record.ts'
import { flag, isObject, lower, text } from '../../model/values.ts'
import { bareName } from './grantees.ts'
import { first, type NameValues, nameValues } from './name-values.ts'

/** What a record says about one folder and one member, whichever of its shapes it came in. */
export interface FolderShare {
  readonly mailbox: string
  /** `\Inbox`; a single backslash is the whole mailbox. */
  readonly folder: string
  /** As written; see `grantee`. Absent where the record names nobody. */
  readonly member?: string
  /** The member can read what is in the folder; free/busy is not reading. */
  readonly reads: boolean
  /**
   * Calendar delegation: `informed` delegates see private items or get the meeting mail; `unclear` is a record that
   * says no more than that somebody was made a delegate.
   */
  readonly delegate?: 'informed' | 'unclear'
  /** As far as it goes: `Reviewer`, `ReadAny, Visible`. */
  readonly rights: string
}

/** Roles and single rights that include reading; `ReadAny` is how mailbox records say it. */
const READING = new Set(
  [
    'reviewer',
    'author',
    'noneditingauthor',
    'publishingauthor',
    'editor',
    'publishingeditor',
    'owner',
  ].concat('readitems', 'readany', 'fulldetails'),
)

const CMDLETS = new Set(['Add-MailboxFolderPermission', 'Set-MailboxFolderPermission'])

export function folderShare(record: AuditRecord): FolderShare {
  if (CMDLETS.has(record.operation)) return fromCmdlet(record)
  return record.operation === 'UpdateCalendarDelegation' ? fromDelegation(record) : fromMailboxAudit(record)
}

function fromCmdlet(record: AuditRecord): FolderShare {
  const parameters = nameValues(record.body.Parameters)
  const member = first(parameters, 'User')
  const flags = (parameters.get('sharingpermissionflags') ?? []).join()
  return {
    ...cmdletFolder(record, parameters),
    ...(member !== undefined && { member }),
    ...rightsOf((parameters.get('accessrights') ?? []).join(', ')),
    ...(/delegate|canviewprivateitems/i.test(flags) && { delegate: 'informed' as const }),
  }
}

/** `Identity` is `anna@…:\Inbox`; with nothing after the mailbox it is all of it. */
export function cmdletFolder(
  { body, actor }: AuditRecord,
  parameters: NameValues,
): Pick<FolderShare, 'mailbox' | 'folder'> {
  const identity = first(parameters, 'Identity') ?? text(body.ObjectId) ?? ''
  const [, owner = identity, folder = ''] = /^(.*?):(?:[\\/](.*))?$/s.exec(identity) ?? []
  return { mailbox: bareName(owner) || actor, folder: `\\${folder}` }
}

/** The SID is sure where the name could be a translation. */
const ANYBODY = new Map([
  ['S-1-1-0', 'Everyone'],
  ['S-1-5-7', 'Anonymous'],
])

/** `Item.ParentFolder` holds the grant. */
function fromMailboxAudit({ body, mailbox, actor }: AuditRecord): FolderShare {
  const item = isObject(body.Item) ? body.Item : {}
  const parent = isObject(item.ParentFolder) ? item.ParentFolder : {}
  const path = text(parent.Path)
  const sid = text(parent.MemberSid)
  const member = ANYBODY.get(sid ?? '') ?? text(parent.MemberUpn) ?? sid
  return {
    mailbox: mailbox ?? actor,
    folder:
      (path === undefined || path === 'Not Available' ? text(parent.Name) : path) ??
      'a folder without a name',
    ...(member !== undefined && { member }),
    ...rightsOf(text(parent.MemberRights) ?? ''),
  }
}

/**
 * No record of this kind was to be had: what it may say is looked for by the names Exchange Web Services gives the
 * two settings, `ViewPrivateItems` and `ReceiveCopiesOfMeetingMessages`.
 */
function fromDelegation(record: AuditRecord): FolderShare {
  const properties = nameValues(record.body.OperationProperties)
  const share = fromMailboxAudit(record)
  const member = share.member ?? named(properties, /^(?:delegate|member|user)/)
  return {
    ...share,
    folder: '\\Calendar',
    ...(member !== undefined && { member }),
    reads: false,
    delegate: flag(named(properties, /private|meeting/)) ? 'informed' : 'unclear',
  }
}

/** The first value of a property whose name fits; a truth value that is true goes before one that is not. */
function named(properties: NameValues, name: RegExp): string | undefined {
  const values = [...properties].filter(([key]) => name.test(key)).flatMap(([, found]) => found)
  return values.find(value => flag(value) === true) ?? values[0]
}

function rightsOf(given: string): Pick<FolderShare, 'reads' | 'rights'> {
  const rights = given.split(/[^a-z]+/i).filter(right => right !== '')
  return { reads: rights.some(right => READING.has(lower(right) ?? '')), rights: rights.join(', ') }
}
