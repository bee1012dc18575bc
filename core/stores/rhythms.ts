import pMap from 'p-map'
import { obtain } from '../model/maps.ts'
import { type Hours, KEPT_WEEKS, weekOf } from '../model/rhythm.ts'
import { HOUR, type Seconds } from '../model/time.ts'
import { makeChange } from './change.ts'
import type { Tables } from './port.ts'

export const RHYTHMS = 'rhythms'

/** What is seen of a feed, or of a mailbox and its owner, hour by hour. */
export type Sign = 'content' | 'reads' | 'items' | 'acts'

/** A feed among the subjects; mailboxes go by their address. */
export const feedSubject = (feed: string) => `feed:${feed}`

/** sign → hours in which it was seen */
export type Signs = Readonly<Partial<Record<Sign, Hours>>>

/** In which hours something was seen of whom, for five weeks: one small row a subject. */
export interface Rhythms {
  /** Unites what is new with what is known, so repeats, order and other instances do not matter. */
  note(seen: ReadonlyMap<string, Signs>): Promise<void>
  all(): AsyncIterable<readonly [subject: string, signs: Signs]>
  /** Forgets subjects of which nothing was seen since `before` (UTC seconds). Returns how many. */
  purge(before: Seconds): Promise<number>
}

/** sign → week → its 168 hours as bits: four in a hexadecimal digit, the first hour first */
type StoredSigns = Readonly<Partial<Record<Sign, Readonly<Record<string, string>>>>>

const WEEK_HOURS = 168
const AT_ONCE = { concurrency: 6 }
/** Subjects kept in memory. */
const REMEMBERED = 2_000

export function makeRhythms(tables: Tables, tenant: string): Rhythms {
  const table = tables.table(RHYTHMS)
  const change = makeChange(table, tenant, { remember: REMEMBERED })

  async function unite(subject: string, seen: Signs): Promise<void> {
    await change<StoredSigns, StoredSigns | undefined>(subject, stored => {
      const before = stored === undefined ? {} : decode(stored)
      const after = united(before, seen)
      return holds(before, after) ? stored : encode(after)
    })
  }

  return {
    async note(seen) {
      await pMap(seen, ([subject, signs]) => unite(subject, signs), AT_ONCE)
    },
    async *all() {
      for await (const { row, value } of table.range<StoredSigns>(tenant, '', '\uffff'))
        yield [row, decode(value)]
    },
    async purge(before) {
      const old: string[] = []
      for await (const { row, value } of table.range<StoredSigns>(tenant, '', '\uffff'))
        if (newestOf(decode(value)) * HOUR < before) old.push(row)
      await table.remove(tenant, old)
      return old.length
    },
  }
}

function entriesOf(signs: Signs): [Sign, Hours][] {
  return Object.entries(signs) as [Sign, Hours][]
}

function holds(known: Signs, seen: Signs): boolean {
  return entriesOf(seen).every(([sign, hours]) => [...hours].every(hour => known[sign]?.has(hour)))
}

/** The union, without the weeks that are over: the same whatever came first. */
function united(known: Signs, seen: Signs): Signs {
  const all: Partial<Record<Sign, Set<number>>> = {}
  for (const [sign, hours] of [...entriesOf(known), ...entriesOf(seen)])
    all[sign] = new Set([...(all[sign] ?? []), ...hours])
  const oldest = weekOf(newestOf(all)) - KEPT_WEEKS
  for (const hours of Object.values(all))
    for (const hour of hours) if (weekOf(hour) < oldest) hours.delete(hour)
  return all
}

function newestOf(signs: Signs): number {
  let newest = 0
  for (const [, hours] of entriesOf(signs)) for (const hour of hours) newest = Math.max(newest, hour)
  return newest
}

function encode(signs: Signs): StoredSigns {
  return Object.fromEntries(
    entriesOf(signs).map(([sign, hours]) => {
      const weeks = new Map<number, number[]>()
      for (const hour of hours) {
        const digits = obtain(weeks, weekOf(hour), () => new Array<number>(WEEK_HOURS / 4).fill(0))
        const slot = hour % WEEK_HOURS
        digits[slot >> 2] = (digits[slot >> 2] ?? 0) | (1 << (slot & 3))
      }
      const hex = (digits: readonly number[]) => digits.map(digit => digit.toString(16)).join('')
      return [sign, Object.fromEntries(Array.from(weeks, ([week, digits]) => [week, hex(digits)]))]
    }),
  )
}

function decode(stored: StoredSigns): Signs {
  return Object.fromEntries(
    Object.entries(stored).map(([sign, weeks]) => {
      const hours = new Set<number>()
      for (const [week, hex] of Object.entries(weeks))
        for (const [n, digit] of [...hex].entries())
          for (let bits = Number.parseInt(digit, 16), bit = 0; bits >> bit > 0; bit++)
            if ((bits >> bit) & 1) hours.add(Number(week) * WEEK_HOURS + 4 * n + bit)
      return [sign, hours]
    }),
  )
}
