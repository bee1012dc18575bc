import { detections } from '../core/detections/index.ts'
import { type Allowed, isAllowed } from '../core/model/allowed.ts'
import type { Finding } from '../core/model/finding.ts'
import { iso } from '../core/model/time.ts'
import { jsonLine } from './json-line.ts'
import type { RunTotals } from './run-stats.ts'

/** The lines other programs rely on: one JSON object each. */
export function findingLine(finding: Finding, incident: string | undefined, allowed?: Allowed): string {
  return jsonLine(findingFields(finding, incident, allowed))
}

/** In this order. `allowed`, the reason of an allow entry, is on findings that nobody is told of, and only there. */
export function findingFields(finding: Finding, incident: string | undefined, allowed?: Allowed): object {
  const detection = detections.find(({ id }) => id === finding.detection)
  return {
    type: 'finding',
    id: finding.id,
    incident,
    detection: finding.detection,
    severity: finding.severity,
    tenant: finding.tenant,
    actor: finding.actor,
    app: finding.app,
    mailboxes: finding.mailboxes,
    start: iso(finding.start),
    end: iso(finding.end),
    count: finding.count,
    limit: finding.limit,
    records: finding.records,
    attack: detection?.attack ?? [],
    sentence: detection?.sentence(finding) ?? '',
    ...(isAllowed({ allowed }) && { allowed: allowed?.reason }),
  }
}

export function summaryLine(totals: RunTotals, findings: number, incidents: number): string {
  return jsonLine({
    type: 'summary',
    records: totals.records,
    duplicates: totals.duplicates,
    rejected: totals.rejected,
    findings,
    incidents,
    mailboxes: totals.mailboxes,
    mailboxesWithReads: totals.mailboxesWithReads,
    from: totals.from === undefined ? undefined : iso(totals.from),
    to: totals.to === undefined ? undefined : iso(totals.to),
  })
}
