import {
  type Access,
  entryId,
  type Folder,
  folderId,
  type MailboxRecord,
  type Message,
  mailboxRecord,
} from './mailbox.ts'
import { type NameValue, nameValues, type RecordKit, RecordType } from './record.ts'

export interface FolderItem {
  readonly Id: string
  readonly InternetMessageId: string
  readonly SizeInBytes: number
}

/** Single messages read: up to two minutes of one client's reading in one record, and no `ClientIP`. */
export interface BindRecord extends MailboxRecord {
  readonly OperationProperties: readonly NameValue[]
  readonly Folders: readonly {
    readonly FolderItems: readonly FolderItem[]
    readonly Id: string
    readonly Path: string
  }[]
  readonly OperationCount: number
}

export function bind(
  kit: RecordKit,
  access: Access & { folders: readonly { folder: Folder; messages: readonly Message[] }[] },
): BindRecord {
  return {
    ...mailboxRecord(kit, access, {
      operation: 'MailItemsAccessed',
      recordType: RecordType.exchangeItemAggregated,
    }),
    OperationProperties: nameValues({ MailAccessType: 'Bind', IsThrottled: 'False' }),
    Folders: access.folders.map(({ folder, messages }) => ({
      FolderItems: messages.map(({ id, internetMessageId, sizeInBytes }) => ({
        Id: id,
        InternetMessageId: internetMessageId,
        SizeInBytes: sizeInBytes,
      })),
      Id: folderId(access.mailbox, folder),
      Path: folder.path,
    })),
    OperationCount: access.folders.reduce((sum, { messages }) => sum + messages.length, 0),
  }
}

/** A whole folder taken down by desktop Outlook: record type 2, one folder under `Item`, no count. */
export interface SyncRecord extends MailboxRecord {
  readonly ClientIP: string
  readonly OperationProperties: readonly NameValue[]
  readonly Item: {
    readonly Id: string
    readonly ParentFolder: { readonly Id: string; readonly Name: string; readonly Path: string }
  }
}

export function sync(kit: RecordKit, access: Access & { folder: Folder }): SyncRecord {
  const id = folderId(access.mailbox, access.folder)
  return {
    ...mailboxRecord(kit, access, { operation: 'MailItemsAccessed', recordType: RecordType.exchangeItem }),
    ClientIP: access.ip,
    OperationProperties: nameValues({ MailAccessType: 'Sync', IsThrottled: 'False' }),
    Item: { Id: id, ParentFolder: { Id: id, Name: access.folder.name, Path: 'Not Available' } },
  }
}

/** Attachments read through Graph: `Messages` in place of `Folders`, sizes with two decimals. */
export interface AttachmentAccessRecord extends MailboxRecord {
  readonly OperationProperties: readonly NameValue[]
  readonly Messages: readonly {
    readonly Id: string
    readonly Path: string
    readonly MessageItems: readonly { readonly Id: string; readonly SizeInBytes: string }[]
  }[]
  readonly OperationCount: number
}

export function attachmentAccess(
  kit: RecordKit,
  access: Access & { folder: Folder; messages: readonly Message[] },
): AttachmentAccessRecord {
  return {
    ...mailboxRecord(kit, access, {
      operation: 'AttachmentAccess',
      recordType: RecordType.exchangeItemAggregated,
    }),
    OperationProperties: nameValues({ AttachmentAccessType: 'Bind' }),
    Messages: access.messages.map(message => ({
      Id: message.id,
      Path: access.folder.path,
      MessageItems: [{ Id: entryId(kit), SizeInBytes: message.sizeInBytes.toFixed(2) }],
    })),
    OperationCount: access.messages.length,
  }
}
