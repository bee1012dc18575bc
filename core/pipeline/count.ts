import { makeCollector, type Subjects } from '../engine/collect.ts'
import type { AuditRecord } from '../model/audit-record.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import type { Detection, TenantFacts } from '../model/detection.ts'
import { obtain } from '../model/maps.ts'
import { dayOf } from '../model/time.ts'
import type { Observer } from '../observers/observer.ts'
import { READ_OPERATIONS } from '../stores/mailboxes.ts'
import type { Signs } from '../stores/rhythms.ts'
import { makeSigns } from './rhythms.ts'
import { ownerDomains, withOwners } from './tenant-domains.ts'

/** What statistics need of a record. */
export type Seen = Pick<AuditRecord, 'id' | 'at' | 'mailbox' | 'operation'>

type Visit = Pick<AuditRecord, 'at' | 'mailbox' | 'operation'>

/** What a blob says, counted record by record while it is read, so that its records need not be held. */
export interface Count {
  add(record: AuditRecord): void
  /** Domains of the mailbox owners in it. */
  readonly owners: ReadonlySet<string>
  /** observer → what it wants to look at because of a record */
  readonly wishes: ReadonlyMap<string, ReadonlySet<string>>
  /** Empty unless somebody keeps statistics. */
  readonly seen: readonly Seen[]
  /** Of each mailbox, one record a day and kind that shows it. */
  readonly visits: Iterable<Visit>
  /** When something was seen of whom. */
  readonly signs: ReadonlyMap<string, Signs>
  /** To be called once, with the owners of all that is judged together known. */
  finish(facts: TenantFacts): Pick<ReturnType<typeof makeCollector>, 'subjects' | 'failures'>
}

export interface CountDeps {
  readonly detections: readonly Detection[]
  readonly observers?: readonly Observer[]
  /** What is known of the tenant before the blob was read. */
  readonly facts: TenantFacts
  readonly keepSeen: boolean
  readonly blob: ContentBlob
}

/** Characters of records that wait until all owners are known. Those beyond are judged by the owners seen so far. */
const WAITING = 8 * 1024 * 1024

/**
 * Where the tenant's domains are still being learned, what rests on them waits for the end of the blob: few records do,
 * but a rule that forwards to a colleague must not be foreign because the colleague comes later.
 */
export function makeCount({ blob, detections, facts, keepSeen, observers = [] }: CountDeps): Count {
  const later = facts.domainsKnown ? [] : detections.filter(({ usesDomains }) => usesDomains)
  let now = makeCollector(
    detections.filter(detection => !later.includes(detection)),
    facts,
  )
  const known = withOwners(facts)
  let last = makeCollector(later, known.facts)
  const waits = new Set<string>(later.flatMap(({ reads }) => (reads === 'any' ? [] : reads)))
  const allWait = later.some(({ reads }) => reads === 'any')
  let waiting: AuditRecord[] = []
  let size = 0
  const owners = new Set<string>()
  const wishes = new Map<string, Set<string>>()
  const seen: Seen[] = []
  const visits = new Map<string, Visit>()
  const signs = makeSigns(blob)
  const catchUp = () => {
    for (const record of waiting) last.add(record)
    waiting = []
    size = 0
  }

  return {
    owners,
    wishes,
    seen,
    get visits() {
      return visits.values()
    },
    signs: signs.seen,
    add(record) {
      now.add(record)
      signs.see(record)
      const { at, mailbox, operation } = record
      if (mailbox !== undefined)
        visits.set(`${dayOf(at)} ${READ_OPERATIONS.has(operation)} ${mailbox}`, { at, mailbox, operation })
      for (const domain of ownerDomains([record])) owners.add(domain)
      for (const observer of observers) {
        const subject = observer.wants?.(record)
        if (subject !== undefined) obtain(wishes, observer.id, () => new Set()).add(subject)
      }
      if (keepSeen) {
        seen.push({ id: record.id, at, mailbox, operation })
      }
      if (!allWait && !waits.has(record.operation)) return
      waiting.push(record)
      size += JSON.stringify(record.body).length
      if (size < WAITING) return
      known.learn(owners)
      catchUp()
    },
    finish({ domains }) {
      known.learn(domains)
      catchUp()
      const counted = {
        subjects: united(now.subjects, last.subjects),
        failures: new Map([...now.failures, ...last.failures]),
      }
      // What was counted is stored next, and read back person by person: not to be held as long as this is.
      now = makeCollector([], facts)
      last = now
      return counted
    },
  }
}

/** Series of different detections, so no two are of one id. */
function united(subjects: Subjects, more: Subjects): Subjects {
  for (const [subject, series] of more) {
    const shelf = subjects.get(subject)
    if (shelf === undefined) subjects.set(subject, series)
    else for (const [id, one] of series) shelf.set(id, one)
  }
  return subjects
}
