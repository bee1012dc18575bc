import type { AuditRecord } from '../model/audit-record.ts'
import type { Detection, Signal, TenantFacts } from '../model/detection.ts'
import { obtain } from '../model/maps.ts'
import type { Context } from '../model/pane.ts'
import { memberOf } from '../model/tally.ts'
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
  const journals: Journals = new Map()
  const failures = new Map<string, number>()
  const byOperation = dispatch(detections)
  const contextOf = contexts()

  return {
    subjects: journals,
    failures,
    add(record) {
      let context: Context | undefined
      for (const detection of byOperation(record.operation)) {
        try {
          for (const signal of detection.signals(record as never, tenant)) {
            context ??= contextOf(record)
            count(journalFor(journals, detection.id, signal), signal, record, context)
          }
        } catch {
          failures.set(detection.id, (failures.get(detection.id) ?? 0) + 1)
        }
      }
    },
  }
}

function dispatch(detections: readonly Detection[]): (operation: string) => readonly Detection[] {
  const known = new Map<string, Detection[]>()
  return operation =>
    obtain(known, operation, () =>
      detections.filter(({ reads }) => reads === 'any' || (reads as readonly string[]).includes(operation)),
    )
}

type Journals = Map<string, Map<string, Journal>>

function journalFor(journals: Journals, detection: string, { key }: Signal): Journal {
  const all = obtain(journals, key[0], () => new Map<string, Journal>())
  return obtain(all, seriesId(detection, key), () => makeJournal(detection, key))
}

function count(journal: Journal, signal: Signal, { id, event, at }: AuditRecord, context: Context): void {
  const tally = journal.tally(signal.measure, signal.session)
  for (const given of signal.members ?? [event]) {
    if (typeof given === 'string') journal.count(tally, memberOf(given), at, 1)
    else journal.count(tally, memberOf(given.member), at, given.weight)
  }
  journal.see(id, at, withDetails(context, signal))
}

/** A signal can say more about its record than the record's envelope does. */
function withDetails(context: Context, { mailbox, note }: Signal): Context {
  if (!note && mailbox === undefined) return context
  return {
    ...context,
    ...(mailbox !== undefined && { mailbox }),
    ...(note && { note: note.slice(0, 200) }),
  }
}

/** Equal contexts become one object: a day has few, and a window of many records stays small. */
function contexts(): (record: AuditRecord) => Context {
  const known = new Map<string, Context>()
  const lately = new Map<string, Context>()
  return record => {
    const last = lately.get(record.actor)
    if (last !== undefined && isContextOf(last, record)) return last
    const { actor, app, mailbox, address, client, session } = record
    const id = `${actor}\u0000${app}\u0000${mailbox}\u0000${address?.text}\u0000${client?.name}\u0000${session}`
    const found = obtain(known, id, () => ({
      actor,
      ...(app !== undefined && { app }),
      ...(mailbox !== undefined && { mailbox }),
      ...(address !== undefined && { address: address.text }),
      ...(client !== undefined && { client: client.name }),
      ...(session !== undefined && { session }),
    }))
    lately.set(actor, found)
    return found
  }
}

function isContextOf(context: Context, { app, mailbox, address, client, session }: AuditRecord): boolean {
  return (
    context.session === session &&
    context.mailbox === mailbox &&
    context.app === app &&
    context.address === address?.text &&
    context.client === client?.name
  )
}
