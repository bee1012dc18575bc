import { at, type Event, guid, mailboxRecord, nameValues, OWA, person, type RawRecord } from './records.ts'

interface Share extends Partial<Event> {
  readonly operation?: string
  readonly folder?: string
  readonly member?: string | undefined
  readonly sid?: string
  readonly rights?: string
  /** Parts of `ParentFolder` that differ. */
  readonly parent?: RawRecord
}

/** A folder permission as the mailbox audit has it: the grant is inside `Item.ParentFolder`. */
export function folderPermission(share: Share): RawRecord {
  const { operation = 'ModifyFolderPermissions', folder = '\\Inbox', member, sid, parent, ...event } = share
  return mailboxRecord(
    operation,
    2,
    { at: at('10:40'), mailbox: person('anna'), client: OWA, ...event },
    {
      ClientIP: event.ip ?? '198.51.100.23',
      Item: {
        Id: guid(folder),
        ParentFolder: {
          Id: guid(folder),
          Path: folder,
          Name: folder.split('\\').at(-1),
          MemberRights: share.rights ?? 'ReadAny, Visible, FreeBusySimple, FreeBusyDetailed',
          MemberSid: sid,
          MemberUpn: member,
          ...parent,
        },
      },
    },
  )
}

/** What is known of the record of a new calendar delegate: its operation, and that properties come as names and values. */
export const calendarDelegation = (properties: RawRecord, event: Partial<Event> = {}) =>
  mailboxRecord(
    'UpdateCalendarDelegation',
    2,
    { at: at('10:40'), mailbox: person('anna'), client: OWA, ...event },
    { OperationProperties: nameValues(properties) },
  )
