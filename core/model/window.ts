import { measureOf, PANE, type Pane, sessionOf } from './pane.ts'
import type { Span } from './tally.ts'
import { DAY, dayOf, MINUTE, type Seconds } from './time.ts'

/** What to count, and from how many on. Members of several measures are counted once. */
export interface Floor {
  readonly measures: readonly string[]
  readonly atLeast: number
}

/** A limit: `atLeast` distinct weight of `measures` within a sliding window. */
export interface Limit extends Floor {
  /** Length of the window. Absent: the whole UTC day, for what is told from one record. */
  readonly withinMinutes?: number
  /** Count each session by itself. */
  readonly perSession?: true
  /** Must hold in the same window too. */
  readonly also?: Floor
  /**
   * A sequence: what is counted counts only where one of these was seen in the window's length before it, or in the
   * same second. Members on both sides are the records themselves. A quiet period is told as one, from the earliest
   * first step on.
   */
  readonly after?: { readonly measures: readonly string[] }
}

/** Every window of one quiet period (a UTC day, by the window's end) that reached a limit, as one. */
export interface Crossing {
  readonly day: number
  /** The largest count of any of the windows. */
  readonly count: number
  /** First event of the earliest and last event of the latest window. */
  readonly start: Seconds
  readonly end: Seconds
  readonly session?: string
  /** The stretches of event time the windows cover, in order, not touching. */
  readonly covers: readonly (readonly [from: Seconds, to: Seconds])[]
}

/** How a key's count moves: at `at` (a window's end) and later, until the next step, it is `total`. */
interface Step {
  readonly at: Seconds
  readonly total: number
}

type Panes = ReadonlyMap<number, Pane>

/** Every crossing of a limit, day by day. A window is `(end - length, end]` and ends with an event of the key. */
export function crossings(panes: Panes, events: readonly Seconds[], limit: Limit): Crossing[] {
  if (limit.perSession !== true) return crossingsOf(panes, events, limit, undefined)
  const sessions = new Set<string>()
  for (const pane of panes.values())
    for (const name of pane.tallies.keys())
      if (limit.measures.includes(measureOf(name))) sessions.add(sessionOf(name) ?? '')
  sessions.delete('')
  return [...sessions]
    .sort()
    .flatMap(session =>
      crossingsOf(panes, events, limit, session).map(crossing => ({ ...crossing, session })),
    )
}

function crossingsOf(panes: Panes, events: readonly Seconds[], limit: Limit, session: string | undefined) {
  if (limit.withinMinutes === undefined) return dailyCrossings(panes, events, limit)
  const length = limit.withinMinutes * MINUTE
  if (length < PANE) throw new RangeError(`A window of ${limit.withinMinutes} minutes is shorter than a pane`)
  if (limit.after !== undefined) return sequences(panes, events, limit, limit.after.measures, length, session)
  const steps = stepsOf(spansOf(panes, limit.measures, session), length)
  if (!steps.some(step => step.total >= limit.atLeast)) return []
  const count = cursor(steps)
  const also = limit.also && cursor(stepsOf(spansOf(panes, limit.also.measures, undefined), length))
  const found = new Map<number, Draft>()
  for (const end of events) {
    const total = count(end)
    if (total < limit.atLeast || (limit.also && also && also(end) < limit.also.atLeast)) continue
    extend(found, dayOf(end), total, end - length + 1, end)
  }
  return [...found].map(([day, draft]) => finish(day, draft, events))
}

/** A day as one window, for limits that a single record can reach. */
function dailyCrossings(panes: Panes, events: readonly Seconds[], limit: Limit): Crossing[] {
  const found = new Map<number, Draft>()
  const totals = new Map<number, number>()
  for (const spans of spansOf(panes, limit.measures, undefined).values()) {
    const weight = Math.max(...spans.map(span => span.weight))
    for (const day of new Set(spans.map(span => dayOf(span.first))))
      totals.set(day, (totals.get(day) ?? 0) + weight)
  }
  for (const [day, total] of totals)
    if (total >= limit.atLeast) extend(found, day, total, day * DAY, day * DAY + DAY - 1)
  return [...found].map(([day, draft]) => finish(day, draft, events))
}

