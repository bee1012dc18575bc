import { valueNamed } from '../detections/kit/name-values.ts'
import type { AuditRecord } from '../model/audit-record.ts'
import { LOOK_BACK } from '../model/checkpoint.ts'
import { obtain } from '../model/maps.ts'
import { OBSERVED } from '../model/observed-operations.ts'
import { hourOf } from '../model/rhythm.ts'
import { DAY, HOUR, parseWireTime, type Seconds } from '../model/time.ts'
import { flag } from '../model/values.ts'
import { feedSubject, type Sign, type Signs } from '../stores/rhythms.ts'
import type { ReadBlob } from './count.ts'

const OURS: ReadonlySet<string> = new Set(OBSERVED)
/** No address is longer. */
const LONGEST = 320

/** subject → when something was seen of it in these blobs */
export function signsIn(read: readonly ReadBlob[]): ReadonlyMap<string, Signs> {
  const seen = new Map<string, Partial<Record<Sign, Set<number>>>>()
  const add = (subject: string, sign: Sign, at: Seconds) => {
    const signs: Partial<Record<Sign, Set<number>>> = obtain(seen, subject, () => ({}))
    signs[sign] ??= new Set()
    signs[sign].add(hourOf(at))
  }
  for (const { blob, contents } of read) {
    const created = parseWireTime(blob.created)
    if (created === undefined) continue
    add(feedSubject(blob.feed), 'content', created)
    for (const record of contents.records) {
      // A record with a wrong year must not make all that is known look old.
      if (record.at > created + HOUR || record.at < created - LOOK_BACK - DAY) continue
      for (const [subject, sign, at] of signsOf(record)) add(subject, sign, at)
    }
  }
  return seen
}

/**
 * What an application reads at night, or sends in an owner's name, says nothing of whether the owner's reads are recorded.
 * Of failed sign-ins anybody can make as many as he likes.
 */
function* signsOf(record: AuditRecord): Iterable<[subject: string, sign: Sign, at: Seconds]> {
  const { actor, appOnly, at, body, mailbox, operation, succeeded } = record
  if (!succeeded || appOnly || OURS.has(operation)) return
  if (operation === 'MailItemsAccessed') {
    if (!isAddress(mailbox)) return
    yield [mailbox, 'reads', at]
    // For a day Exchange records no more reads, and says so.
    if (flag(valueNamed(body.OperationProperties, 'IsThrottled')) === true)
      for (let hour = 1; hour <= 24; hour++) yield [mailbox, 'reads', at + hour * HOUR]
    return
  }
  if (isAddress(mailbox)) yield [mailbox, 'items', at]
  if (isAddress(actor)) yield [actor, 'acts', at]
}

function isAddress(name: string | undefined): name is string {
  return name?.includes('@') === true && !name.includes('#ext#') && name.length <= LONGEST
}
