import type { Usual } from './detection.ts'
import { obtain } from './maps.ts'

/**
 * What is remembered of one subject over weeks: on which days a term was seen, and how much there was of what is
 * counted. Days are UTC day numbers. Learning is set union (days) and maximum (totals), so repeats and order do not
 * matter; what is asked about a day rests on the days before it alone.
 */
export interface History {
  /** The first day anything was seen of the subject. */
  readonly since?: number
  /** The newest day the subject was seen on. What it teaches is not known yet: more of it may come. */
  readonly open?: number
  /** `termName(part, value)` → days, ascending */
  readonly terms: ReadonlyMap<string, readonly number[]>
  /** name of a total → day → how much */
  readonly totals: ReadonlyMap<string, ReadonlyMap<number, number>>
}

/** What is to be remembered of a subject. */
export interface Lessons {
  readonly open?: number
  readonly terms: readonly (readonly [name: string, day: number])[]
  readonly totals: readonly (readonly [name: string, day: number, total: number])[]
}

/** Days after which a term is forgotten: a phone left in a drawer for a month is new again. */
export const MEMORY = 30

/** Days a subject must have been known: before, everything about it is new and nothing says so. */
export const WARM_UP = 7

/** Days after a tenant's first record in which news is reported without paging anybody. */
export const LEARNING = 14

/** Days kept, unless told: late records ask about days further back. */
const KEPT = 2 * MEMORY

/** Terms kept of one subject, those seen last: somebody who changes networks with every request must not fill a row. */
const MOST_TERMS = 1_000

export const NOTHING_KNOWN: History = { terms: new Map(), totals: new Map() }

export function termName(part: string, value: string): string {
  return `${part}\u0000${value}`
}

/** Is the subject known well enough on a day to call anything new? */
export function isKnown({ since }: History, day: number): boolean {
  return since !== undefined && since <= day - WARM_UP
}

/** Was a term not seen on any of the days before? Says no of subjects that are not known yet. */
export function isNew(history: History, part: string, value: string, day: number): boolean {
  if (!isKnown(history, day)) return false
  const days = history.terms.get(termName(part, value)) ?? []
  return !days.some(seen => seen < day && seen >= day - MEMORY)
}

export interface UsualDay {
  /** The median of the days compared with. */
  readonly median: number
  /** What a day must reach to stand out. */
  readonly limit: number
  /** Days compared with. */
  readonly days: number
}

/**
 * What a total usually is, from days before `day` that had any. Working days are compared with working days and
 * weekends with weekends, where there are enough of them. `undefined` while there are too few days.
 */
export function usualOf(
  history: History,
  name: string,
  day: number,
  { by, times, days, minDays }: Usual,
): UsualDay | undefined {
  const before = [...(history.totals.get(name) ?? [])].filter(
    ([seen, total]) => seen < day && seen >= day - days && total > 0,
  )
  if (before.length < minDays) return undefined
  const alike = before.filter(([seen]) => isWeekend(seen) === isWeekend(day))
  const totals = ascending(alike.length >= ENOUGH_ALIKE ? alike : before)
  const median = quantile(totals, 0.5)
  const piled = piledUp(new Map(before), median, day)
  if (by === 'p95') return { median, limit: times * quantile(totals, 0.95) + piled, days: totals.length }
  const deviations = totals.map(total => Math.abs(total - median)).sort((a, b) => a - b)
  // A job that does the same every night deviates by nothing; a tenth of its volume more is still no news.
  const deviation = Math.max(quantile(deviations, 0.5), median / 10)
  // A nightly job fetches Friday's mail on Saturday: days of one kind can have two volumes, and half of them none of these.
  const busy = BUSY * quantile(ascending(before), 0.9)
  return { median, limit: Math.max(median + times * deviation + piled, busy), days: totals.length }
}

/** What stands out is beyond the busiest tenth of all days, whatever kind of day it is. */
const BUSY = 1.5

function ascending(totals: readonly (readonly [day: number, total: number])[]): number[] {
  return totals.map(([, total]) => total).sort((a, b) => a - b)
}

/**
 * What came in on the working days just before on which little or nothing was read: it waits for whoever comes back from
 * a holiday, or for the job that runs again.
 */
function piledUp(totals: ReadonlyMap<number, number>, median: number, day: number): number {
  let piled = 0
  for (let before = day - 1; before >= Math.min(...totals.keys()); before--) {
    if (isWeekend(before)) continue
    const total = totals.get(before) ?? 0
    if (total >= median / 2) break
    piled += median - total
  }
  return piled
}

const ENOUGH_ALIKE = 4

/** Day 0 was a Thursday. */
function isWeekend(day: number): boolean {
  return (day + 4) % 7 === 0 || (day + 4) % 7 === 6
}

/** Nearest rank; `values` ascending and not empty. */
function quantile(values: readonly number[], part: number): number {
  return values[Math.max(0, Math.ceil(part * values.length) - 1)] ?? 0
}

/** Does the history hold all that is to be learned already? */
export function holds({ open = -1, terms, totals }: History, lessons: Lessons): boolean {
  return (
    open >= (lessons.open ?? -1) &&
    lessons.terms.every(([name, day]) => terms.get(name)?.includes(day)) &&
    lessons.totals.every(([name, day, total]) => (totals.get(name)?.get(day) ?? 0) >= total)
  )
}

/** The history with the lessons learned, and without days more than `keep` before the newest. */
export function learned(history: History, lessons: Lessons, keep = KEPT): History {
  const terms = new Map([...history.terms].map(([name, days]) => [name, new Set(days)]))
  const totals = new Map([...history.totals].map(([name, days]) => [name, new Map(days)]))
  for (const [name, day] of lessons.terms) obtain(terms, name, () => new Set()).add(day)
  for (const [name, day, total] of lessons.totals) {
    const days = obtain(totals, name, () => new Map<number, number>())
    days.set(day, Math.max(total, days.get(day) ?? 0))
  }
  const days = [...lessons.terms, ...lessons.totals].map(([, day]) => day)
  const since = days.reduce((first, day) => Math.min(first, day), history.since ?? Number.POSITIVE_INFINITY)
  const open = Math.max(history.open ?? -1, lessons.open ?? -1)
  const newest = Math.max(open, ...[...terms.values()].flatMap(seen => [...seen]), ...days)
  const kept = (day: number) => day > newest - keep
  const recentTerms = [...terms].flatMap(([name, seen]) => {
    const recent = [...seen].filter(kept).sort((a, b) => a - b)
    return recent.length === 0 ? [] : [[name, recent] as const]
  })
  return {
    ...(Number.isFinite(since) && { since }),
    ...(open >= 0 && { open }),
    // Without an end to keeping, the days asked about are of any age, and so is what must be known of them.
    terms: Number.isFinite(keep) ? lastSeen(recentTerms) : new Map(recentTerms),
    totals: new Map(
      [...totals].flatMap(([name, seen]) => {
        const recent = [...seen].filter(([day]) => kept(day)).sort(([a], [b]) => a - b)
        return recent.length === 0 ? [] : [[name, new Map(recent)] as const]
      }),
    ),
  }
}

function lastSeen(terms: (readonly [name: string, days: readonly number[]])[]) {
  if (terms.length > MOST_TERMS)
    terms.sort(([a, x], [b, y]) => (y.at(-1) ?? 0) - (x.at(-1) ?? 0) || (a < b ? -1 : 1))
  return new Map(terms.slice(0, MOST_TERMS))
}
