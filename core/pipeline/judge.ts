import pMap from 'p-map'
import { type AlertInput, alertOf } from '../engine/alert.ts'
import { blindOf } from '../engine/blind.ts'
import { OBSERVATION_FEED } from '../feeds/observations.ts'
import type { Log } from '../log.ts'
import type { Allowed } from '../model/allowed.ts'
import type { Detection, TenantFacts } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import { obtain } from '../model/maps.ts'
import { parseWireTime, type Seconds } from '../model/time.ts'
import type { AllowedFindings } from '../stores/allowed.ts'
import type { Blinds } from '../stores/blinds.ts'
import type { Findings } from '../stores/findings.ts'
import type { Histories } from '../stores/histories.ts'
import type { Incidents } from '../stores/incidents.ts'
import type { Outbox } from '../stores/outbox.ts'
import type { State } from '../stores/state.ts'
import type { Tallies } from '../stores/tallies.ts'
import { secondsOf } from './clock.ts'
import { judgeTouched } from './judge-touched.ts'
import { learnedFrom } from './learning.ts'
import type { TenantDomains } from './tenant-domains.ts'
import { ownersIn, type ReadBlob, writeTallies } from './write-tallies.ts'

export interface JudgeDeps {
  readonly tenant: string
  readonly detections: readonly Detection[]
  /** Every detection there is, also those switched off: their findings are still told of. `detections` if absent. */
  readonly catalogue?: readonly Detection[]
  /** What allow entries say about findings; nothing if absent. */
  readonly allowed?: AllowedFindings
  readonly domains: TenantDomains
  readonly state: State
  readonly tallies: Tallies
  readonly histories: Histories
  readonly blinds: Blinds
  readonly findings: Findings
  readonly incidents: Incidents
  readonly outbox: Outbox
  readonly sinks: readonly string[]
  /** UTC milliseconds. */
  now(): number
  readonly log: Log
}

/** Requests under way at once to storage. */
const AT_ONCE = 6

/** Counts what was read, judges whatever that touches, and puts what is to be told into the outbox. */
export async function judgeBlobs(deps: JudgeDeps, read: readonly ReadBlob[]): Promise<Finding[]> {
  const facts = await deps.domains.facts(ownersIn(read))
  const touched = await writeTallies(deps, deps.tallies, read, facts)
  const times = read.flatMap(({ blob }) => parseWireTime(blob.created) ?? [])
  const findings = await judgeTouched(deps, touched, await learnedFrom(deps, times))
  const byId = new Map(deps.detections.map(detection => [detection.id, detection]))
  for (const { finding, blind } of blindOf(findings, byId)) await deps.blinds.note(finding, blind)
  const available = availableSince(read, times)
  for (const [actor, own] of await saved(deps, findings)) await report(deps, actor, own, available, facts)
  return findings
}

/** What is read together is of one feed. */
function availableSince(read: readonly ReadBlob[], times: readonly Seconds[]): AlertInput['available'] {
  if (times.length === 0) return undefined
  const newest = Math.max(...times)
  return read.every(({ blob }) => blob.feed === OBSERVATION_FEED) ? { seen: newest } : { delivered: newest }
}

/** actor → findings, as they are stored now. Findings of one actor are told together. */
async function saved(deps: JudgeDeps, findings: readonly Finding[]): Promise<Map<string, Finding[]>> {
  const byActor = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { finding: stored } = await deps.findings.save(finding)
    obtain(byActor, stored.actor, () => []).push(stored)
  }
  return byActor
}

/** Finding, incident, outbox: each insert stands on its own, so a repeat completes what a death left half done. */
async function report(
  deps: JudgeDeps,
  actor: string,
  findings: readonly Finding[],
  available: AlertInput['available'],
  { application, person }: TenantFacts,
) {
  const blinds = await deps.blinds.all()
  const allowances = await allowancesOf(deps, findings)
  for (const incident of await deps.incidents.add(actor, findings, allowances)) {
    for (const { id, allowed } of incident.findings) await deps.findings.assign(id, incident.id, allowed)
    if (incident.told.revision === 0) continue
    const parts = await findingsOf(deps, incident)
    const { catalogue = deps.detections } = deps
    const input = { detections: catalogue, available, blinds, known: { application, person } }
    const alert = alertOf({ incident, findings: parts, ...input })
    for (const sink of deps.sinks) await deps.outbox.add(sink, alert, secondsOf(deps))
  }
}

/** finding id → what allow entries say about it, where they say anything. */
async function allowancesOf(deps: JudgeDeps, findings: readonly Finding[]): Promise<Map<string, Allowed>> {
  const found = new Map<string, Allowed>()
  for (const finding of findings) {
    const allowed = await deps.allowed?.judge(finding)
    if (allowed !== undefined) found.set(finding.id, allowed)
  }
  return found
}

async function findingsOf(deps: JudgeDeps, incident: Incident): Promise<Finding[]> {
  const stored = await pMap(incident.findings, ({ id }) => deps.findings.get(id), { concurrency: AT_ONCE })
  return stored.flatMap(one => (one === undefined ? [] : [one.finding]))
}
