import type { Slice } from './checkpoint.ts'
import { iso, type Seconds } from './time.ts'

/** One search of the audit log, over a span of event time: `from` included, `to` not. */
export interface Search extends Slice {
  /** `split`: it found more than one search can hand out, and its halves take its place. `lost`: given up. */
  readonly state: 'open' | 'read' | 'split' | 'lost'
  /** When its turn came, UTC seconds. */
  readonly begunAt: Seconds
  /** Queries that ended badly. */
  readonly failures: number
  /** Since when somebody is creating its query. Who died over it never says so, and is waited for a while. */
  readonly asking?: Seconds
  readonly query?: SearchQuery
  /** The server held back some records, and the span is too short to be split. */
  readonly cut?: true
}

export interface SearchQuery {
  readonly id: string
  readonly version: 'v1.0' | 'beta'
  readonly askedAt: Seconds
}

/** A name for a span that sorts by time. */
export function spanName({ from, to }: Slice): string {
  return `${iso(from)}.${iso(to)}`
}
