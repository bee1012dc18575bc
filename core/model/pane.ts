import { type Members, SmallMap } from './small-map.ts'
import { boundTally, mergeTally, type Span, TALLY_CAP, type Tally } from './tally.ts'
import { MINUTE, type Seconds } from './time.ts'

/** A pane is shorter than every window, so first and last sighting per member are all a window needs of it. */
export const PANE: Seconds = 10 * MINUTE

/** Who, from where, with what: the part of a record that an alert names. */
export interface Context {
  readonly actor: string
  readonly app?: string
  readonly mailbox?: string
  readonly address?: string
  readonly client?: string
  readonly session?: string
  /** A few words of the detection's own, such as the destination of a forward. */
  readonly note?: string
}

export interface Sighting {
  readonly at: Seconds
  readonly context: Context
}

/** A fixed slice of event time of one key: what was counted in it, and the records that were. */
export interface Pane {
  /** measure (and session, where counted per session) → members */
  readonly tallies: Members<string, Tally>
  /** record id → when and in what context */
  readonly records: Members<string, Sighting>
}

export function paneOf(at: Seconds): number {
  return Math.floor(at / PANE)
}

export function emptyPane(): Pane {
  return { tallies: new SmallMap(), records: new SmallMap() }
}

const SEPARATOR = '\u0000'

/** The name a tally has inside a pane. */
export function tallyName(measure: string, session?: string): string {
  return session === undefined ? measure : `${measure}${SEPARATOR}${session}`
}

export function measureOf(name: string): string {
  const cut = name.indexOf(SEPARATOR)
  return cut < 0 ? name : name.slice(0, cut)
}

export function sessionOf(name: string): string | undefined {
  const cut = name.indexOf(SEPARATOR)
  return cut < 0 ? undefined : name.slice(cut + 1)
}

export function tallyIn(pane: Pane, name: string): Tally {
  const known = pane.tallies.get(name)
  if (known !== undefined) return known
  const made = new SmallMap<number, Span>()
  pane.tallies.set(name, made)
  return made
}

/** Set union of two panes of the same slice, into `into`. */
export function mergePane(into: Pane, other: Pane): void {
  for (const [name, tally] of other.tallies) mergeTally(tallyIn(into, name), tally)
  for (const [id, sighting] of other.records) into.records.set(id, sighting)
}

/**
 * Cuts a pane to its bound: the smallest members of each tally, and the oldest records (they are evidence and
 * never decide). Both choices depend on the set alone.
 */
export function boundPane(pane: Pane, cap = TALLY_CAP): void {
  for (const tally of pane.tallies.values()) boundTally(tally, cap)
  if (pane.records.size <= cap) return
  const oldest = [...pane.records].sort(([a, x], [b, y]) => x.at - y.at || (a < b ? -1 : 1))
  for (const [id] of oldest.slice(cap)) pane.records.delete(id)
}
