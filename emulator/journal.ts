import type { ContentType } from './content.ts'
import type { RequestKind } from './faults.ts'

/** What happened at the tenant's door, in order. `audit.ts` judges the client from this and nothing else. */
export type JournalEntry =
  | {
      readonly type: 'call'
      readonly at: number
      readonly kind: RequestKind
      /** 0 when the connection was reset in place of an answer. */
      readonly status: number
      readonly publisher: string | undefined
      /** Content id, for a blob. */
      readonly about: string | undefined
      /** Positions in the order of arrivals and answers: a call that was under way when a throttle was
       * pronounced did not disregard it. */
      readonly arrived: number
      readonly answered: number
      readonly retryAfterMs: number | undefined
      readonly overQuota: boolean
    }
  | {
      readonly type: 'listing'
      readonly at: number
      readonly contentType: ContentType
      readonly from: number
      readonly to: number
      readonly blobs: readonly string[]
      /** Links by their text, without host. */
      readonly offered: string | undefined
      readonly followed: string | undefined
    }
  | {
      readonly type: 'bad-range'
      readonly at: number
      readonly contentType: ContentType
      readonly startTime: string | undefined
      readonly endTime: string | undefined
      readonly reason: string
    }
  | { readonly type: 'fetch'; readonly at: number; readonly blob: string }
  | {
      readonly type: 'start'
      readonly at: number
      readonly contentType: ContentType
      readonly sinceLastMs: number | undefined
      readonly answer: string
    }
  | {
      readonly type: 'foreign'
      readonly at: number
      readonly method: string
      readonly path: string
      readonly token: boolean
    }

export interface Journal {
  readonly entries: readonly JournalEntry[]
  add(entry: JournalEntry): void
  /** The next number in the order of arrivals and answers. */
  tick(): number
}

export function makeJournal(): Journal {
  const entries: JournalEntry[] = []
  let ticks = 0
  return { entries, add: entry => void entries.push(entry), tick: () => ++ticks }
}
