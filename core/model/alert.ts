import type { Bars } from './finding.ts'
import type { Severity } from './severity.ts'
import type { Seconds } from './time.ts'

/** The message about an incident, as plain text that sinks escape and lay out. */
export interface Alert {
  /**
   * `<incident>-<revision>`: the same on every retry and for every sink, so receivers can drop repeats. Letters,
   * digits and dashes only: it travels as a header, and Standard Webhooks forbids dots.
   */
  readonly id: string
  readonly incident: string
  /** 1 for the first alert of an incident, more for updates. */
  readonly revision: number
  readonly tenant: string
  /** What people call the tenant. */
  readonly tenantName?: string
  readonly severity: Severity
  /** What kind of thing it is: the first detection's title. */
  readonly kind: string
  /** Subject, verb, object; at most 60 characters. */
  readonly headline: string
  readonly sentence: string
  /** Why there is an update, one short sentence. */
  readonly change?: string
  /** At most 8. */
  readonly facts: readonly Fact[]
  /** Events per ten minutes around the incident, oldest first. */
  readonly timeline?: Timeline
  /** At most 4, safest first. */
  readonly steps: readonly string[]
  readonly notKnown: string
  readonly clock: Clock
  readonly rules: readonly AlertRule[]
  readonly links: readonly AlertLink[]
  readonly mailboxes: readonly string[]
  readonly actor: string
}

export interface Fact {
  readonly name: string
  readonly value: string
}

export interface Timeline extends Bars {
  readonly title: string
}

/** When it happened, and when Microsoft made the records available or we saw it ourselves; the sink adds when it posted. */
export interface Clock {
  readonly start: Seconds
  readonly end: Seconds
  readonly delivered?: Seconds
  /** Of what no record of Microsoft's tells. */
  readonly seen?: Seconds
}

export interface AlertRule {
  readonly finding: string
  readonly detection: string
  readonly severity: Severity
  readonly count: number
  readonly limit: number
  readonly withinMinutes?: number
  readonly attack: readonly string[]
}

/** A link we make ourselves, from a fixed table; never one that came in a record. */
export interface AlertLink {
  readonly title: string
  readonly url: string
}
