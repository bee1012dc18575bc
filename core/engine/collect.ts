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
import { addMember, memberOf, type Span, TALLY_CAP } from '../model/tally.ts'

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
  return `${detection}\u0000${key.join('\u0000')}`
}

/** Runs detections over records and counts what they say, in memory. */
export function makeCollector(detections: readonly Detection[], tenant: TenantFacts): Collector {
  const subjects: Subjects = new Map()
  const failures = new Map<string, number>()
  const byOperation = dispatch(detections)
  const contextOf = contexts()

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
            count(paneFor(subjects, detection.id, signal, record), signal, record, once)
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

function paneFor(subjects: Subjects, detection: string, signal: Signal, record: AuditRecord): Pane {
  const all = obtain(subjects, signal.key[0], () => new Map<string, Series>())
  const series = obtain(all, seriesId(detection, signal.key), () => ({
    detection,
    key: signal.key,
    panes: new Map<number, Pane>(),
  }))
  return obtain(series.panes, paneOf(record.at), emptyPane)
}

function count(pane: Pane, signal: Signal, record: AuditRecord, once: Once): void {
  const tally = tallyIn(pane, tallyName(signal.measure, signal.session))
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
  return ({ actor, app, mailbox, address, client, session }) => {
    const id = `${actor}\u0000${app}\u0000${mailbox}\u0000${address?.text}\u0000${client?.name}\u0000${session}`
    let found = known.get(id)
    if (found === undefined) {
      found = {
        actor,
        ...(app !== undefined && { app }),
        ...(mailbox !== undefined && { mailbox }),
        ...(address !== undefined && { address: address.text }),
        ...(client !== undefined && { client: client.name }),
        ...(session !== undefined && { session }),
      }
      known.set(id, found)
    }
    return found
  }
}

/** Cuts everything collected to its bounds; to be called before it is stored or judged. */
export function boundSubjects(subjects: Subjects): void {
  for (const all of subjects.values())
    for (const { panes } of all.values()) for (const pane of panes.values()) boundPane(pane)
}
