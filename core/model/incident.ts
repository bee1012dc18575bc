import type { Allowed } from './allowed.ts'
import type { Finding } from './finding.ts'
import type { Severity } from './severity.ts'
import type { Seconds } from './time.ts'

/** The findings of one actor within 24 hours: one story, one card. */
export interface Incident {
  readonly id: string
  readonly tenant: string
  readonly actor: string
  readonly severity: Severity
  readonly start: Seconds
  readonly end: Seconds
  /** Detection id and largest count of each finding. */
  readonly findings: readonly IncidentFinding[]
  /** Those of findings that nobody allowed. */
  readonly mailboxes: readonly string[]
  /** What the last alert said; the next one goes out only when it would say more. */
  readonly told: Told
}

export interface IncidentFinding
  extends Pick<Finding, 'id' | 'detection' | 'technique' | 'severity' | 'count' | 'basis' | 'start' | 'end'> {
  readonly allowed?: Allowed
}

export interface Told {
  /** Alerts so far: 1 for the card, 2 and on for its updates. 0 before the first. */
  readonly revision: number
  readonly severity?: Severity
  /** Why it went out; empty for the first. */
  readonly news: string
  readonly mailboxes: readonly string[]
  /** finding id → count when told */
  readonly counts: Readonly<Record<string, number>>
  /** Ids of findings told as beyond what was allowed. */
  readonly broken?: readonly string[]
}
