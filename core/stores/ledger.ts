import pMap from 'p-map'
import type { ContentBlob } from '../model/content-blob.ts'
import { dayOf, parseWireTime, type Seconds } from '../model/time.ts'
import { periodTable, periodTables } from './periods.ts'
import type { Tables } from './port.ts'

export const LEDGER = 'ledger'

/** What became of a listed blob. */
export type BlobState = 'listed' | 'done' | 'quarantined' | 'expired'

export interface LedgerEntry {
  readonly blob: ContentBlob
  readonly state: BlobState
  /** When it was first listed, UTC seconds. */
  readonly listedAt: Seconds
  /** While it is open: when it goes onto the queue again, UTC seconds. */
  readonly resendAt: Seconds
  readonly endedAt?: Seconds
  /** Why it could not be read; while `listed`: why it was put off until `resendAt`. */
  readonly reason?: string
  /** While `listed`: what was wrong with it at the last try. */
  readonly problem?: string
  /** Times it was tried again since it was set aside. */
  readonly retries?: number
  /** An operator gave it up. */
  readonly dropped?: { readonly reason: string; readonly at: Seconds }
  readonly counts?: BlobCounts
}

/** Still to be read: also what was set aside, until it expires or somebody gives it up. */
export function isOpen({ dropped, state }: LedgerEntry): boolean {
  return state === 'listed' || (state === 'quarantined' && dropped === undefined)
}

/**
 * What was in a blob: parsed = evaluated + duplicates + rejected. A duplicate repeats the id of another record of the
 * blob; whether other blobs hold it too does not matter, as what is counted is a set.
 */
export interface BlobCounts {
  readonly parsed: number
  readonly evaluated: number
  readonly duplicates: number
  /** By reason. */
  readonly rejected: Readonly<Record<string, number>>
}

/** Blob by blob, what was listed and what became of it: the proof that nothing was skipped in silence. */
export interface Ledger {
  /**
   * Records blobs of one feed as listed. Returns those to put on the queue: new ones, ones gone astray, and ones set
   * aside that are offered under another address now. With `resend`, all that are not finished.
   */
  listed(feed: string, blobs: readonly ContentBlob[], now: Seconds, resend?: boolean): Promise<ContentBlob[]>
  /** The entry of a blob; one that was never listed counts as listed now. */
  find(blob: ContentBlob, now: Seconds): Promise<LedgerEntry>
  /** The entries of blobs of one feed, in their order; one read for those that became available in the same hour. */
  findAll(feed: string, blobs: readonly ContentBlob[], now: Seconds): Promise<LedgerEntry[]>
  /** Writes what became of blobs of one feed; a `listed` entry is put off until its `resendAt`. */
  end(feed: string, ended: readonly LedgerEntry[]): Promise<void>
  /** Everything of a feed that became available in days `from` to `to` (day numbers, both inclusive). */
  entries(feed: string, from: number, to: number): AsyncIterable<LedgerEntry>
}

/** A message unanswered for so long is taken for lost: the process died between writing and sending. */
export const ASTRAY: Seconds = 30 * 60

/** Of `2026-03-02T09`. */
const HOUR_DIGITS = 13
/** Requests under way at once. */
const AT_ONCE = 6

function unlisted(blob: ContentBlob, now: Seconds): LedgerEntry {
  return { blob, state: 'listed', listedAt: now, resendAt: now + ASTRAY }
}

export function makeLedger(tables: Tables, tenant: string): Ledger {
  const partition = (feed: string) => `${tenant}.${feed}`

  /** What is known of blobs of one table, by row: one read of all that lies between the first and the last. */
  async function between(feed: string, blobs: readonly ContentBlob[]): Promise<Map<string, LedgerEntry>> {
    const [first] = blobs
    const known = new Map<string, LedgerEntry>()
    if (first === undefined) return known
    const table = tables.table(tableOf(first))
    const rows = blobs.map(rowOf).sort()
    const range = table.range<LedgerEntry>(partition(feed), rows[0] ?? '', `${rows.at(-1)}~`)
    for await (const { row, value } of range) known.set(row, value)
    return known
  }

  return {
    async listed(feed, blobs, now, resend = false) {
      const due: ContentBlob[] = []
      for (const [name, group] of groupBy(blobs, tableOf)) {
        const table = tables.table(name)
        const known = await between(feed, group)
        const fresh = new Map<string, LedgerEntry>()
        for (const blob of group) {
          const entry = known.get(rowOf(blob))
          if (fresh.has(rowOf(blob)) || !isDue(entry, blob, now, resend)) continue
          fresh.set(rowOf(blob), {
            blob,
            state: 'listed',
            listedAt: entry?.listedAt ?? now,
            resendAt: now + ASTRAY,
          })
          due.push(blob)
        }
        // Two pollers may both write a blob as listed, or one over the other's "done": it is then read once more,
        // which rewrites the same rows.
        await table.put(
          partition(feed),
          [...fresh].map(([row, value]) => ({ row, value })),
        )
      }
      return due
    },

    async find(blob, now) {
      const row = await tables.table(tableOf(blob)).get<LedgerEntry>(partition(blob.feed), rowOf(blob))
      return row?.value ?? unlisted(blob, now)
    },

    async findAll(feed, blobs, now) {
      // In the busiest tenants an hour is a page. Blobs sent again together may be days apart, with thousands in between.
      const hours = groupBy(blobs, blob => `${tableOf(blob)} ${blob.created.slice(0, HOUR_DIGITS)}`)
      const read = await pMap(hours.values(), group => between(feed, group), { concurrency: AT_ONCE })
      const known = new Map(read.flatMap(group => [...group]))
      return blobs.map(blob => known.get(rowOf(blob)) ?? unlisted(blob, now))
    },

    async end(feed, ended) {
      for (const [name, group] of groupBy(ended, ({ blob }) => tableOf(blob)))
        await tables.table(name).put(
          partition(feed),
          group.map(value => ({ row: rowOf(value.blob), value })),
        )
    },

    async *entries(feed, from, to) {
      for (const name of periodTables(LEDGER, from, to)) {
        for await (const { value } of tables.table(name).range<LedgerEntry>(partition(feed), '', '~')) {
          const day = dayOf(createdAt(value.blob))
          if (day >= from && day <= to) yield value
        }
      }
    },
  }
}

function isDue(entry: LedgerEntry | undefined, blob: ContentBlob, now: Seconds, resend: boolean): boolean {
  switch (entry?.state) {
    case undefined:
      return true
    case 'listed':
      return resend || now >= entry.resendAt
    case 'quarantined':
      return isOpen(entry) && entry.blob.uri !== blob.uri
    default:
      return false
  }
}

function createdAt(blob: ContentBlob): Seconds {
  return parseWireTime(blob.created) ?? 0
}

function tableOf(blob: ContentBlob): string {
  return periodTable(LEDGER, createdAt(blob))
}

function rowOf(blob: ContentBlob): string {
  return `${blob.created}.${blob.id}`
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
