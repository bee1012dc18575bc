import type { Finding } from '../../core/model/finding.ts'
import type { Declared, Seen } from '../../core/pipeline/tenant-domains.ts'
import type { Config } from '../../core/tuning/config.ts'
import type { RawRecord } from './records.ts'

/** Parts that one of a case's findings must have, all of them. */
export type Expected = Partial<
  Pick<
    Finding,
    'severity' | 'term' | 'count' | 'key' | 'mailboxes' | 'actor' | 'addresses' | 'notes' | 'recordCount'
  >
>

export interface Situation {
  readonly records: readonly RawRecord[]
  /** The tenant's domains are pieced together from the records; else they are known: `birchwood.example`. */
  readonly learned?: true
  /** What somebody said of the tenant; nothing, if nothing is said here. */
  readonly declared?: Partial<Declared>
  /** What the directory says; nothing, if nothing is said here. */
  readonly seen?: Partial<Seen>
  /** What the operator's file says: trusted applications and networks, decoys, sensitive mailboxes. */
  readonly config?: Partial<Config>
}

export interface FiringSituation extends Situation {
  readonly expect: Expected
}

/** What a detection must and must not say: raw records by a short description of the situation. */
export interface Cases {
  readonly detection: string
  readonly fires: Readonly<Record<string, readonly RawRecord[] | FiringSituation>>
  readonly quiet: Readonly<Record<string, readonly RawRecord[] | Situation>>
}

export function defineCases(detection: string, cases: Omit<Cases, 'detection'>): Cases {
  return { detection, ...cases }
}
