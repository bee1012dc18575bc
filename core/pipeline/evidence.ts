import { type Missing, missingIn } from '../engine/blind.ts'
import { rebuilt } from '../engine/incidents.ts'
import type { Known } from '../engine/names.ts'
import type { Slice } from '../model/checkpoint.ts'
import type { Incident } from '../model/incident.ts'
import { obtain } from '../model/maps.ts'
import { DAY, type Seconds } from '../model/time.ts'
import type { Blinds } from '../stores/blinds.ts'
import type { Findings, StoredFinding } from '../stores/findings.ts'
import type { Mailboxes } from '../stores/mailboxes.ts'
import type { Outbox } from '../stores/outbox.ts'
import { RETENTION } from '../stores/retention.ts'
import { secondsOf } from './clock.ts'
import {
  evidenceOf,
  type IncidentDeps,
  type IncidentEvidence,
  ledgerOf,
  type Told,
} from './evidence-incident.ts'
import type { LedgerReport } from './ledger-report.ts'

export interface EvidenceDeps extends IncidentDeps {
  readonly tenant: string
  readonly findings: Findings
  readonly blinds: Blinds
  readonly mailboxes: Mailboxes
  readonly outbox: Outbox
  /** Whose deliveries are looked at. */
  readonly receivers: readonly string[]
  known(): Promise<Known>
}

/** All that is on record about incidents, for whoever has to prove what happened. */
export interface Evidence extends Slice {
  readonly tenant: string
  /** When it was put together. */
  readonly at: Seconds
  /** Oldest first. */
  readonly incidents: readonly IncidentEvidence[]
  readonly ledger: readonly LedgerReport[]
  readonly missing: readonly Missing[]
  /** Findings that are not in an incident yet: a run died in between, and the next completes it. */
  readonly unassigned: number
}

/**
 * Incidents as their findings make them: what the store of incidents keeps of an actor is cut after two weeks, findings
 * stay. `ids`: these, whenever they were, or all that reach into the interval. Without an interval, it is told of their own time.
 */
export async function evidence(
  deps: EvidenceDeps,
  interval: Slice | undefined,
  ids?: readonly string[],
): Promise<Evidence> {
  const at = secondsOf(deps)
  const asked = interval ?? { from: at - RETENTION.findings, to: at }
  const since = ids === undefined ? asked.from - 2 * DAY : at - RETENTION.findings
  const { byIncident, unassigned } = await grouped(deps, since, at + DAY)
  const chosen = Array.from(byIncident, ([id, parts]) => ({ incident: rebuilt(id, parts), parts }))
    .filter(({ incident: { id, start, end } }) =>
      ids === undefined ? start < asked.to && end >= asked.from : ids.includes(id),
    )
    .sort((a, b) => a.incident.start - b.incident.start || (a.incident.id < b.incident.id ? -1 : 1))
  const context = {
    blinds: await deps.blinds.all(),
    unread: new Set((await deps.mailboxes.all()).flatMap(one => (one.read === undefined ? one.mailbox : []))),
    told: await toldOf(deps),
    known: await deps.known(),
  }
  const incidents: IncidentEvidence[] = []
  for (const { incident, parts } of chosen) incidents.push(await evidenceOf(deps, incident, parts, context))
  const { from, to } = interval ?? spanOf(chosen.map(({ incident }) => incident)) ?? asked
  return {
    ...{ tenant: deps.tenant, at, from, to, incidents, unassigned },
    ledger: await ledgerOf(deps, { from, to }),
    missing: missingIn(context.blinds, from, to),
  }
}

/** From the first event to the last. */
function spanOf(incidents: readonly Incident[]): Slice | undefined {
  const [first] = incidents
  if (first === undefined) return undefined
  return { from: first.start, to: Math.max(...incidents.map(({ end }) => end)) + 1 }
}

async function grouped({ findings }: EvidenceDeps, from: Seconds, to: Seconds) {
  const byIncident = new Map<string, StoredFinding[]>()
  let unassigned = 0
  for await (const stored of findings.since(from, to))
    if (stored.incident === undefined) unassigned++
    else obtain(byIncident, stored.incident, () => []).push(stored)
  return { byIncident, unassigned }
}

/** incident → who was told of it, and when */
async function toldOf({ outbox, receivers }: EvidenceDeps): Promise<Map<string, Told[]>> {
  const found = new Map<string, Told[]>()
  for (const sink of new Set(receivers))
    for (const { delivery } of await outbox.all(sink)) {
      const { alert, state, attempts, createdAt, endedAt } = delivery
      const { id, severity, headline } = alert
      obtain(found, alert.incident, () => []).push({
        ...{ sink, alert: { id, severity, headline }, state, attempts, createdAt },
        ...(endedAt !== undefined && { endedAt }),
      })
    }
  for (const told of found.values()) told.sort((a, b) => a.createdAt - b.createdAt)
  return found
}
