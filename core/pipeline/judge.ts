import pMap from 'p-map'
import { alertOf } from '../engine/alert.ts'
import { makeCollector, type Subjects } from '../engine/collect.ts'
import { evaluate, reachOf } from '../engine/evaluate.ts'
import type { Log } from '../log.ts'
import type { Allowed } from '../model/allowed.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import type { Detection } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import { obtain } from '../model/maps.ts'
import { PANE } from '../model/pane.ts'
import { dayOf, parseWireTime, type Seconds } from '../model/time.ts'
import type { AllowedFindings } from '../stores/allowed.ts'
import type { Findings } from '../stores/findings.ts'
import type { Incidents } from '../stores/incidents.ts'
import type { Outbox } from '../stores/outbox.ts'
import type { Tallies } from '../stores/tallies.ts'
import { secondsOf } from './clock.ts'
import type { BlobContents } from './read-blob.ts'
import type { TenantDomains } from './tenant-domains.ts'

export interface JudgeDeps {
  readonly tenant: string
  readonly detections: readonly Detection[]
  /** Every detection there is, also those switched off: their findings are still told of. `detections` if absent. */
  readonly catalogue?: readonly Detection[]
  /** What allow entries say about findings; nothing if absent. */
  readonly allowed?: AllowedFindings
  readonly domains: TenantDomains
  readonly tallies: Tallies
  readonly findings: Findings
  readonly incidents: Incidents
  readonly outbox: Outbox
  readonly sinks: readonly string[]
  /** UTC milliseconds. */
  now(): number
  readonly log: Log
}

/** A blob that was fetched and parsed. */
export interface ReadBlob {
  readonly blob: ContentBlob
  /** Names blob and content: the key of its tallies. */
  readonly source: string
  readonly contents: BlobContents
}

/** Requests under way at once to storage. */
const AT_ONCE = 6

/** Counts what was read, judges whatever that touches, and puts what is to be told into the outbox. */
export async function judgeBlobs(deps: JudgeDeps, read: readonly ReadBlob[]): Promise<Finding[]> {
  const touched = await writeTallies(deps, read)
  const findings = await judge(deps, touched)
  const delivered = newest(read.map(({ blob }) => blob))
  for (const [actor, own] of await saved(deps, findings)) await report(deps, actor, own, delivered)
  return findings
}

/** Days on which a subject was touched, and how many days the windows of what touched it reach back. */
interface Touch {
  readonly days: Set<number>
  reach: number
}

type Touched = Map<string, Touch>

/** Counts each blob by itself and stores what it said. Tallies are written before any window is read. */
async function writeTallies(deps: JudgeDeps, read: readonly ReadBlob[]): Promise<Touched> {
  const facts = await deps.domains.facts(read.flatMap(({ contents }) => contents.records))
  const touched: Touched = new Map()
  const reaches = new Map(deps.detections.map(detection => [detection.id, reachOf(detection)]))
  for (const { source, contents } of read) {
    const collector = makeCollector(deps.detections, facts)
    for (const record of contents.records) collector.add(record)
    for (const [detection, times] of collector.failures)
      deps.log.error(`Detection ${detection} failed on ${times} records and said nothing about them.`)
    await deps.tallies.write(source, collector.subjects)
    note(touched, collector.subjects, reaches)
  }
  return touched
}

function note(touched: Touched, subjects: Subjects, reaches: ReadonlyMap<string, number>): void {
  for (const [subject, all] of subjects) {
    const touch = obtain(touched, subject, () => ({ days: new Set<number>(), reach: 1 }))
    for (const { detection, panes } of all.values()) {
      touch.reach = Math.max(touch.reach, reaches.get(detection) ?? 1)
      for (const index of panes.keys()) touch.days.add(dayOf(index * PANE))
    }
  }
}

interface Days {
  readonly from: number
  to: number
}

/** Stretches of days in a row. One record with a wrong year must not have decades of storage read. */
function stretches(days: ReadonlySet<number>): Days[] {
  const found: Days[] = []
  for (const day of [...days].sort((a, b) => a - b)) {
    const last = found.at(-1)
    if (last !== undefined && day <= last.to + 1) last.to = day
    else found.push({ from: day, to: day })
  }
  return found
}

/**
 * Reads the windows of everybody touched. A record can complete windows that end on its own day or up to `reach` days
 * later, and those reach back `reach` days from where they end.
 */
async function judge(deps: JudgeDeps, touched: Touched): Promise<Finding[]> {
  const reads = [...touched].flatMap(([subject, { days, reach }]) =>
    stretches(days).map(part => ({ subject, reach, ...part })),
  )
  const found = await pMap(
    reads,
    async ({ subject, reach, from, to }) => {
      const all = await deps.tallies.read(subject, from - reach, to + reach)
      return [...all.values()].flatMap(series => {
        const detection = deps.detections.find(({ id }) => id === series.detection)
        return detection === undefined
          ? []
          : evaluate(series, detection, deps.tenant, { from, to: to + reach })
      })
    },
    { concurrency: AT_ONCE },
  )
  return found.flat().sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
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
  delivered: Seconds | undefined,
) {
  const allowances = await allowancesOf(deps, findings)
  for (const incident of await deps.incidents.add(actor, findings, allowances)) {
    for (const { id, allowed } of incident.findings) await deps.findings.assign(id, incident.id, allowed)
    if (incident.told.revision === 0) continue
    const parts = await findingsOf(deps, incident)
    const { catalogue = deps.detections } = deps
    const alert = alertOf({ incident, findings: parts, detections: catalogue, delivered })
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

function newest(blobs: readonly ContentBlob[]): Seconds | undefined {
  const times = blobs.flatMap(({ created }) => parseWireTime(created) ?? [])
  return times.length === 0 ? undefined : Math.max(...times)
}
