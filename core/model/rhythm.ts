import { HOUR, type Seconds } from './time.ts'

/** Hours since 1970, each of them one in which something was seen. */
export type Hours = ReadonlySet<number>

const DAY_HOURS = 24
const WEEK_HOURS = 7 * DAY_HOURS

/** Nothing is usual before that. */
export const LEARNED_AFTER = 2 * WEEK_HOURS

/** What is older than that says nothing about now. */
export const KEPT_WEEKS = 5

export function hourOf(at: Seconds): number {
  return Math.floor(at / HOUR)
}

export function weekOf(hour: number): number {
  return Math.floor(hour / WEEK_HOURS)
}

/** Hours since the last read in which there were other signs of life, against what was usual. */
export interface Quiet {
  /** The last hour with a read. */
  readonly last: number
  /** The first hour after it with another sign of life. */
  readonly missed: number
  readonly signs: number
  /** The most such hours that ever lay between two reads. */
  readonly usual: number
}

/** Reads in fewer hours than these are no habit. */
const HABIT = 20
const LEAST_QUIET = DAY_HOURS
const LEAST_SIGNS = 8
const TIMES_USUAL = 4

/**
 * Did a mailbox stop to be read, or its reads to be recorded, while life around it went on? Time alone tells nothing:
 * nights, part-time weeks and holidays are as long as they like. What is counted are hours with other signs of life, so
 * that somebody who is away is not silent. `until`: the last hour of which everything has arrived; `after`: what came up
 * to that hour may not have been read by us.
 */
export function quietMailbox(
  reads: Hours,
  signs: Hours,
  { now, until, after = Number.NEGATIVE_INFINITY }: { now: number; until: number; after?: number },
): Quiet | undefined {
  const known = ascending(reads)
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined || known.length < HABIT) return undefined
  if (last - first < LEARNED_AFTER || now - last < LEAST_QUIET) return undefined
  const others = ascending(signs)
  const since = others.filter(hour => hour > Math.max(last, after) && hour <= until)
  const usual = mostBetween(known, others)
  const [missed] = since
  if (missed === undefined || since.length < Math.max(LEAST_SIGNS, TIMES_USUAL * usual)) return undefined
  return { last, missed, signs: since.length, usual }
}

/** The most of `others` strictly between two neighbours of `marks`. Both ascending. */
function mostBetween(marks: readonly number[], others: readonly number[]): number {
  let [most, at] = [0, 0]
  for (const [i, to] of marks.entries()) {
    let between = 0
    for (; at < others.length && (others[at] ?? 0) <= to; at++) if (i > 0 && (others[at] ?? 0) < to) between++
    most = Math.max(most, between)
  }
  return most
}

/** How a feed stands against its own week. */
export interface FeedPause {
  /** The last hour with content. */
  readonly last: number
  /** Hours since then in which content is usual. */
  readonly usual: number
  /** Of these, hours in which other feeds had content. */
  readonly missed: number
  /** As many make it silent. */
  readonly needed: number
}

/** An hour of the week is usual with content in so many of its weeks. */
const USUAL_SHARE = 0.75
const LEAST_MISSED = 6

/**
 * The hours since a feed's last content that usually have some, by hour of the week. A public holiday is like the
 * quietest day of the week, and two in a row are not silence yet: that much, and six hours, may be missed. `undefined`
 * before two weeks are known.
 */
export function feedPause(content: Hours, elsewhere: Hours, now: number): FeedPause | undefined {
  const known = ascending(content)
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined || last - first < LEARNED_AFTER) return undefined
  const usual = usualHours(content, first, last)
  const [busiest, quietest] = daysOf(usual)
  const missedIn = (from: number, to: number) => {
    let missed = 0
    for (let hour = from + 1; hour < to; hour++) if (usual.has(slotOf(hour)) && elsewhere.has(hour)) missed++
    return missed
  }
  const worst = Math.max(...known.slice(1).map((hour, i) => missedIn(known[i] ?? hour, hour)))
  let passed = 0
  for (let hour = last + 1; hour < now; hour++) if (usual.has(slotOf(hour))) passed++
  return {
    last,
    usual: passed,
    missed: missedIn(last, now),
    needed: Math.max(LEAST_MISSED + 2 * (busiest - quietest), 2 * worst),
  }
}

function slotOf(hour: number): number {
  return hour % WEEK_HOURS
}

function usualHours(content: Hours, first: number, last: number): ReadonlySet<number> {
  const slots = new Set<number>()
  for (let slot = 0; slot < WEEK_HOURS; slot++) {
    let [had, all] = [0, 0]
    const start = first + ((slot - slotOf(first) + WEEK_HOURS) % WEEK_HOURS)
    for (let hour = start; hour <= last; hour += WEEK_HOURS) {
      all++
      if (content.has(hour)) had++
    }
    if (had >= USUAL_SHARE * all) slots.add(slot)
  }
  return slots
}

/** The most and the fewest usual hours that a day of the week has. */
function daysOf(usual: ReadonlySet<number>): readonly [busiest: number, quietest: number] {
  const days = new Array<number>(7).fill(0)
  for (const slot of usual) {
    const day = Math.floor(slot / DAY_HOURS)
    days[day] = (days[day] ?? 0) + 1
  }
  return [Math.max(...days), Math.min(...days)]
}

function ascending(hours: Hours): number[] {
  return [...hours].sort((a, b) => a - b)
}
