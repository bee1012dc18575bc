import { createHash } from 'node:crypto'
import { DAY, HOUR, MINUTE, type Seconds } from '../../core/model/time.ts'
import { type Client, graphApp, OWA } from './record-clients.ts'

export * from './record-clients.ts'

/** An audit record as the Management API sends it: Microsoft's names and spellings, values as on the wire. */
export type RawRecord = Readonly<Record<string, unknown>>

/** A GUID that is the same for the same text. */
export function guid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}

export const TENANT = guid('birchwood')
/** The tenant's domain, and the one it was opened with (`….onmicrosoft.com` outside of examples). */
export const OWN_DOMAIN = 'birchwood.example'
export const ORGANISATION = 'birchwood.onmicrosoft.example'

export const person = (name: string) => `${name}@${OWN_DOMAIN}`
export const staff = (count: number) => Array.from({ length: count }, (_, n) => person(`staff${n + 1}`))

export const minutes = (count: number): Seconds => count * MINUTE
export const hours = (count: number): Seconds => count * HOUR

/** A time of Wednesday, 18 November 2026, UTC: `09:35` or `09:35:59`; `day` 1 is the day after. */
export function at(clock: string, day = 0): Seconds {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number)
  return Date.UTC(2026, 10, 18) / 1000 + day * DAY + hour * HOUR + minute * MINUTE + second
}

/** A public address for each number, each in a network of its own. Only three documentation networks are IPv4. */
export function host(n: number): string {
  const network = ['192.0.2', '198.51.100', '203.0.113'][n]
  return network === undefined ? `2001:db8:${n.toString(16)}::1` : `${network}.10`
}

/** What the builders of mailbox records share. */
export interface Access {
  readonly mailbox: string
  /** A delegate by UPN. Absent: the owner, or an application under the owner's name. */
  readonly by?: string
  /** An application that acts by itself: Exchange names the owner as the user, type 5. */
  readonly app?: string
  readonly client?: Client | undefined
  readonly ip?: string | undefined
  readonly session?: string
  /** Wire fields that differ; `undefined` takes one out. */
  readonly change?: RawRecord
}
export type Event = Access & { readonly at: Seconds }

/** The record as it would come off the wire; its id follows from what it says. */
export function sealed(at: Seconds, operation: string, fields: RawRecord): RawRecord {
  const CreationTime = new Date(at * 1000).toISOString().slice(0, 19)
  const written = JSON.stringify({ CreationTime, Operation: operation, OrganizationId: TENANT, ...fields })
  return { Id: guid(written), ...JSON.parse(written) }
}

export const sidOf = (upn: string) =>
  `S-1-5-21-1004336348-1177238915-682003330-${parseInt(guid(upn).slice(0, 6), 16)}`

export function mailboxRecord(
  operation: string,
  recordType: number,
  event: Event,
  fields: RawRecord,
): RawRecord {
  const { mailbox, by, app, ip = '198.51.100.23', session, change } = event
  const client = event.client ?? (app === undefined ? OWA : graphApp(app))
  const logon = by ?? mailbox
  return sealed(event.at, operation, {
    RecordType: recordType,
    ResultStatus: 'Succeeded',
    UserKey: app ?? `10032000${guid(logon).slice(0, 8).toUpperCase()}`,
    UserType: app === undefined ? 0 : 5,
    Version: 1,
    Workload: 'Exchange',
    UserId: logon,
    ...client,
    ClientIPAddress: ip,
    ExternalAccess: false,
    InternalLogonType: 0,
    LogonType: by === undefined ? 0 : 2,
    LogonUserSid: sidOf(logon),
    MailboxGuid: guid(mailbox),
    MailboxOwnerSid: sidOf(mailbox),
    MailboxOwnerUPN: mailbox,
    OrganizationName: ORGANISATION,
    OriginatingServer: 'LO2P265MB2207 (15.20.9115.017)\r\n',
    ...(session !== undefined && { SessionId: session }),
    ...fields,
    ...change,
  })
}

export const nameValues = (values: RawRecord) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }))

/** `count` message ids, from number `first` on. */
export const messages = (count: number, first = 0) =>
  Array.from({ length: count }, (_, n) => `<${first + n}@mail.partner.example>`)

/** Messages opened one by one, up to two minutes of them in a record, over the folders in turn. */
export function bind(event: Event & { messages: readonly string[]; folders?: readonly string[] }): RawRecord {
  const { folders = ['\\Inbox'] } = event
  return mailboxRecord('MailItemsAccessed', 50, event, {
    OperationProperties: nameValues({ MailAccessType: 'Bind', IsThrottled: 'False' }),
    Folders: folders.map((Path, nth) => ({
      Id: guid(Path),
      Path,
      FolderItems: event.messages
        .filter((_, n) => n % folders.length === nth)
        .map(InternetMessageId => ({ InternetMessageId, SizeInBytes: 20_480 })),
    })),
    OperationCount: event.messages.length,
  })
}

/** Many messages over a stretch of time, `per` in a record: the first at `from`, the last at `from + over`. */
export function burst(
  access: Access & { messages: number; from: Seconds; over: Seconds; first?: number; per?: number },
): RawRecord[] {
  const { messages: count, from, over, first = 0, per = 50 } = access
  const records = Math.ceil(count / per)
  return Array.from({ length: records }, (_, n) =>
    bind({
      ...access,
      at: from + Math.round((over * n) / Math.max(1, records - 1)),
      messages: messages(Math.min(per, count - n * per), first + n * per),
    }),
  )
}

/** A read that says how many messages, not which. */
export const counted = (event: Event & { count: unknown }) =>
  mailboxRecord('MailItemsAccessed', 50, event, {
    OperationProperties: nameValues({ MailAccessType: 'Bind' }),
    OperationCount: event.count,
  })

/** A whole folder taken down by desktop Outlook: a folder, no messages, no count. */
export const sync = (event: Event & { folder: string }) =>
  mailboxRecord('MailItemsAccessed', 2, event, {
    ClientIP: event.ip ?? '198.51.100.23',
    OperationProperties: nameValues({ MailAccessType: 'Sync', IsThrottled: 'False' }),
    Item: {
      Id: guid(event.folder),
      ParentFolder: { Id: guid(event.folder), Name: event.folder, Path: 'Not Available' },
    },
  })

/** Attachments, under `Messages` where reads have `Folders`. */
export const attachments = (event: Event & { count: number; first?: number }) =>
  mailboxRecord('AttachmentAccess', 50, event, {
    OperationProperties: nameValues({ AttachmentAccessType: 'Bind' }),
    Messages: messages(event.count, event.first).map(id => ({
      Id: guid(id),
      Path: '\\Inbox',
      MessageItems: [{ Id: guid(`attachment ${id}`), SizeInBytes: '1156492.00' }],
    })),
    OperationCount: event.count,
  })

/** One item touched: `Create`, `Send`, `Update`, `MailboxLogin`, `MessageBind`, … */
export const item = (operation: string, event: Event & { message?: string }) =>
  mailboxRecord(operation, 2, event, {
    ClientIP: event.ip ?? '198.51.100.23',
    Item: {
      Id: guid(event.message ?? operation),
      InternetMessageId: event.message,
      ParentFolder: { Id: guid('Inbox'), Path: '\\Inbox' },
    },
  })

/** Several items moved or deleted together. */
export const group = (operation: string, event: Event) =>
  mailboxRecord(operation, 3, event, {
    AffectedItems: messages(3).map(InternetMessageId => ({ Id: guid(InternetMessageId), InternetMessageId })),
    Folder: { Id: guid('Inbox'), Path: '\\Inbox' },
  })
