import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { countedApplication, isServiceItself } from './applications.ts'
import { volumeOf } from './mail-access.ts'
import { personalNetwork } from './places.ts'
import { many } from './words.ts'

/**
 * Bytes in one unit of weight. A tally that was cut keeps 4,096 members and must still reach every limit by itself, so a
 * member weighs at least one and a limit is at most 4,096: with units of 25 kB, 102 MB. A record is rounded up to whole
 * units, half of one too much on average; single bytes would cap limits at 4 kB, megabytes would count records.
 */
export const UNIT = 25_000

/**
 * Bytes of a record from which on they are counted. Exchange writes a record for two minutes of reading at the soonest: those
 * that are smaller add up to 72 MB in a day, which is below every limit, and they are most records by far.
 */
const COUNTED = 100_000

/** Bytes of a record from which on they are counted for its network too. */
const BULK = 1_000_000

/**
 * Measures under reader and application: `messages` and `bytes`. Under the network: `network-bytes`, of bulk alone: a
 * network is a subject of its own that storage has to read, and mail by mail it says nothing its people's own counts do
 * not say.
 */
export function volumeSignals(record: AuditRecord, tenant: TenantFacts): readonly Signal[] {
  if (record.mailbox === undefined || !record.succeeded || isServiceItself(record)) return NONE
  const { messages, bytes } = volumeOf(record.body)
  if (messages === 0) return NONE
  const counted = [{ member: record.id, weight: messages }]
  const weighed = bytes < COUNTED ? undefined : [{ member: record.id, weight: Math.ceil(bytes / UNIT) }]
  const signals: Signal[] = []
  const application = record.appOnly ? undefined : countedApplication(record)
  for (const reader of application === undefined ? [record.actor] : [record.actor, application]) {
    signals.push({ key: [reader], measure: 'messages', members: counted })
    if (weighed !== undefined) signals.push({ key: [reader], measure: 'bytes', members: weighed })
  }
  const network = bytes < BULK ? undefined : personalNetwork(record, tenant)
  if (network !== undefined && weighed !== undefined)
    signals.push({ key: [`net:${network}`], measure: 'network-bytes', members: weighed })
  return signals
}

const NONE: readonly Signal[] = []

/** `1.2 GB of mail`, `120 MB of mail` for a number of units. */
export function mailWords(units: number): string {
  const megabytes = (units * UNIT) / 1_000_000
  if (megabytes >= 1_000) return `${(megabytes / 1_000).toFixed(1)} GB of mail`
  return `${megabytes.toFixed(megabytes < 10 ? 1 : 0)} MB of mail`
}

export function messagesWords(count: number): string {
  return many(count, 'message')
}
