import type { AuditRecord } from '../model/audit-record.ts'
import type { Detection, Signal, TenantFacts } from '../model/detection.ts'
import { obtain } from '../model/maps.ts'
import {
  boundPane,
  type Context,
  emptyPane,
  type Pane,
  paneOf,
  type Sighting,
  tallyIn,
  tallyName,
} from '../model/pane.ts'
import { addMember, memberOf, type Span, TALLY_CAP, type Tally } from '../model/tally.ts'

/** Everything counted under one key of one detection. */
export interface Series {
  readonly detection: string
  readonly key: readonly [subject: string, ...rest: string[]]
  readonly panes: Map<number, Pane>
}

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
  const subjects: Subjects = new Map()
  const failures = new Map<string, number>()
  const byOperation = dispatch(detections)
  const contextOf = contexts()
  const paneOfSignal = panes(subjects)
  const nameOf = tallyNames()

  return {
    subjects,
    failures,
    add(record) {
      const interested = byOperation(record.operation)
      if (interested.length === 0) return
      let once: Once | undefined
      for (const detection of interested) {
        try {
          for (const signal of detection.signals(record as never, tenant)) {
            once ??= {
              member: memberOf(record.id),
              span: { first: record.at, last: record.at, weight: 1 },
              sighting: { at: record.at, context: contextOf(record) },
            }
            const pane = paneOfSignal(detection.id, signal, record)
            count(pane, tallyIn(pane, nameOf(signal)), signal, record, once)
          }
        } catch {
          failures.set(detection.id, (failures.get(detection.id) ?? 0) + 1)
        }
      }
    },
  }
}

/** What all signals of a record share, made once. */
interface Once {
  readonly member: number
  readonly span: Span
  readonly sighting: Sighting
}

function dispatch(detections: readonly Detection[]): (operation: string) => readonly Detection[] {
  const known = new Map<string, Detection[]>()
  return operation =>
    obtain(known, operation, () =>
      detections.filter(({ reads }) => reads === 'any' || (reads as readonly string[]).includes(operation)),
    )
}

/** Where a signal is counted. Several signals of a record have one key: the pane of the last is tried first. */
function panes(subjects: Subjects): (detection: string, signal: Signal, record: AuditRecord) => Pane {
  let last: { detection: string; subject: string; index: number; pane: Pane } | undefined
  return (detection, { key }, { at }) => {
    const [subject] = key
    const index = paneOf(at)
    const plain = key.length === 1
    if (plain && last?.subject === subject && last.index === index && last.detection === detection)
      return last.pane
    const all = obtain(subjects, subject, () => new Map<string, Series>())
    const id = seriesId(detection, key)
    const series = obtain(all, id, () => ({ detection, key, panes: new Map<number, Pane>() }))
    const pane = obtain(series.panes, index, emptyPane)
    if (plain) last = { detection, subject, index, pane }
    return pane
  }
}

function count(pane: Pane, tally: Tally, signal: Signal, record: AuditRecord, once: Once): void {
  if (signal.members === undefined) addMember(tally, once.member, once.span)
  else
    for (const given of signal.members) {
      if (typeof given === 'string') addMember(tally, memberOf(given), once.span)
      else addMember(tally, memberOf(given.member), { ...once.span, weight: given.weight })
    }
  if (!pane.records.has(record.id)) pane.records.set(record.id, withDetails(once.sighting, signal))
  if (tally.size > 2 * TALLY_CAP || pane.records.size > 2 * TALLY_CAP) boundPane(pane)
}

/** A signal can say more about its record than the record's envelope does. */
function withDetails(sighting: Sighting, { mailbox, note }: Signal): Sighting {
  if (!note && mailbox === undefined) return sighting
  return {
    at: sighting.at,
    context: {
      ...sighting.context,
      ...(mailbox !== undefined && { mailbox }),
      ...(note && { note: note.slice(0, 200) }),
    },
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

/** The names of tallies, made once each. */
function tallyNames(): (signal: Signal) => string {
  const known = new Map<string, Map<string, string>>()
  return ({ measure, session }) =>
    session === undefined
      ? measure
      : obtain(
          obtain(known, session, () => new Map<string, string>()),
          measure,
          () => tallyName(measure, session),
        )
}

/** Cuts everything collected to its bounds; to be called before it is stored or judged. */
export function boundSubjects(subjects: Subjects): void {
  for (const all of subjects.values())
    for (const { panes } of all.values()) for (const pane of panes.values()) boundPane(pane)
}
