import type { AttackId } from './attack.ts'
import type { Severity } from './severity.ts'
import { rank } from './severity.ts'
import type { Seconds } from './time.ts'

/**
 * A decided fact worth a human: one key reached a limit in one quiet period. It is a function of the set of
 * records alone; its id is a hash of tenant, detection, key and day.
 */
export interface Finding {
  readonly id: string
  readonly tenant: string
  readonly detection: string
  readonly term: string
  readonly key: readonly [subject: string, ...rest: string[]]
  readonly severity: Severity
  readonly start: Seconds
  readonly end: Seconds
  readonly count: number
  readonly limit: number
  readonly withinMinutes?: number
  /** The median of earlier days, where the limit rises with what is usual. */
  readonly usual?: number
  /** How many earlier days that median is of. */
  readonly usualDays?: number
  /** Found while the tenant was still being learned: what is new then may only be new to us. */
  readonly learning?: true
  /** The first of the detection's ATT&CK techniques: what kind of sign this is. */
  readonly technique: AttackId
  /** Who did most of it, or whom it is about. Findings of one actor join into an incident. */
  readonly actor: string
  /** Application that did most of it. */
  readonly app?: string
  /** Every application that had a part in it, most records first. */
  readonly apps: readonly string[]
  readonly actors: readonly string[]
  readonly mailboxes: readonly string[]
  readonly addresses: readonly string[]
  readonly clients: readonly string[]
  readonly sessions: readonly string[]
  readonly notes: readonly string[]
  /** Ids of the records behind it, oldest first, the first 50. */
  readonly records: readonly string[]
  readonly recordCount: number
  /** Records of the key on its day and as far back as windows reach, which is all that bears on it: how much its writer had seen. */
  readonly basis: number
  /** Records over time, from `start` on. */
  readonly timeline: Bars
}

/** Counts per stretch of `step` seconds, oldest first. */
export interface Bars {
  readonly from: Seconds
  readonly step: Seconds
  readonly bars: readonly number[]
}

type FindingState = Pick<Finding, 'severity' | 'basis' | 'count' | 'start' | 'end'>

/**
 * Of two states of the same finding, does `next` rest on more records? The writer that read last has seen all of them,
 * so keeping the one of the larger basis is right whatever order the writers come in. What the finding says does not
 * tell: a worse limit of the same severity, or a fuller session, can rest on fewer records.
 */
export function supersedes(next: FindingState, known: FindingState): boolean {
  return (
    (rank(next.severity) - rank(known.severity) ||
      next.basis - known.basis ||
      next.count - known.count ||
      known.start - next.start ||
      next.end - known.end) > 0
  )
}
