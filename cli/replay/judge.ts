import { alertOf } from '../../core/engine/alert.ts'
import { blindOf } from '../../core/engine/blind.ts'
import { type Collector, makeCollector } from '../../core/engine/collect.ts'
import { join, tell } from '../../core/engine/incidents.ts'
import { judged } from '../../core/engine/judged.ts'
import type { Alert } from '../../core/model/alert.ts'
import type { Allowed } from '../../core/model/allowed.ts'
import type { AuditRecord } from '../../core/model/audit-record.ts'
import type { Detection } from '../../core/model/detection.ts'
import type { Finding } from '../../core/model/finding.ts'
import { LEARNING } from '../../core/model/history.ts'
import type { Incident } from '../../core/model/incident.ts'
import { obtain } from '../../core/model/maps.ts'
import { dayOf } from '../../core/model/time.ts'
import { ownerDomains, tenantFacts } from '../../core/pipeline/tenant-domains.ts'
import { makeAllowance } from '../../core/tuning/allowance.ts'
import { type Config, UNTUNED } from '../../core/tuning/config.ts'
import { declared } from '../../core/tuning/declared.ts'
import { tune } from '../../core/tuning/tune.ts'

export interface Judge {
  add(record: AuditRecord): void
  /** To be called once, at the end. */
  finish(): Verdict
}

export interface Verdict {
  /** In order of time. */
  readonly findings: readonly {
    readonly finding: Finding
    readonly incident: string
    readonly allowed?: Allowed | undefined
  }[]
  readonly incidents: number
  /** One for each incident that would be posted, in order of time. */
  readonly alerts: readonly Alert[]
  /** What was taken for the tenants' own domains, where nobody named them. */
  readonly learnedDomains: readonly string[]
  /** Detection → records it failed on. */
  readonly failures: ReadonlyMap<string, number>
}

/** One tenant's records on their way to a verdict. */
interface Docket {
  readonly domains: Set<string>
  readonly collector: Collector
  /** Records whose verdict rests on domains that are still being learned. */
  readonly waiting: AuditRecord[]
  /** The UTC day of the oldest record. */
  since: number
}

/**
 * The engine without storage: counts everything in memory, judges at the end. `domains`: the tenant's own, or
 * none, and then those of the mailbox owners in the records themselves are taken. `config`: what somebody tuned.
 */
export function makeJudge(
  catalogue: readonly Detection[],
  domains: readonly string[],
  config: Config = UNTUNED,
): Judge {
  const detections = tune(catalogue, config)
  const facts = declared(config)
  const known = domains.length > 0
  const later = known ? [] : detections.filter(({ usesDomains }) => usesDomains)
  const now = detections.filter(detection => !later.includes(detection))
  const isWaiting = operations(later)
  const dockets = new Map<string, Docket>()
  const docketOf = (tenant: string) =>
    obtain(dockets, tenant, () => {
      const own = new Set(domains)
      const collector = makeCollector(now, tenantFacts(tenant, own, known, facts))
      return { domains: own, collector, waiting: [], since: Number.POSITIVE_INFINITY }
    })

  return {
    add(record) {
      const docket = docketOf(record.tenant)
      docket.collector.add(record)
      docket.since = Math.min(docket.since, dayOf(record.at))
      if (known) return
      for (const domain of ownerDomains([record])) docket.domains.add(domain)
      if (isWaiting(record.operation)) docket.waiting.push(record)
    },

    finish() {
      const findings: Finding[] = []
      const failures = new Map<string, number>()
      for (const [tenant, docket] of dockets) {
        const last = makeCollector(later, tenantFacts(tenant, docket.domains, known, facts))
        for (const record of docket.waiting) last.add(record)
        const collectors = [docket.collector, last]
        const collected = collectors.map(({ subjects }) => subjects)
        findings.push(...judged(collected, detections, tenant, docket.since + LEARNING))
        for (const collector of collectors)
          for (const [id, times] of collector.failures) failures.set(id, (failures.get(id) ?? 0) + times)
      }
      findings.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
      const learned = known
        ? []
        : [...new Set([...dockets.values()].flatMap(docket => [...docket.domains]))].sort()
      return { ...grouped(findings, detections, config), learnedDomains: learned, failures }
    },
  }
}

function operations(detections: readonly Detection[]): (operation: string) => boolean {
  const names = new Set<string>(detections.flatMap(({ reads }) => (reads === 'any' ? [] : reads)))
  const any = detections.some(({ reads }) => reads === 'any')
  return operation => any || names.has(operation)
}

/** Findings in order of time join into incidents the way they would have as they happened. */
function grouped(findings: readonly Finding[], detections: readonly Detection[], config: Config) {
  const byActor = new Map<string, Incident[]>()
  const allowance = makeAllowance(config)
  const allowed = new Map<string, Allowed | undefined>()
  for (const finding of findings) {
    const actor = `${finding.tenant}\u0000${finding.actor}`
    allowed.set(finding.id, allowance(finding))
    byActor.set(actor, join(byActor.get(actor) ?? [], finding, allowed.get(finding.id)).incidents)
  }
  const incidents = [...byActor.values()].flat().map(incident => tell(incident, config.alertFrom))
  incidents.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
  const home = new Map(
    incidents.flatMap(({ id, findings: parts }) => parts.map(part => [part.id, id] as const)),
  )
  const byId = new Map(findings.map(finding => [finding.id, finding]))
  const blinds = blindOf(findings, new Map(detections.map(detection => [detection.id, detection])))
  return {
    findings: findings.map(finding => ({
      finding,
      incident: home.get(finding.id) ?? '',
      allowed: allowed.get(finding.id),
    })),
    incidents: incidents.length,
    alerts: incidents
      .filter(({ told }) => told.revision > 0)
      .map(incident =>
        alertOf({
          incident,
          findings: incident.findings.flatMap(({ id }) => byId.get(id) ?? []),
          detections,
          blinds: blinds
            .filter(({ finding }) => finding.tenant === incident.tenant)
            .map(({ blind }) => blind),
        }),
      ),
  }
}
