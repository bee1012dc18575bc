import { createHash } from 'node:crypto'
import type { Allowed } from '../model/allowed.ts'
import { type Finding, supersedes } from '../model/finding.ts'
import type { Incident, IncidentFinding } from '../model/incident.ts'
import { ALERT_FROM, raised, rank, type Severity, worst } from '../model/severity.ts'
import { DAY, dayOf, dayText } from '../model/time.ts'
import { brokenIn, isHeld, speaking, toldMailboxes } from './telling.ts'

/** Updates of one card, besides those for a rise in severity. More would be noise about a known incident. */
const MOST_UPDATES = 3

/**
 * Puts a finding into the incident of its actor that began within 24 hours of it, or opens one. `incidents` are
 * those of one tenant and actor. A finding that is known already is brought up to date.
 */
export function join(
  incidents: readonly Incident[],
  finding: Finding,
  allowed?: Allowed,
): { incidents: Incident[]; incident: Incident } {
  const home =
    incidents.find(({ findings }) => findings.some(({ id }) => id === finding.id)) ??
    incidents.find(incident => isNear(incident, finding))
  const incident = home === undefined ? opened(finding, allowed) : grown(home, finding, allowed)
  return { incident, incidents: [...incidents.filter(other => other !== home), incident] }
}

/** All findings of an incident end within one day of each other: what was read for a day belongs to what came after. */
function isNear(incident: Incident, finding: Finding): boolean {
  const ends = [finding.end, ...incident.findings.map(({ end }) => end)]
  return Math.max(...ends) - Math.min(...ends) < DAY
}

/** The incident `id` as its findings make it, of which nobody was told yet. There has to be one. */
export function rebuilt(
  id: string,
  parts: readonly { readonly finding: Finding; readonly allowed?: Allowed }[],
): Incident {
  const [first, ...more] = parts
  if (first === undefined) throw new Error(`Incident ${id} has no finding`)
  return more.reduce((incident, { finding, allowed }) => grown(incident, finding, allowed), {
    ...opened(first.finding, first.allowed),
    id,
  })
}

function opened(finding: Finding, allowed?: Allowed): Incident {
  const { tenant, actor, severity, start, end } = finding
  const digest = createHash('sha256')
    .update(JSON.stringify([tenant, actor, finding.id]))
    .digest('hex')
  return {
    id: `${dayText(dayOf(start))}-${digest.slice(0, 12)}`,
    tenant,
    actor,
    severity,
    start,
    end,
    findings: [entry(finding, allowed)],
    mailboxes: [...toldMailboxes(finding, allowed)],
    told: { revision: 0, news: '', mailboxes: [], counts: {} },
  }
}

function grown(incident: Incident, finding: Finding, allowed?: Allowed): Incident {
  const known = incident.findings.find(({ id }) => id === finding.id)
  // Of two instances the one that saw less can come last.
  if (known !== undefined && !supersedes(finding, known)) return incident
  const findings = [...incident.findings.filter(one => one !== known), entry(finding, allowed)]
  findings.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
  return {
    ...incident,
    severity: severityOf(speaking(findings)),
    start: Math.min(...findings.map(({ start }) => start)),
    end: Math.max(...findings.map(({ end }) => end)),
    findings,
    mailboxes: [...new Set([...incident.mailboxes, ...toldMailboxes(finding, allowed)])].sort(),
  }
}

function entry(
  { id, detection, technique, severity, count, basis, start, end }: Finding,
  allowed?: Allowed,
): IncidentFinding {
  return { id, detection, technique, severity, count, basis, start, end, ...(allowed && { allowed }) }
}

/** Microsoft's own alerts, which say that mail is collected and not how: mostly what another finding tells already. */
const UNSPECIFIC = 'T1114'

/**
 * The worst of the findings; one step more where signs of different techniques meet. Mail read in bulk may be a backup,
 * a new rule a tidy owner; both of one actor within a day are rarely both harmless.
 */
function severityOf(findings: readonly IncidentFinding[]): Severity {
  const signs = findings.filter(
    ({ severity, technique }) => rank(severity) >= rank('medium') && technique !== UNSPECIFIC,
  )
  const found = worst(findings.map(({ severity }) => severity))
  return new Set(signs.map(({ technique }) => technique)).size > 1 ? raised(found) : found
}

/**
 * Why people should hear of an incident (again); `undefined` when the last alert still says it all, or when nobody is to
 * hear of it: see `isHeld`.
 */
export function newsOf(incident: Incident, alertFrom: Severity = ALERT_FROM): string | undefined {
  const { severity, mailboxes, findings, told } = incident
  if (isHeld(incident, alertFrom)) return undefined
  if (told.severity === undefined) return ''
  if (rank(severity) > rank(told.severity)) return `It is now ${severity}; before, it was ${told.severity}.`
  if (told.revision > MOST_UPDATES) return undefined
  if (brokenIn(findings).some(id => told.broken?.includes(id) !== true))
    return 'It goes beyond what is allowed.'
  // An audit log that is on again tells from when to when nothing was recorded: worth a message of its own.
  if (speaking(findings).some(({ id, severity: own }) => own === 'critical' && told.counts[id] === undefined))
    return 'Something else was found that is critical.'
  const joined = mailboxes.filter(mailbox => !told.mailboxes.includes(mailbox))
  if (joined.length > 0)
    return `${joined.length === 1 ? 'One more mailbox has' : `${joined.length} more mailboxes have`} joined.`
  const tripled = speaking(findings).some(
    ({ id, count }) => count >= 3 * (told.counts[id] ?? Number.POSITIVE_INFINITY),
  )
  return tripled ? 'The count has tripled.' : undefined
}

/** The incident after an alert about its present state, if there is news; else as it is. */
export function tell(incident: Incident, alertFrom: Severity = ALERT_FROM): Incident {
  const news = newsOf(incident, alertFrom)
  if (news === undefined) return incident
  const { severity, mailboxes, findings, told } = incident
  const counts = Object.fromEntries(findings.map(({ id, count }) => [id, count]))
  const broken = brokenIn(findings)
  return {
    ...incident,
    told: {
      revision: told.revision + 1,
      severity,
      news,
      mailboxes,
      counts,
      ...(broken.length > 0 && { broken }),
    },
  }
}
