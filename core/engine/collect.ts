import type { AuditRecord } from '../model/audit-record.ts'
import type { Detection, Signal, TenantFacts } from '../model/detection.ts'
import { obtain } from '../model/maps.ts'
import type { Context } from '../model/pane.ts'
import { memberOf } from '../model/tally.ts'
import { bounded } from './bounded.ts'
import { type Journal, makeJournal, type Series } from './journal.ts'

export type { Series } from './journal.ts'

/** subject → series id → series */
export type Subjects = Map<string, Map<string, Series>>

export interface Collector {
  add(record: AuditRecord): void
  readonly subjects: Subjects
  /** Detections that threw, with how often: isolated, counted, and never the end of the run. */
  readonly failures: ReadonlyMap<string, number>
}

export function seriesId(detection: string, key: readonly string[]): string {
  return key.length === 1 ? detection : `${detection}\u0000${key.slice(1).join('\u0000')}`
}

/** Runs detections over records and counts what they say, in memory. */
export function makeCollector(detections: readonly Detection[], tenant: TenantFacts): Collector {
  const subjects = new Map<string, Shelf>()
  const failures = new Map<string, number>()
  const byOperation = dispatch(detections)
  const journalOf = library(subjects)
  const contextOf = contexts()
  const take = (clerk: Clerk, given: Signal, record: AuditRecord) => {
    const signal = bounded(given)
    count(journalOf(clerk, signal.key), signal, record, contextOf(record))
  }

  return {
    subjects,
    failures,
    add(record) {
      for (const clerk of byOperation(record.operation))
        try {
          const signals = clerk.signals(record, tenant)
          // Nearly always an empty array, which is quicker looked at than asked for its iterator.
          if (!Array.isArray(signals)) for (const signal of signals) take(clerk, signal, record)
          else for (let i = 0; i < signals.length; i++) take(clerk, signals[i], record)
        } catch {
          failures.set(clerk.id, (failures.get(clerk.id) ?? 0) + 1)
        }
    },
  }
}

/** A detection at work. */
interface Clerk extends Pick<Detection, 'id' | 'signals'> {
  readonly number: number
}

function dispatch(detections: readonly Detection[]): (operation: string) => readonly Clerk[] {
  const all = detections.map((detection, number) => {
    const clerk: Clerk = { id: detection.id, signals: detection.signals.bind(detection), number }
    return [detection.reads as readonly string[] | 'any', clerk] as const
  })
  const known = new Map<string, readonly Clerk[]>()
  const reading = (operation: string) =>
    all.filter(([reads]) => reads === 'any' || reads.includes(operation)).map(([, clerk]) => clerk)
  return operation => known.get(operation) ?? obtain(known, operation, () => reading(operation))
}

/** The journals of one subject, by series id. */
class Shelf extends Map<string, Journal> {
  /** number of a detection → its journals that were asked for lately */
  readonly lately: (Journal[] | undefined)[] = []
}

/** Journals looked through before a series id is made, which costs more than all the rest of counting a signal. */
const LATELY = 4

function library(subjects: Map<string, Shelf>): (clerk: Clerk, key: Signal['key']) => Journal {
  let subject: string | undefined
  let shelf = new Shelf()
  return (clerk, key) => {
    if (key[0] !== subject) {
      subject = key[0]
      shelf = shelfOf(subjects, subject)
    }
    for (const journal of shelf.lately[clerk.number] ?? NONE) if (isSame(journal.key, key)) return journal
    return journalOn(shelf, clerk, key)
  }
}

const NONE: readonly Journal[] = []

function shelfOf(subjects: Map<string, Shelf>, subject: string): Shelf {
  return obtain(subjects, subject, () => new Shelf())
}

function journalOn(shelf: Shelf, { id, number }: Clerk, key: Signal['key']): Journal {
  const journal = obtain(shelf, seriesId(id, key), () => makeJournal(id, key))
  shelf.lately[number] = [journal, ...(shelf.lately[number] ?? NONE).slice(0, LATELY - 1)]
  return journal
}

/** Of two keys of one subject. */
function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 1; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function count(journal: Journal, signal: Signal, { id, event, at }: AuditRecord, context: Context): void {
  const tally = journal.tally(signal.measure, signal.session)
  const { members } = signal
  if (members === undefined) journal.count(tally, numberOf(event), at, 1)
  else
    for (const given of members) {
      if (typeof given === 'string') journal.count(tally, memberOf(given), at, 1)
      else journal.count(tally, numberOf(given.member), at, given.weight)
    }
  journal.see(id, at, withDetails(context, signal))
}

let lately = ''
let number = memberOf(lately)

/** The number of a record, which is a member wherever records are counted. */
function numberOf(text: string): number {
  if (lately !== text) {
    lately = text
    number = memberOf(text)
  }
  return number
}

/** A signal can say more about its record than the record's envelope does. */
function withDetails(context: Context, { mailbox, note }: Signal): Context {
  if (!note && mailbox === undefined) return context
  const detailed: { -readonly [Part in keyof Context]: Context[Part] } = { ...context }
  if (mailbox !== undefined) detailed.mailbox = mailbox
  if (note) detailed.note = note.slice(0, 200)
  return detailed
}

/** Contexts remembered of one session, or of one person where records name no session. */
const CONTEXTS = 8

/** Contexts that were equal lately become one object: a day has few, and a window of many records stays small. */
function contexts(): (record: AuditRecord) => Context {
  const known = new Map<string, readonly Context[]>()
  const find = (record: AuditRecord) => {
    const place = record.session ?? record.actor
    const among = known.get(place) ?? []
    for (const one of among) if (isContextOf(one, record)) return one
    const made = newContext(record)
    known.set(place, [made, ...among.slice(0, CONTEXTS - 1)])
    return made
  }
  let latest: AuditRecord | undefined
  let context: Context = { actor: '' }
  return record => {
    if (latest !== record) context = find(record)
    latest = record
    return context
  }
}

function newContext({ actor, app, mailbox, address, client, session }: AuditRecord): Context {
  return {
    actor,
    ...(app !== undefined && { app }),
    ...(mailbox !== undefined && { mailbox }),
    ...(address !== undefined && { address: address.text }),
    ...(client !== undefined && { client: client.name }),
    ...(session !== undefined && { session }),
  }
}

function isContextOf(
  context: Context,
  { actor, app, mailbox, address, client, session }: AuditRecord,
): boolean {
  return (
    context.app === app &&
    context.address === address?.text &&
    context.client === client?.name &&
    context.session === session &&
    context.mailbox === mailbox &&
    context.actor === actor
  )
}
