import type { Seconds } from '../model/time.ts'
import type { Tables } from './port.ts'

export const LOSSES = 'losses'

/**
 * Why what became available in a stretch of time was never listed. `before-start`: before we began, and more than the
 * 7 days ago that can be listed. `not-polled`: nobody listed for more than 7 days. `stopped`: the subscription was not
 * running. `auditing-off`: the tenant wrote no log.
 */
export type LossKind = 'before-start' | 'not-polled' | 'stopped' | 'auditing-off'

export interface Loss {
  readonly kind: LossKind
  /** UTC seconds; absent: from the beginning of time. */
  readonly from?: Seconds
  /** Absent: until further notice. */
  readonly to?: Seconds
}

/** Stretches of time that no listing brought and none will. There are few. */
export interface Losses {
  /** The same loss (by kind and beginning) noted again only grows. */
  note(feed: string, loss: Loss): Promise<void>
  /** Ends what is open of a kind. */
  end(feed: string, kind: LossKind, to: Seconds): Promise<void>
  /** Of a feed, in no order to rely on. */
  all(feed: string): Promise<Loss[]>
  /** Forgets those of a feed that ended before `before` (UTC seconds). Returns how many. */
  purge(feed: string, before: Seconds): Promise<number>
}

export function makeLosses(tables: Tables, tenant: string): Losses {
  const table = tables.table(LOSSES)
  const partition = (feed: string) => `${tenant}.${feed}`
  const rows = (feed: string) => table.range<Loss>(partition(feed), '', '~')
  const rowOf = ({ kind, from }: Loss) => `${kind}.${from ?? ''}`
  return {
    async note(feed, loss) {
      const known = (await table.get<Loss>(partition(feed), rowOf(loss)))?.value
      if (known !== undefined && (known.to ?? Infinity) >= (loss.to ?? Infinity)) return
      await table.put(partition(feed), [{ row: rowOf(loss), value: loss }])
    },
    async end(feed, kind, to) {
      const open: Loss[] = []
      for await (const { value } of rows(feed))
        if (value.kind === kind && value.to === undefined) open.push({ ...value, to })
      await table.put(
        partition(feed),
        open.map(value => ({ row: rowOf(value), value })),
      )
    },
    async all(feed) {
      const found: Loss[] = []
      for await (const { value } of rows(feed)) found.push(value)
      return found
    },
    async purge(feed, before) {
      const old: string[] = []
      for await (const { row, value } of rows(feed)) if ((value.to ?? Infinity) < before) old.push(row)
      await table.remove(partition(feed), old)
      return old.length
    },
  }
}
