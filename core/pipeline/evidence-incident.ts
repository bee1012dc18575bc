import pMap from 'p-map'
import { alertOf } from '../engine/alert.ts'
import { type Missing, missingAround } from '../engine/blind.ts'
import { seriesId } from '../engine/collect.ts'
import { type Known, withNames } from '../engine/names.ts'
import type { Alert } from '../model/alert.ts'
import type { Allowed } from '../model/allowed.ts'
import type { Slice } from '../model/checkpoint.ts'
import type { Blind, Detection } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import type { Context } from '../model/pane.ts'
import { DAY, dayOf, type Seconds } from '../model/time.ts'
import type { StoredFinding } from '../stores/findings.ts'
import type { Delivery } from '../stores/outbox.ts'
import type { Tallies } from '../stores/tallies.ts'
import { secondsOf } from './clock.ts'
import { isInUse, type LedgerDeps, type LedgerReport, ledgerReport } from './ledger-report.ts'

export interface IncidentDeps extends LedgerDeps {
  /** Every detection there is. */
  readonly catalogue: readonly Detection[]
  readonly feeds: readonly { readonly id: string }[]
  readonly tallies: Tallies
}

export interface IncidentEvidence {
  readonly incident: Incident
  /** What a card about it says now; absent where no detection of this version knows it. */
  readonly alert?: Alert
  /** Oldest first. */
  readonly findings: readonly FindingEvidence[]
  readonly missing: readonly Missing[]
  /** Mailboxes of it of which no read was ever recorded: their licence or settings may keep that off. */
  readonly unread: readonly string[]
  /** From a day before the first event to a day after the last. */
  readonly ledger: readonly LedgerReport[]
  /** Oldest first. */
  readonly told: readonly Told[]
}

export interface FindingEvidence {
  readonly finding: Finding
  readonly allowed?: Allowed
  /** Absent: of another version. */
  readonly detection?: Detection
  readonly sentence: string
  readonly records: readonly RecordEvidence[]
}

/** `context`, and when it happened, are known as long as tallies are kept. */
export interface RecordEvidence {
  readonly id: string
  /** The finding names it, as one of its first 50; else it was counted for it between its first and last event. */
  readonly named: boolean
  readonly at?: Seconds
  readonly context?: Context
}

export interface Told extends Pick<Delivery, 'state' | 'attempts' | 'createdAt' | 'endedAt'> {
  readonly sink: string
  readonly alert: Pick<Alert, 'id' | 'severity' | 'headline'>
}

/** What is known besides, of all incidents. */
export interface Around {
  readonly blinds: readonly Blind[]
  readonly unread: ReadonlySet<string>
  readonly told: ReadonlyMap<string, readonly Told[]>
  readonly known: Known
}

/** Requests under way at once to storage. */
const AT_ONCE = { concurrency: 6 }

export async function evidenceOf(
  deps: IncidentDeps,
  incident: Incident,
  parts: readonly StoredFinding[],
  { blinds, known, told, unread }: Around,
): Promise<IncidentEvidence> {
  const { catalogue: detections } = deps
  const findings = parts.map(({ finding }) => finding)
  const isKnown = findings.some(finding => detections.some(({ id }) => id === finding.detection))
  const input = { incident, findings, detections, blinds, known }
  const { start, end } = incident
  return {
    incident,
    ...(isKnown && { alert: alertOf(input) }),
    findings: await pMap(
      parts.toSorted((a, b) => a.finding.start - b.finding.start || (a.finding.id < b.finding.id ? -1 : 1)),
      part => findingEvidence(deps, part, known),
      AT_ONCE,
    ),
    missing: missingAround(blinds, incident),
    unread: incident.mailboxes.filter(mailbox => unread.has(mailbox)),
    ledger: await ledgerOf(deps, { from: start - DAY, to: Math.min(end + DAY, secondsOf(deps)) }),
    told: told.get(incident.id) ?? [],
  }
}

async function findingEvidence(
  { catalogue, tallies }: IncidentDeps,
  { allowed, finding }: StoredFinding,
  known: Known,
): Promise<FindingEvidence> {
  const detection = catalogue.find(({ id }) => id === finding.detection)
  return {
    finding,
    ...(allowed && { allowed }),
    ...(detection && { detection }),
    sentence: withNames(detection?.sentence(finding) ?? '', known),
    records: await recordsOf(tallies, finding),
  }
}

async function recordsOf(tallies: Tallies, finding: Finding): Promise<RecordEvidence[]> {
  const { key, start, end } = finding
  const days = { from: dayOf(start), to: dayOf(end) }
  const series = seriesId(finding.detection, key)
  const all = await tallies.read(key[0], days, { near: 0, far: 0 }, id => id === series)
  const panes = [...(all.get(series)?.panes.values() ?? [])]
  const counted = new Map(panes.flatMap(({ records }) => [...records]))
  const named = finding.records.map(id => ({ id, named: true, ...counted.get(id) }))
  const ids = new Set(finding.records)
  const others = Array.from(counted, ([id, sighting]) => ({ id, named: false, ...sighting })).filter(
    ({ id, at }) => !ids.has(id) && at >= start && at <= end,
  )
  return [...named, ...(finding.recordCount > ids.size ? others : [])].sort(
    (a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : 1),
  )
}

/** Of the feeds that were ever listed. */
export async function ledgerOf(deps: IncidentDeps, interval: Slice): Promise<LedgerReport[]> {
  const reports = await Promise.all(deps.feeds.map(({ id }) => ledgerReport(deps, id, interval)))
  return reports.filter(isInUse)
}