/**
 * What was seen within `length` after a first step, by the UTC day it was seen on. Both steps are records, which are seen
 * once, so the times are exact.
 */
function sequences(
  panes: Panes,
  events: readonly Seconds[],
  limit: Limit,
  before: readonly string[],
  length: Seconds,
  session: string | undefined,
): Crossing[] {
  const firsts = [...spansOf(panes, before, session).values()]
    .flatMap(spans => spans.map(({ first }) => first))
    .sort((a, b) => a - b)
  const found = new Map<number, Draft>()
  for (const spans of spansOf(panes, limit.measures, session).values())
    for (const { first: at, weight } of spans) {
      const from = firsts.find(first => first > at - length)
      if (from === undefined || from > at) continue
      extend(found, dayOf(at), (found.get(dayOf(at))?.count ?? 0) + weight, from, at)
    }
  return [...found]
    .filter(([, { count }]) => count >= limit.atLeast)
    .map(([day, draft]) => finish(day, draft, events))
}

/** member → its spans, over all panes, of the measures (of one session, or of all together). */
function spansOf(
  panes: Panes,
  measures: readonly string[],
  session: string | undefined,
): Map<number, Span[]> {
  const spans = new Map<number, Span[]>()
  for (const pane of panes.values())
    pane.tallies.forEach((tally, name) => {
      if (!measures.includes(measureOf(name)) || (session !== undefined && sessionOf(name) !== session))
        return
      tally.forEach((span, member) => {
        const known = spans.get(member)
        if (known) known.push(span)
        else spans.set(member, [span])
      })
    })
  return spans
}

/**
 * A member seen first at f and last at l of a pane is in every window that ends in [f, l + length - 1]: the pane
 * is no longer than the window, so no window fits between two sightings. The count of a window end is the weight
 * of the members whose ranges hold it, which a sweep over the range bounds gives exactly.
 */
function stepsOf(spans: ReadonlyMap<number, readonly Span[]>, length: Seconds): Step[] {
  const changes = new Map<Seconds, number>()
  const change = (at: Seconds, by: number) => changes.set(at, (changes.get(at) ?? 0) + by)
  for (const list of spans.values()) {
    const weight = list.reduce((most, span) => Math.max(most, span.weight), 0)
    for (const [from, to] of union(list.map(span => [span.first, span.last + length - 1]))) {
      change(from, weight)
      change(to + 1, -weight)
    }
  }
  let total = 0
  return [...changes]
    .sort(([a], [b]) => a - b)
    .map(([at, by]) => {
      total += by
      return { at, total }
    })
}

/** Reads a step function at points that never go back. */
function cursor(steps: readonly Step[]): (at: Seconds) => number {
  let next = 0
  let total = 0
  return at => {
    for (let step = steps[next]; step !== undefined && step.at <= at; step = steps[++next]) total = step.total
    return total
  }
}

interface Draft {
  count: number
  readonly ranges: [Seconds, Seconds][]
}

function extend(found: Map<number, Draft>, day: number, count: number, from: Seconds, to: Seconds): void {
  const draft = found.get(day) ?? { count: 0, ranges: [] }
  draft.count = Math.max(draft.count, count)
  draft.ranges.push([from, to])
  found.set(day, draft)
}

function finish(day: number, draft: Draft, events: readonly Seconds[]): Crossing {
  const covers = union(draft.ranges)
  const [from, to] = [covers[0]?.[0] ?? 0, covers.at(-1)?.[1] ?? 0]
  const inside = events.filter(at => at >= from && at <= to)
  return { day, count: draft.count, start: inside[0] ?? from, end: inside.at(-1) ?? to, covers }
}

/** Merges ranges of whole seconds that overlap or touch. */
function union(ranges: readonly (readonly [Seconds, Seconds])[]): [Seconds, Seconds][] {
  if (ranges.length === 1 && ranges[0]) return [[ranges[0][0], ranges[0][1]]]
  const merged: [Seconds, Seconds][] = []
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}
