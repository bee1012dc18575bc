import { seriesId } from '../engine/collect.ts'
import { obtain } from '../model/maps.ts'
import type { Entry, Table } from './port.ts'
import { unitedSource } from './source.ts'
import { decodeRows, encodeRows, isHalfFull, type TallyRow } from './tally-rows.ts'

/**
 * Puts one row in the place of every `together`. Whoever is in every message of a day has hundreds of rows on it, all of which each later message
 * reads. Rows are packed with others that are as much packed as they are, so each tally is written again as often as the
 * logarithm of their number.
 *
 * A tally is a set, so that it stands in two rows for a while, or for good after a death or a second instance, changes nothing. The new
 * row sorts behind those it replaces: a range that is under way has read them, or will read it.
 */
export async function packTallies(
  table: Table,
  partition: string,
  found: readonly Entry<TallyRow>[],
  together: number,
): Promise<void> {
  for (const [place, equal] of classesOf(found)) {
    if (equal.length < together) continue
    const entries = equal.filter(({ value }) => !isHalfFull(value))
    if (entries.length < together) continue
    const days = encodeRows(
      decodeRows(
        entries.map(({ value }) => value),
        seriesId,
      ).values(),
    )
    const values = [...days.values()].flat()
    const source = unitedSource(entries.map(({ row }) => row))
    await table.put(
      partition,
      values.map((value, part) => ({ row: `${place}${source}.${part}`, value })),
    )
    await table.remove(
      partition,
      entries.map(({ row }) => row),
    )
  }
}

/** Where the packed rows go → the rows: those of one day that are equally packed. Sources begin with a hexadecimal digit. */
function classesOf(found: readonly Entry<TallyRow>[]): Map<string, Entry<TallyRow>[]> {
  const classes = new Map<string, Entry<TallyRow>[]>()
  for (const entry of found) {
    const [subject = '', day = '', source = ''] = entry.row.split('.')
    const times = source.startsWith(PACKED) ? Number(source[1]) : 0
    if (times < MOST_TIMES) obtain(classes, `${subject}.${day}.${PACKED}${times + 1}`, () => []).push(entry)
  }
  return classes
}

const PACKED = 'p'
const MOST_TIMES = 9
