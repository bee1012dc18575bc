import type { Missing } from '../../core/engine/blind.ts'
import { iso } from '../../core/model/time.ts'
import type { Evidence } from '../../core/pipeline/evidence.ts'
import type { IncidentEvidence } from '../../core/pipeline/evidence-incident.ts'
import { jsonText } from '../json-line.ts'
import { reportFields } from '../ledger/text.ts'
import { findingFields } from '../lines.ts'
import type { Made } from './file.ts'

/** `report.json` of an incident. Findings are as in the lines of `replay --json`, the ledger as in those of `ledger --json`. */
export function incidentJson(one: IncidentEvidence, made: Made): string {
  const { id, tenant, actor, severity, start, end, mailboxes } = one.incident
  return jsonText({
    type: 'report',
    ...about(made),
    incident: { id, tenant, actor, severity, start: iso(start), end: iso(end), mailboxes },
    ...(one.alert && { headline: one.alert.headline, sentence: one.alert.sentence }),
    findings: one.findings.map(({ allowed, finding }) => findingFields(finding, id, allowed)),
    records: one.findings.flatMap(({ finding, records }) =>
      records.map(({ at, context, ...record }) => ({
        ...record,
        finding: finding.id,
        ...(at !== undefined && { at: iso(at) }),
        ...context,
      })),
    ),
    blind: one.missing.map(blindFields),
    withoutReads: one.unread,
    ledger: one.ledger.map(reportFields),
    told: one.told.map(({ alert, attempts, createdAt, endedAt, sink, state }) => ({
      ...{ sink, alert: alert.id, severity: alert.severity, state, attempts, ready: iso(createdAt) },
      ...(endedAt !== undefined && { ended: iso(endedAt) }),
    })),
  })
}

/** `report.json` of all that was asked for. */
export function indexJson(evidence: Evidence, made: Made, folders: readonly string[]): string {
  const { from, incidents, ledger, missing, to, unassigned } = evidence
  return jsonText({
    type: 'report',
    ...about(made),
    from: iso(from),
    to: iso(to),
    incidents: incidents.map(({ incident }, i) => ({ id: incident.id, folder: folders[i] })),
    unassigned,
    blind: missing.map(blindFields),
    ledger: ledger.map(reportFields),
  })
}

function about({ at, tenant, tenantName, version }: Made) {
  return { version: 1, waxseal: version, tenant, ...(tenantName && { tenantName }), made: iso(at) }
}

/** `whose`: names, or `tenant` for everybody's records. */
function blindFields({ from, names, to, what }: Missing) {
  return {
    what,
    whose: names.length === 0 ? 'tenant' : names,
    from: iso(from),
    ...(to !== undefined && { to: iso(to) }),
  }
}
