import { createHash } from 'node:crypto'
import { type Series, type Subjects, seriesId } from '../engine/collect.ts'
import { boundPane } from '../model/pane.ts'
import { DAY } from '../model/time.ts'
import { periodTable, periodTables } from './periods.ts'
import type { Entry, Tables } from './port.ts'
import { packTallies } from './tally-packing.ts'
import { decodeRows, encodeRows, type TallyRow } from './tally-rows.ts'

export const TALLIES = 'tallies'

/**
 * Tallies, keyed by the blobs they came from. Writing those again rewrites the same rows; a window is the union of
 * the rows in its range. All detections share a row, so what is written together costs one transaction a hundred subjects
 * and a window one read a subject, however many detections there are and however much is stored.
 */
export interface Tallies {
  /** `source` names blobs and content: `sourceOf(blob, text)`, `unitedSource`. */
  write(source: string, subjects: Subjects): Promise<void>
  /** Everything about one subject on days `from` to `to` (day numbers, both inclusive). */
  read(subject: string, from: number, to: number): Promise<Map<string, Series>>
}

/**
 * A blob fetched twice has been seen to differ: a listing with other bounds can cut it short. With the content in
 * the key both versions count, as a union.
 */
export function sourceOf(feed: string, blob: string, text: string): string {
  const source = makeSource(feed, blob)
  source.update(text)
  return source.id()
}

/** The same of a text that comes in pieces. */
export function makeSource(feed: string, blob: string) {
  const hash = createHash('sha256').update(`${feed}\n${blob}\n`)
  return {
    update(piece: string | Uint8Array) {
      hash.update(piece)
    },
    id: () => hash.digest('hex').slice(0, 20),
  }
}

/** Names blobs that are written together, in this order: it decides what is cut into which row. */
export function unitedSource(sources: readonly string[]): string {
  const [only] = sources
  if (only !== undefined && sources.length === 1) return only
  return createHash('sha256').update(sources.join('\n')).digest('hex').slice(0, 20)
}

/** Which tables hold what. */
export interface Shelves {
  /** For what is written of a day. */
  of(day: number): string
  /** All that may hold something of these days. */
  holding(from: number, to: number): string[]
}

interface TalliesOptions {
  readonly shelves?: Shelves
  /** Rows of a subject and day that become one. */
  readonly packed?: number
}

/** More would be read by each message of a busy day; fewer would be written again more often. */
const PACKED_TOGETHER = 16

const BY_DAY: Shelves = {
  of: day => periodTable(TALLIES, day * DAY),
  holding: (from, to) => periodTables(TALLIES, from, to),
}

export function makeTallies(
  tables: Tables,
  tenant: string,
  { packed = PACKED_TOGETHER, shelves = BY_DAY }: TalliesOptions = {},
): Tallies {
  return {
    async write(source, subjects) {
      const byTable = new Map<string, Entry<TallyRow>[]>()
      for (const [subject, all] of subjects)
        for (const [day, rows] of encodeRows(all.values()))
          rows.forEach((value, part) => {
            const name = shelves.of(day)
            const entries = byTable.get(name) ?? []
            entries.push({ row: `${rowPrefix(subject)}${dayPart(day)}.${source}.${part}`, value })
            byTable.set(name, entries)
          })
      for (const [name, entries] of byTable) await tables.table(name).put(tenant, entries)
    },

    async read(subject, from, to) {
      const prefix = rowPrefix(subject)
      const rows: TallyRow[] = []
      for (const name of shelves.holding(from, to)) {
        const table = tables.table(name)
        const found: Entry<TallyRow>[] = []
        for await (const { row, value } of table.range<TallyRow>(
          tenant,
          prefix + dayPart(from),
          prefix + dayPart(to + 1),
        ))
          found.push({ row, value })
        rows.push(...found.map(({ value }) => value))
        await packTallies(table, tenant, found, packed)
      }
      const series = decodeRows(rows, seriesId)
      for (const { panes } of series.values()) for (const pane of panes.values()) boundPane(pane)
      return series
    },
  }
}

/** A subject can be long and holds what an attacker wrote; its hash is short and sorts as well as anything. */
function rowPrefix(subject: string): string {
  return `${createHash('sha256').update(subject).digest('hex').slice(0, 24)}.`
}

function dayPart(day: number): string {
  return day.toString().padStart(6, '0')
}
