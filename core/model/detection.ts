import type { AuditRecord } from './audit-record.ts'
import type { Finding } from './finding.ts'
import type { Operation } from './operations.ts'
import type { Severity } from './severity.ts'
import type { Limit } from './window.ts'

/** A limit with a name that settings can address, and how bad it is when reached. */
export interface Term extends Limit {
  readonly id: string
  /** What is counted, in words: `messages one reader opened`. */
  readonly counts: string
  readonly severity: Severity
}

/** What a detection says about one record. */
export interface Signal {
  /**
   * What is counted together. The first part is the subject (a person or an application); a window is read
   * from storage by subject, so everything about one person is one read.
   */
  readonly key: readonly [subject: string, ...rest: string[]]
  readonly measure: string
  /** The members this record adds. Absent: the record itself is the member. */
  readonly members?: readonly Member[]
  /** The mailbox it is about, where the record itself names none. */
  readonly mailbox?: string | undefined
  /** Set where the measure is also counted per session. */
  readonly session?: string | undefined
  /** A few words for the alert. At most 200 characters are kept. */
  readonly note?: string | undefined
}

export type Member = string | { readonly member: string; readonly weight: number }

/** What a detection may know about the tenant besides the record. */
export interface TenantFacts {
  readonly id: string
  /** Is this domain one of the tenant's own? Compared whole, never by suffix. */
  isInternal(domain: string): boolean
  /** Somebody told us the tenant's domains; else they are pieced together from what was seen. */
  readonly domainsKnown: boolean
  /** The domains behind `isInternal`. */
  readonly domains: ReadonlySet<string>
}

export type AttackId = `T${number}` | `T${number}.${number}`

export interface Reference {
  readonly title: string
  readonly url?: string
}

/** A detection in full: its limits as plain data, its predicate as a few typed lines, and what people need. */
export interface Detection<O extends string = string> {
  readonly id: string
  readonly title: string
  readonly attack: readonly AttackId[]
  /** Operations it reads, in Microsoft's spelling; `'any'` for those that look at every record. */
  readonly reads: readonly Extract<O, Operation>[] | 'any'
  readonly terms: readonly Term[]
  /** Judges by the tenant's domains. Where they are learned from the same records, it runs after the others. */
  readonly usesDomains?: true
  /** Its records name a service as their user: findings join the incident of the mailbox they are about. */
  readonly about?: 'mailbox'
  signals(record: AuditRecord<O>, tenant: TenantFacts): Iterable<Signal>
  /** The first line of the card, at most 60 characters. */
  headline(finding: Finding): string
  /** One plain sentence: how many, whose mailbox, by what, from where, compared with which limit. */
  sentence(finding: Finding): string
  /** At most four steps of at most two lines, safest first, out of band. */
  readonly triage: readonly string[]
  /** What the records cannot tell: the card's last line. */
  readonly notKnown: string
  readonly falsePositives: readonly string[]
  readonly notCovered: readonly string[]
  readonly references: readonly Reference[]
  /** Seed branches and public rules whose intent this covers. */
  readonly covers: readonly string[]
}

/** Ties `reads` to the record type, so that a misspelt operation or field does not compile. */
export function defineDetection<const O extends Operation>(detection: Detection<O>): Detection<O> {
  return detection
}
