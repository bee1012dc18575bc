import type { Scenario } from './scenario.ts'

/** The wire fields that the scenario tests look at, read from JSON as a client would. */
export interface WireRecord {
  readonly Id: string
  readonly CreationTime: string
  readonly Operation: string
  readonly RecordType: number
  readonly OrganizationId: string
  readonly UserId: string
  readonly UserKey: string
  readonly UserType: number
  readonly ObjectId?: string
  readonly ClientIP?: string
  readonly ClientIPAddress?: string
  readonly ClientInfoString?: string
  readonly AppId?: string
  readonly ClientAppId?: string
  readonly SessionId?: string
  readonly LogonType?: number
  readonly MailboxOwnerUPN?: string
  readonly OperationCount?: number
  readonly Folders?: readonly { readonly FolderItems: readonly { readonly InternetMessageId: string }[] }[]
  readonly Parameters?: readonly { readonly Name: string; readonly Value?: string }[]
  readonly OperationProperties?: readonly { readonly Name: string; readonly Value?: string }[]
}

export interface Seen {
  readonly at: number
  readonly availableAt: number
  readonly record: WireRecord
}

/** Every record of every blob, in order of delivery, repetitions included. */
export const seenIn = (scenario: Scenario): Seen[] =>
  scenario.timeline.flatMap(({ records, availableAt }) => {
    const wire: WireRecord[] = JSON.parse(JSON.stringify(records))
    return wire.map(record => ({ at: Date.parse(`${record.CreationTime}Z`), availableAt, record }))
  })

/** Every record once, in order of events. */
export const happened = (scenario: Scenario): Seen[] =>
  [...new Map(seenIn(scenario).map(seen => [seen.record.Id, seen])).values()].sort((a, b) => a.at - b.at)

export function attackRecords(quiet: Scenario, robbed: Scenario): Seen[] {
  const usual = new Set(seenIn(quiet).map(({ record }) => record.Id))
  return happened(robbed).filter(({ record }) => !usual.has(record.Id))
}

export const isRead = (record: WireRecord) => record.Operation === 'MailItemsAccessed'
/** The case of a name is no identity. */
export const owner = (record: WireRecord) => (record.MailboxOwnerUPN ?? '').toLowerCase()
export const messageIds = ({ record }: Seen) =>
  record.Folders?.flatMap(({ FolderItems }) => FolderItems.map(item => item.InternetMessageId)) ?? []

/** `HH:MM` of the event. */
export const time = (seen: Seen | undefined) => seen?.record.CreationTime.slice(11, 16) ?? ''

/** The largest number of different members that any key has within any window of this length. */
export function maxDistinct(
  seen: readonly Seen[],
  windowMs: number,
  key: (seen: Seen) => string | undefined,
  members: (seen: Seen) => readonly string[],
): number {
  let most = 0
  for (const group of Map.groupBy(seen, key).values()) {
    for (const [i, first] of group.entries()) {
      const inside = new Set<string>()
      for (const other of group.slice(i)) {
        if (other.at - first.at > windowMs) break
        for (const member of members(other)) inside.add(member)
      }
      most = Math.max(most, inside.size)
    }
  }
  return most
}
