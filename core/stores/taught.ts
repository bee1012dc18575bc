import { createHash } from 'node:crypto'
import type { Subjects } from '../engine/collect.ts'
import { obtain } from '../model/maps.ts'
import { PANE } from '../model/pane.ts'
import { dayOf, dayText, type Seconds } from '../model/time.ts'
import { periodTable, periodTables } from './periods.ts'
import type { Entry, Tables } from './port.ts'
import { RETENTION } from './retention.ts'
import { makeTallies, type Tallies } from './tallies.ts'

export const TAUGHT = 'taught'

/**
 * Tallies of days long past, which nothing but teaching asks for, with who was seen on them. They are kept in the week
 * they are read in, and dropped as long after it as others after their day: in the tables of their own days the next
 * sweep would drop them before they taught.
 */
export interface Taught extends Tallies {
  subjectsOn(days: readonly number[]): Promise<ReadonlySet<string>>
}

/** Subjects in a row; they can be long. */
const TOGETHER = 50

export function makeTaught(tables: Tables, tenant: string, now: () => Seconds): Taught {
  const current = () => periodTable(TAUGHT, now())
  const kept = () => periodTables(TAUGHT, dayOf(now() - RETENTION.tallies), dayOf(now()))
  const tallies = makeTallies(tables, tenant, { shelves: { of: current, holding: kept } })
  const seen = `${tenant}.seen`

  return {
    read: tallies.read,
    isFar: tallies.isFar,

    async write(source, subjects) {
      await tallies.write(source, subjects)
      const entries: Entry<readonly string[]>[] = []
      for (const [day, among] of byDay(subjects))
        for (let n = 0; n < among.length; n += TOGETHER)
          entries.push(seenRow(day, source, among.slice(n, n + TOGETHER)))
      await tables.table(current()).put(seen, entries)
    },

    async subjectsOn(days) {
      const found = new Set<string>()
      for (const name of kept())
        for (const day of days)
          for await (const { value } of tables
            .table(name)
            .range<readonly string[]>(seen, `${dayText(day)}.`, `${dayText(day)}.~`))
            for (const subject of value) found.add(subject)
      return found
    },
  }
}

/** One source may be written in several lots, so rows are told apart by what they hold. */
function seenRow(day: number, source: string, subjects: readonly string[]): Entry<readonly string[]> {
  const digest = createHash('sha256').update(subjects.join('\n')).digest('hex').slice(0, 12)
  return { row: `${dayText(day)}.${source}.${digest}`, value: subjects }
}

function byDay(subjects: Subjects): Map<number, string[]> {
  const days = new Map<number, string[]>()
  for (const [subject, all] of subjects) {
    const own = new Set<number>()
    for (const { panes } of all.values()) for (const pane of panes.keys()) own.add(dayOf(pane * PANE))
    for (const day of own) obtain(days, day, () => []).push(subject)
  }
  return days
}
