import { createHash } from 'node:crypto'
import { type History, holds, type Lessons, learned, NOTHING_KNOWN } from '../model/history.ts'
import { DAY, type Seconds } from '../model/time.ts'
import { makeChange } from './change.ts'
import type { Tables } from './port.ts'

export const HISTORIES = 'histories'

/** What is remembered of people, mailboxes and applications over weeks: one small row a subject. */
export interface Histories {
  /**
   * What is known of a subject when it is seen on a UTC day. A copy in memory serves from that day's first sight on: by
   * then the days before are closed, and what another instance learned since is of late records.
   */
  read(subject: string, day: number): Promise<History>
  /** Learns, and writes only what is not known yet. Learning is a union, so instances may learn side by side. */
  teach(subject: string, lessons: Lessons): Promise<void>
  /** Days of the past that taught something besides those that were watched, of the whole tenant. */
  taughtDays(): Promise<readonly number[]>
  /** Days that did so. Whatever is in memory, here and in other instances, is read anew from then on. */
  noteTaught(days: readonly number[]): Promise<void>
  /** Forgets subjects nothing was learned of since `before` (UTC seconds). Returns how many. */
  purge(before: Seconds): Promise<number>
}

interface StoredHistory {
  readonly since?: number
  readonly open?: number
  readonly newest: number
  readonly terms: Readonly<Record<string, readonly number[]>>
  readonly totals: Readonly<Record<string, readonly (readonly [day: number, total: number])[]>>
}

/** Subjects kept in memory, the first ones to go first. */
const REMEMBERED = 5_000

/** The subject that days of the past are taught under: no row of anybody has its name. */
const PAST = 'past\u0000days'
const DAY_TERM = 'day'

export function makeHistories(tables: Tables, tenant: string): Histories {
  const table = tables.table(HISTORIES)
  const change = makeChange(table, tenant)
  const lately = new Map<string, History>()
  let taught = 0
  const keep = (subject: string, history: History) => {
    lately.delete(subject)
    lately.set(subject, history)
    const [oldest] = lately.keys()
    if (lately.size > REMEMBERED && oldest !== undefined) lately.delete(oldest)
    return history
  }

  const histories: Histories = {
    async read(subject, day) {
      const known = lately.get(subject)
      if (known?.open !== undefined && known.open >= day) return known
      const stored = await table.get<StoredHistory>(tenant, rowOf(subject))
      return keep(subject, stored === undefined ? NOTHING_KNOWN : decode(stored.value))
    },

    async teach(subject, lessons) {
      const known = lately.get(subject)
      if (known !== undefined && holds(known, lessons)) return
      const stored = await change<StoredHistory, StoredHistory | undefined>(rowOf(subject), stored => {
        const before = stored === undefined ? NOTHING_KNOWN : decode(stored)
        return holds(before, lessons) ? stored : encode(learned(before, lessons))
      })
      keep(subject, stored === undefined ? NOTHING_KNOWN : decode(stored))
    },

    async taughtDays() {
      const stored = await table.get<StoredHistory>(tenant, rowOf(PAST))
      const days = stored?.value.terms[DAY_TERM] ?? []
      if (days.length !== taught) lately.clear()
      taught = days.length
      return days
    },

    async noteTaught(days) {
      await histories.teach(PAST, { terms: days.map(day => [DAY_TERM, day]), totals: [] })
    },

    async purge(before) {
      const old: string[] = []
      for await (const { row, value } of table.range<StoredHistory>(tenant, '', '~'))
        if (value.newest * DAY < before) old.push(row)
      await table.remove(tenant, old)
      return old.length
    },
  }
  return histories
}

/** A subject can be long and holds what an attacker wrote. */
function rowOf(subject: string): string {
  return createHash('sha256').update(subject).digest('hex').slice(0, 32)
}

function encode({ since, open, terms, totals }: History): StoredHistory {
  const days = [...terms.values(), ...Array.from(totals.values(), seen => [...seen.keys()])].flat()
  return {
    ...(since !== undefined && { since }),
    ...(open !== undefined && { open }),
    newest: days.reduce((last, day) => Math.max(last, day), open ?? since ?? 0),
    terms: Object.fromEntries(terms),
    totals: Object.fromEntries(Array.from(totals, ([name, seen]) => [name, [...seen]])),
  }
}

function decode({ since, open, terms, totals }: StoredHistory): History {
  return {
    ...(since !== undefined && { since }),
    ...(open !== undefined && { open }),
    terms: new Map(Object.entries(terms)),
    totals: new Map(Object.entries(totals).map(([name, seen]) => [name, new Map(seen)])),
  }
}
