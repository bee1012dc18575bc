import { createHash } from 'node:crypto'
import { type Series, type Subjects, seriesId } from '../engine/collect.ts'
import { obtain } from '../model/maps.ts'
import { boundPane } from '../model/pane.ts'
import { DAY } from '../model/time.ts'
import { periodTable, periodTables } from './periods.ts'
import type { Entry, Tables } from './port.ts'
import { packTallies } from './tally-packing.ts'
import { decodeRows, encodeRows, type TallyRow, type Wanted } from './tally-rows.ts'

export const TALLIES = 'tallies'

/**
 * Tallies, keyed by the blobs they came from. Writing those again rewrites the same rows; a window is the union of
 * the rows in its range. All detections share a row, so what is written together costs one transaction a hundred subjects
 * and a window one read a subject, however many detections there are and however much is stored.
 */
export interface Tallies {
  /** `source` names blobs and content: `source.ts`. */
  write(source: string, subjects: Subjects): Promise<void>
  /** What bears on a subject on some days; all series if nothing says which are wanted. */
  read(subject: string, days: Days, reach: Reach, isWanted?: Wanted): Promise<Map<string, Series>>
  /** Whether a detection looks back further than most. */
  isFar(detection: string): boolean
}

/** Day numbers, both inclusive. */
export interface Days {
  readonly from: number
  readonly to: number
}

/**
 * How many days around the given ones are asked for. Few detections look back over a week, and they count little; what the others
 * count in that week is most of what is stored, so it has rows of its own. Absent: not asked for.
 */
export interface Reach {
  readonly near?: number
  readonly far?: number
}

/** Which tables hold what. */
export interface Shelves {
  /** For what is written of a day. */
  of(day: number): string
  /** All that may hold something of these days. */
  holding(from: number, to: number): string[]
}

interface TalliesOptions {
  /** Detections whose tallies are asked for over many days. It decides where rows are, so it must not change with what an operator tunes. */
  readonly isFar?: (detection: string) => boolean
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
  { isFar = () => false, packed = PACKED_TOGETHER, shelves = BY_DAY }: TalliesOptions = {},
): Tallies {
  async function* rowsOf(
    subject: string,
    kind: keyof Reach,
    from: number,
    to: number,
  ): AsyncIterable<TallyRow> {
    const prefix = rowPrefix(subject, kind)
    for (const name of shelves.holding(from, to)) {
      const table = tables.table(name)
      const found: Entry<TallyRow>[] = []
      const range = table.range<TallyRow>(tenant, prefix + dayPart(from), prefix + dayPart(to + 1))
      for await (const { row, value } of range) found.push({ row, value })
      yield* found.map(({ value }) => value)
      await packTallies(table, tenant, found, packed)
    }
  }

  return {
    isFar,

    async write(source, subjects) {
      const byTable = new Map<string, Entry<TallyRow>[]>()
      for (const [subject, all] of subjects)
        for (const [kind, series] of Map.groupBy(all.values(), one =>
          isFar(one.detection) ? 'far' : 'near',
        ))
          for (const [day, rows] of encodeRows(series))
            rows.forEach((value, part) => {
              const row = `${rowPrefix(subject, kind)}${dayPart(day)}.${source}.${part}`
              obtain(byTable, shelves.of(day), () => []).push({ row, value })
            })
      for (const [name, entries] of byTable) await tables.table(name).put(tenant, entries)
    },

    async read(subject, { from, to }, reach, isWanted) {
      const rows: TallyRow[] = []
      for (const kind of ['near', 'far'] as const) {
        const days = reach[kind]
        if (days === undefined) continue
        for await (const row of rowsOf(subject, kind, from - days, to + days)) rows.push(row)
      }
      const series = decodeRows(rows, seriesId, isWanted)
      for (const { panes } of series.values()) for (const pane of panes.values()) boundPane(pane)
      return series
    },
  }
}

/** A subject can be long and holds what an attacker wrote; its hash is short and sorts as well as anything. */
function rowPrefix(subject: string, kind: keyof Reach): string {
  const name = createHash('sha256').update(subject).digest('hex').slice(0, 24)
  return kind === 'near' ? `${name}.` : `${name}f.`
}

function dayPart(day: number): string {
  return day.toString().padStart(6, '0')
}
