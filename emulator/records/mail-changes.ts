import {
  type Access,
  DELETED,
  DRAFTS,
  type Folder,
  folderId,
  INBOX,
  type MailboxRecord,
  type Message,
  mailboxRecord,
} from './mailbox.ts'
import { type RecordKit, RecordType } from './record.ts'

interface ParentFolder {
  readonly Id: string
  readonly Path: string
  readonly Name?: string
  readonly MemberUpn?: string
  readonly MemberSid?: string
  readonly MemberRights?: string
}

export interface SendRecord extends MailboxRecord {
  readonly ClientIP: string
  readonly Item: {
    readonly Id: string
    readonly InternetMessageId: string
    readonly ParentFolder: ParentFolder
    readonly SizeInBytes: number
    readonly Subject: string
    readonly Attachments?: string
  }
  readonly SaveToSentItems: boolean
}

export function send(
  kit: RecordKit,
  access: Access & { message: Message; subject: string; attachments?: string },
): SendRecord {
  const { message, subject, attachments } = access
  return {
    ...mailboxRecord(kit, access, { operation: 'Send', recordType: RecordType.exchangeItem }),
    ClientIP: access.ip,
    Item: {
      Id: message.id,
      InternetMessageId: message.internetMessageId,
      ParentFolder: { Id: folderId(access.mailbox, DRAFTS), Path: DRAFTS.path },
      SizeInBytes: message.sizeInBytes,
      Subject: subject,
      ...(attachments === undefined ? {} : { Attachments: attachments }),
    },
    SaveToSentItems: true,
  }
}

export interface MoveRecord extends MailboxRecord {
  readonly ClientIP: string
  readonly AffectedItems: readonly {
    readonly Id: string
    readonly InternetMessageId: string
    readonly ParentFolder: ParentFolder
    readonly Subject: string
  }[]
  readonly CrossMailboxOperation: boolean
  readonly DestFolder: ParentFolder
  readonly Folder: ParentFolder
}

export function moveToDeletedItems(
  kit: RecordKit,
  access: Access & { messages: readonly Message[]; subject: string },
): MoveRecord {
  const place = (folder: Folder) => ({ Id: folderId(access.mailbox, folder), Path: folder.path })
  return {
    ...mailboxRecord(kit, access, {
      operation: 'MoveToDeletedItems',
      recordType: RecordType.exchangeItemGroup,
    }),
    ClientIP: access.ip,
    AffectedItems: access.messages.map(({ id, internetMessageId }) => ({
      Id: id,
      InternetMessageId: internetMessageId,
      ParentFolder: place(INBOX),
      Subject: access.subject,
    })),
    CrossMailboxOperation: false,
    DestFolder: place(DELETED),
    Folder: place(INBOX),
  }
}

export interface FolderPermissionsRecord extends MailboxRecord {
  readonly ClientIP: string
  readonly Item: { readonly Id: string; readonly ParentFolder: ParentFolder }
}

/** Outlook on the web writes one for every holiday calendar: `Everyone`, and no more than free/busy. */
export function modifyFolderPermissions(
  kit: RecordKit,
  access: Access & { folder: Folder; member: { upn: string; sid: string }; rights: string },
): FolderPermissionsRecord {
  const { folder, member, rights } = access
  const id = folderId(access.mailbox, folder)
  return {
    ...mailboxRecord(kit, access, {
      operation: 'ModifyFolderPermissions',
      recordType: RecordType.exchangeItem,
    }),
    ClientIP: access.ip,
    Item: {
      Id: id,
      ParentFolder: {
        Id: id,
        MemberRights: rights,
        MemberSid: member.sid,
        MemberUpn: member.upn,
        Name: folder.name,
        Path: folder.path,
      },
    },
  }
}
