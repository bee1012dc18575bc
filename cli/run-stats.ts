import type { AuditRecord } from '../core/model/audit-record.ts'
import { memberOf } from '../core/model/tally.ts'
import type { Seconds } from '../core/model/time.ts'
import { READ_OPERATIONS } from '../core/stores/mailboxes.ts'

export interface RunTotals {
  /** Distinct records. */
  readonly records: number
  /** Records seen again. */
  readonly duplicates: number
  /** By reason. */
  readonly rejected: Readonly<Record<string, number>>
  readonly mailboxes: number
  /** Mailboxes of which a read was recorded: for the others, bulk reading would not be seen. */
  readonly mailboxesWithReads: number
  readonly from: Seconds | undefined
  readonly to: Seconds | undefined
}

export interface RunStats {
  add(record: Pick<AuditRecord, 'id' | 'at' | 'mailbox' | 'operation'>): void
  reject(reason: string, times?: number): void
  totals(): RunTotals
  /** Records per stretch of `step` seconds, from the first to the last. */
  bars(step: Seconds): { from: Seconds; bars: number[] } | undefined
}

const BAR: Seconds = 600

/** What a run has seen. Repeated records are told by a hash of their id, so that the memory of a million is small. */
export function makeRunStats(): RunStats {
  const seen = new Set<number>()
  const rejected = new Map<string, number>()
  const mailboxes = new Set<string>()
  const withReads = new Set<string>()
  const perBar = new Map<number, number>()
  let duplicates = 0
  let from: Seconds | undefined
  let to: Seconds | undefined

  return {
    add({ id, at, mailbox, operation }) {
      const before = seen.size
      if (seen.add(memberOf(id)).size === before) {
        duplicates++
        return
      }
      if (from === undefined || at < from) from = at
      if (to === undefined || at > to) to = at
      perBar.set(Math.floor(at / BAR), (perBar.get(Math.floor(at / BAR)) ?? 0) + 1)
      if (mailbox === undefined) return
      mailboxes.add(mailbox)
      if (READ_OPERATIONS.has(operation)) withReads.add(mailbox)
    },
    reject(reason, times = 1) {
      rejected.set(reason, (rejected.get(reason) ?? 0) + times)
    },
    totals: () => ({
      records: seen.size,
      duplicates,
      rejected: Object.fromEntries(rejected),
      mailboxes: mailboxes.size,
      mailboxesWithReads: withReads.size,
      from,
      to,
    }),
    bars(step) {
      if (from === undefined || to === undefined) return undefined
      const start = Math.floor(from / step) * step
      const bars = new Array<number>(Math.floor((to - start) / step) + 1).fill(0)
      for (const [bar, count] of perBar) {
        const index = Math.max(0, Math.floor((bar * BAR - start) / step))
        bars[index] = (bars[index] ?? 0) + count
      }
      return { from: start, bars }
    },
  }
}
