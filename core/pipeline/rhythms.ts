import { valueNamed } from '../detections/kit/name-values.ts'
import type { AuditRecord } from '../model/audit-record.ts'
import { LOOK_BACK } from '../model/checkpoint.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import { obtain } from '../model/maps.ts'
import { OBSERVED } from '../model/observed-operations.ts'
import { hourOf } from '../model/rhythm.ts'
import { DAY, HOUR, parseWireTime, type Seconds } from '../model/time.ts'
import { flag } from '../model/values.ts'
import { feedSubject, type Sign, type Signs } from '../stores/rhythms.ts'

const OURS: ReadonlySet<string> = new Set(OBSERVED)
/** No address is longer. */
const LONGEST = 320

/** subject → when something was seen of it */
type SeenSigns = Map<string, Partial<Record<Sign, Set<number>>>>

/** What is seen in a blob, record by record. */
export function makeSigns({ created, feed }: Pick<ContentBlob, 'created' | 'feed'>) {
  const seen: SeenSigns = new Map()
  const delivered = parseWireTime(created)
  if (delivered !== undefined) add(seen, feedSubject(feed), 'content', hourOf(delivered))
  return {
    seen: seen as ReadonlyMap<string, Signs>,
    see(record: AuditRecord) {
      // A record with a wrong year must not make all that is known look old.
      if (delivered === undefined || record.at > delivered + HOUR || record.at < delivered - LOOK_BACK - DAY)
        return
      for (const [subject, sign, at] of signsOf(record)) add(seen, subject, sign, hourOf(at))
    },
  }
}

export function unitedSigns(all: readonly ReadonlyMap<string, Signs>[]): ReadonlyMap<string, Signs> {
  const seen: SeenSigns = new Map()
  for (const one of all)
    for (const [subject, signs] of one)
      for (const sign of SIGNS) for (const hour of signs[sign] ?? []) add(seen, subject, sign, hour)
  return seen
}

const SIGNS: readonly Sign[] = ['content', 'reads', 'items', 'acts']

function add(seen: SeenSigns, subject: string, sign: Sign, hour: number): void {
  const signs: Partial<Record<Sign, Set<number>>> = obtain(seen, subject, () => ({}))
  signs[sign] ??= new Set()
  signs[sign].add(hour)
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
