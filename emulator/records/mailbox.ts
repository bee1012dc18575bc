import type { Client } from './clients.ts'
import { type AuditRecord, common, type RecordKit, UserType } from './record.ts'

export interface Mailbox {
  readonly upn: string
  readonly name: string
  readonly mailboxGuid: string
  readonly sid: string
  readonly puid: string
}

/** Who opened the mailbox. An app-only token makes Exchange name the owner as the user. */
export type Reader =
  | { readonly kind: 'owner' }
  | { readonly kind: 'delegate'; readonly person: Mailbox }
  | { readonly kind: 'app'; readonly appId: string }

/** What a person's token says of its holder: Entra's session and device, and an id of its own. */
export interface Login {
  readonly session: string
  readonly device: string
  readonly token: string
}

export interface Access {
  readonly at: number
  readonly mailbox: Mailbox
  /** The owner, unless said otherwise. */
  readonly reader?: Reader
  readonly client: Client
  readonly ip: string
  readonly session?: string
  /** Fills what newer records say of the token besides the session; takes the place of `session`. */
  readonly login?: Login
}

/** What all mailbox records share (record types 2, 3 and 50). */
export interface MailboxRecord extends AuditRecord {
  readonly ResultStatus: string
  readonly ClientInfoString: string
  readonly ClientIPAddress: string
  readonly AppId?: string
  readonly ClientAppId?: string
  readonly SessionId?: string
  readonly DeviceId?: string
  readonly ActorInfoString?: string
  readonly AppAccessContext?: Readonly<Record<string, string>>
  readonly ExternalAccess: boolean
  readonly InternalLogonType: number
  /** 0 owner, 1 admin, 2 delegate. */
  readonly LogonType: number
  readonly LogonUserSid: string
  readonly MailboxGuid: string
  readonly MailboxOwnerSid: string
  readonly MailboxOwnerUPN: string
  readonly OrganizationName: string
  readonly OriginatingServer: string
}

export interface Folder {
  readonly path: string
  readonly name: string
}

export const INBOX: Folder = { path: '\\Inbox', name: 'Inbox' }
export const SENT: Folder = { path: '\\Sent Items', name: 'Sent Items' }
export const DELETED: Folder = { path: '\\Deleted Items', name: 'Deleted Items' }
export const DRAFTS: Folder = { path: '\\Drafts', name: 'Drafts' }

export interface Message {
  readonly id: string
  readonly internetMessageId: string
  readonly sizeInBytes: number
}

export function mailboxRecord(
  kit: RecordKit,
  access: Access,
  what: { operation: string; recordType: number },
): MailboxRecord {
  const { at, mailbox, client, ip, login, reader = { kind: 'owner' } } = access
  const session = login?.session ?? access.session
  const logon = reader.kind === 'delegate' ? reader.person : mailbox
  const app = reader.kind === 'app' ? reader.appId : undefined
  return {
    ...common(kit, {
      ...what,
      at,
      workload: 'Exchange',
      userId: logon.upn,
      userKey: app ?? logon.puid,
      userType: app ? UserType.application : UserType.regular,
    }),
    ResultStatus: 'Succeeded',
    ...client,
    ClientIPAddress: ip,
    ...(app ? appOnly(kit, app, client) : {}),
    ExternalAccess: false,
    InternalLogonType: 0,
    LogonType: reader.kind === 'delegate' ? 2 : 0,
    LogonUserSid: logon.sid,
    MailboxGuid: mailbox.mailboxGuid,
    MailboxOwnerSid: mailbox.sid,
    MailboxOwnerUPN: mailbox.upn,
    OrganizationName: kit.organizationName,
    // Item records end it in CR LF; cmdlet records do not.
    OriginatingServer: 'LO2P265MB2207 (15.20.4200.000)\r\n',
    ...(session === undefined ? {} : { SessionId: session }),
    ...(login === undefined ? {} : signedIn(login)),
  }
}

const signedIn = ({ session, device, token }: Login) => ({
  DeviceId: device,
  AppAccessContext: { AADSessionId: session, UniqueTokenId: token },
})

const appOnly = (kit: RecordKit, appId: string, client: Client) => ({
  ActorInfoString: `Client=REST;Client=RESTSystem;UserAgent=[NoUserAgent][AppId=${appId}];`,
  AppAccessContext: {
    APIId: client.AppId ?? '',
    ClientAppId: appId,
    UniqueTokenId: kit.random.hex(22),
  },
})

/** Entry ids are opaque; only their length and alphabet are like the real ones. */
export const entryId = (kit: RecordKit) =>
  `LgAAAAB${Buffer.from(kit.random.hex(64), 'hex').toString('base64')}`

export const folderId = (mailbox: Mailbox, folder: Folder) =>
  `LgAAAAC${Buffer.from(mailbox.mailboxGuid + folder.path).toString('base64')}`
