import { type SendRecord, send } from './mail-changes.ts'
import {
  type Access,
  type Folder,
  folderId,
  type MailboxRecord,
  type Message,
  mailboxRecord,
} from './mailbox.ts'
import { type RecordKit, RecordType } from './record.ts'

export interface SendAsRecord extends SendRecord {
  readonly SendAsUserSmtp?: string
  readonly SendAsUserMailboxGuid?: string
  readonly SendOnBehalfOfUserSmtp?: string
  readonly SendOnBehalfOfUserMailboxGuid?: string
}

/** Mail in another mailbox's name: written into that mailbox's log, by its delegate. */
export function sendFor(
  kit: RecordKit,
  how: 'SendAs' | 'SendOnBehalf',
  access: Access & { message: Message; subject: string },
): SendAsRecord {
  const { upn, mailboxGuid } = access.mailbox
  const named =
    how === 'SendAs'
      ? { SendAsUserSmtp: upn, SendAsUserMailboxGuid: mailboxGuid }
      : { SendOnBehalfOfUserSmtp: upn, SendOnBehalfOfUserMailboxGuid: mailboxGuid }
  return { ...send(kit, access), Operation: how, ...named }
}

export const CALENDAR: Folder = { path: '\\Calendar', name: 'Calendar' }

export interface ItemRecord extends MailboxRecord {
  readonly ClientIP: string
  readonly Item: {
    readonly Id: string
    readonly ParentFolder: { readonly Id: string; readonly Path: string }
    readonly Subject: string
  }
}

/** An appointment made or changed: `Create` covers calendars, contacts and tasks, never messages. */
export function appointment(
  kit: RecordKit,
  access: Access & { operation: 'Create' | 'Update'; id: string; subject: string },
): ItemRecord {
  const { operation, id, subject, mailbox } = access
  return {
    ...mailboxRecord(kit, access, { operation, recordType: RecordType.exchangeItem }),
    ClientIP: access.ip,
    Item: {
      Id: id,
      ParentFolder: { Id: folderId(mailbox, CALENDAR), Path: CALENDAR.path },
      Subject: subject,
    },
  }
}
