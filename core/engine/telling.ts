import { type Allowed, isAllowed } from '../model/allowed.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident, IncidentFinding } from '../model/incident.ts'
import { rank, type Severity } from '../model/severity.ts'

/** The findings that make an incident what it is: those nobody allowed, or all where all are allowed. */
export function speaking<T extends Pick<IncidentFinding, 'allowed'>>(findings: readonly T[]): readonly T[] {
  const own = findings.filter(finding => !isAllowed(finding))
  return own.length > 0 ? own : findings
}

/** Is an incident kept and not posted? All of it is allowed, or it was never told and is less bad than `alertFrom`. */
export function isHeld({ severity, findings, told }: Incident, alertFrom: Severity): boolean {
  return findings.every(isAllowed) || (told.revision === 0 && rank(severity) < rank(alertFrom))
}

/** What is allowed moves nobody: its mailboxes do not count as joining a story that is told. */
export function toldMailboxes({ mailboxes }: Finding, allowed: Allowed | undefined): readonly string[] {
  return isAllowed({ allowed }) ? [] : mailboxes
}

/** Ids of the findings that go beyond what was allowed. */
export function brokenIn(findings: readonly IncidentFinding[]): string[] {
  return findings.flatMap(({ id, allowed }) => (allowed?.broken === undefined ? [] : [id]))
}

/** An incident's findings with what is allowed last, the order otherwise kept: what is told speaks first. */
export function speakingFirst(incident: Incident, findings: readonly Finding[]): Finding[] {
  const quiet = new Set(incident.findings.filter(isAllowed).map(({ id }) => id))
  return [...findings.filter(({ id }) => !quiet.has(id)), ...findings.filter(({ id }) => quiet.has(id))]
}

/** Entries named at most; the rest are counted. */
const NAMED = 2

/** Which allow entries no longer hold and how they were broken, as sentences with a blank behind; empty for none. */
export function brokenWords({ findings }: Incident): string {
  const broken = new Map(
    findings.flatMap(({ allowed }) => (allowed?.broken === undefined ? [] : [[allowed.entry, allowed]])),
  )
  const words = [...broken.values()]
    .slice(0, NAMED)
    .map(
      ({ reason, owner, until, broken }) =>
        `This goes beyond what is allowed until ${until} (${cut(reason)}; ${cut(owner)}): ${broken}. `,
    )
  const rest = broken.size - words.length
  return (
    words.join('') +
    (rest > 0 ? `${rest} more allow ${rest === 1 ? 'entry is' : 'entries are'} broken as well. ` : '')
  )
}

function cut(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79).toWellFormed()}…`
}
