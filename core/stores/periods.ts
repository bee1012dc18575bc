import { DAY, dayText, type Seconds } from '../model/time.ts'
import type { Tables } from './port.ts'

/**
 * Rows that age are kept in one table per week, named after the day the week begins. Retention then drops whole
 * tables: nothing is scanned, and deleting costs one request a week.
 */
const DAYS = 7

export function periodTable(prefix: string, at: Seconds): string {
  const first = Math.floor(at / DAY / DAYS) * DAYS
  return `${prefix}${dayText(first)}`
}

/** The tables that hold rows of days `from` to `to` (day numbers, both inclusive). */
export function periodTables(prefix: string, from: number, to: number): string[] {
  const names: string[] = []
  for (let week = Math.floor(from / DAYS); week <= Math.floor(to / DAYS); week++)
    names.push(periodTable(prefix, week * DAYS * DAY))
  return names
}

/** Drops the tables of a prefix all of whose days lie before `before`. Returns how many. */
export async function dropPeriods(tables: Tables, prefix: string, before: Seconds): Promise<number> {
  const oldest = periodTable(prefix, before)
  const isPeriod = new RegExp(`^${prefix}\\d{8}$`)
  const old = (await tables.names(prefix)).filter(name => isPeriod.test(name) && name < oldest)
  for (const name of old) await tables.drop(name)
  return old.length
}
