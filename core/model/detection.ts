import type { Address } from './address.ts'
import type { AttackId } from './attack.ts'
import type { AuditRecord } from './audit-record.ts'
import type { Finding } from './finding.ts'
import type { Operation } from './operations.ts'
import type { Severity } from './severity.ts'
import type { MailApplication } from './tenant-context.ts'
import type { Seconds } from './time.ts'
import type { Limit } from './window.ts'

/** A limit with a name that settings can address, and how bad it is when reached. */
export interface Term extends Limit {
  readonly id: string
  /** What is counted, in words: `messages one reader opened`. */
  readonly counts: string
  readonly severity: Severity
  /**
   * `new_terms`: the parts of the key, by their names in `parts`, which must be new to the subject: not seen on any
   * UTC day of the 30 before. Such terms have no window of their own; they are told of days.
   */
  readonly fresh?: readonly string[]
  /** A limit that rises with what is usual for the key, never below `atLeast`. Told of UTC days. */
  readonly above?: Usual
}

/** What is usual for a key, from its own totals on earlier days that had any. */
export interface Usual {
  /** `p95`: `times` the 95th percentile. `mad`: the median and `times` the median absolute deviation on top. */
  readonly by: 'p95' | 'mad'
  readonly times: number
  /** Days looked back. */
  readonly days: number
  /** With fewer active days than this nothing is usual yet, and nothing is told. */
  readonly minDays: number
}

/** The subject of what is counted over the whole tenant. */
export const TENANT_KEY = 'tenant'

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
  /**
   * Is this domain one of the tenant's own, at the time of a record where that is given? Compared whole, never by suffix.
   */
  isInternal(domain: string, at?: Seconds): boolean
  /** Somebody told us the tenant's domains; else they are pieced together from what was seen. */
  readonly domainsKnown: boolean
  /** The domains behind `isInternal`. */
  readonly domains: ReadonlySet<string>
  /** Lower-case ids of the application that this product runs as, and of its service principal. */
  readonly self: ReadonlySet<string>
  /** Lower-case addresses of mailboxes nobody has a reason to touch. */
  readonly decoys: ReadonlySet<string>
  /** Somebody vouched for this application (lower-case id), also where it is used from there. */
  isTrustedApp(app: string, from?: Address): boolean
  /** Somebody vouched for this address: an office, a VPN. */
  isTrustedNetwork(address: Address): boolean
  /** Is this mailbox (lower-case address) marked as especially sensitive? */
  isSensitive(mailbox: string): boolean
  /** The mail contact behind a name or address of the directory, in any case; `undefined` also where a mailbox goes by it. */
  contact(name: string): ContactSeen | undefined
  /** An application that is known to hold rights on mail, by its id or its principal's. */
  application(id: string): MailApplication | undefined
  /** The address of the person with this object id. */
  person(id: string): string | undefined
}

/** A mail contact as far as it bears on where mail goes: outside, always. */
export interface ContactSeen {
  /** Where mail to it ends up, where the directory shows it. */
  readonly address?: string
}

/** A time in which records are known to be missing. */
export interface Blind {
  /** Whose records: the whole tenant's, or those of these mailboxes, or what these people do. */
  readonly whose: 'tenant' | readonly string[]
  readonly from: Seconds
  /**
   * Absent: until further notice, which is given by a later finding about the same `what` of the same people that knows
   * an end.
   */
  readonly to?: Seconds
  /** Where there is no end: when recording was stopped last. What ended before that did not end it. Absent: at `from`. */
  readonly renewed?: Seconds
  /** What is missing, in words that go before `of anna@…`: `reads of mail`. */
  readonly what: string
}

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
  /**
   * Its records name somebody as their user who did not do it: findings join the incident of the mailbox or the
   * application they are about. `first`: of whoever did the first of the records, which of a log switched off and on
   * again is the one who switched it off.
   */
  readonly about?: 'mailbox' | 'application' | 'first'
  /**
   * Names of the key's parts after the subject, where a term asks whether one is new. Detections that name a part
   * alike share what was learned of it.
   */
  readonly parts?: readonly string[]
  /** Measures that make nothing known of the parts: a right to visit makes nobody a known visitor. */
  readonly unlearned?: readonly string[]
  /** During which time records are missing because of what was found; later cards say so. */
  blind?(finding: Finding): Blind | undefined
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
