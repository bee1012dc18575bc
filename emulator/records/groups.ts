import { type FolderPermissionsRecord, modifyFolderPermissions } from './mail-changes.ts'
import { INBOX, type Mailbox } from './mailbox.ts'
import type { RecordKit } from './record.ts'

/** What the creation of a group leaves behind: LogonType 1 by S-1-5-18, the only benign use of that type. */
export function configureGroupMailbox(
  kit: RecordKit,
  input: { at: number; group: Mailbox; ip: string; member: 'Member' | 'Owner' },
): FolderPermissionsRecord {
  const { at, group, ip, member } = input
  return {
    ...modifyFolderPermissions(kit, {
      at,
      mailbox: group,
      ip,
      client: { ClientInfoString: 'Client=WebServices;Action=ConfigureGroupMailbox' },
      folder: INBOX,
      member: { upn: `${member}@local`, sid: 'S-1-8-1' },
      rights: 'ReadAny, Create, Visible, FreeBusySimple, FreeBusyDetailed',
    }),
    UserId: 'S-1-5-18',
    UserKey: 'S-1-5-18',
    UserType: 2,
    LogonType: 1,
    InternalLogonType: 1,
    LogonUserSid: 'S-1-5-18',
  }
}
