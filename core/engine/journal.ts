import { obtain } from '../model/maps.ts'
import { type Entries, type MayReach, makeMayReach } from '../model/may-reach.ts'
import {
  boundPane,
  type Context,
  emptyPane,
  measureOf,
  type Pane,
  paneOf,
  tallyIn,
  tallyName,
} from '../model/pane.ts'
import { addMember, TALLY_CAP } from '../model/tally.ts'
import type { Seconds } from '../model/time.ts'
import { totalsOf } from '../model/totals.ts'

/** Everything counted under one key of one detection. */
export interface Series {
  readonly detection: string
  readonly key: readonly [subject: string, ...rest: string[]]
  readonly panes: Map<number, Pane>
  /** Where panes are made only when asked for: tells for which limits it is worth asking. */
  readonly mayReach?: () => MayReach
  /** Day → distinct weight of some measures, where that is known without panes. Absent where the panes tell. */
  readonly totals?: (measures: readonly string[]) => ReadonlyMap<number, number> | undefined
  /** Shows the records behind the counts, perhaps with repeats. Absent where the panes tell. */
  readonly eachRecord?: (visit: (id: string, at: Seconds) => void) => void
}

/** Shows the records behind a series, perhaps with repeats. */
export function eachRecord(series: Series, visit: (id: string, at: Seconds) => void): void {
  if (series.eachRecord !== undefined) series.eachRecord(visit)
  else for (const { records } of series.panes.values()) for (const [id, { at }] of records) visit(id, at)
}

/** A series that is being counted. Its panes are made when somebody asks for them, and kept until more is counted. */
export interface Journal extends Series {
  /** The number of a tally, for `count`. */
  tally(measure: string, session: string | undefined): number
  count(tally: number, member: number, at: Seconds, weight: number): void
  /** Names a record behind the counts. */
  see(id: string, at: Seconds, context: Context): void
}

/** Numbers in a line: tally, member, time, weight. */
const LINE = 4

/** Lines, or records, from which on a journal is looked through for repeats and for what is beyond the bounds. */
const LONG = 4 * TALLY_CAP

/**
 * Writes down plain numbers, line after line. Of a hundred thousand panes nearly all are never looked at, and to
 * keep them from the start takes three times the memory and most of the time.
 */
export function makeJournal(detection: string, key: Series['key']): Journal {
  const names: string[] = []
  const tallies = new Map<string, Map<string | undefined, number>>()
  let lines: number[] = []
  let ids: string[] = []
  let times: Seconds[] = []
  let contexts: Context[] = []
  let panes: Map<number, Pane> | undefined
  const totals = new Map<string, ReadonlyMap<number, number> | undefined>()
  let long = LONG

  const count = (tally: number, member: number, at: Seconds, weight: number) => {
    lines.push(tally, member, at, weight)
  }
  const see = (id: string, at: Seconds, context: Context) => {
    ids.push(id)
    times.push(at)
    contexts.push(context)
  }

  return {
    detection,
    key,
    tally(measure, session) {
      const sessions = obtain(tallies, measure, () => new Map<string | undefined, number>())
      return obtain(sessions, session, () => names.push(tallyName(measure, session)) - 1)
    },
    count,
    see(id, at, context) {
      panes = undefined
      if (totals.size > 0) totals.clear()
      // Several signals of a record are counted one after another.
      if (ids[ids.length - 1] === id && times[times.length - 1] === at) return
      see(id, at, context)
      if (lines.length > long * LINE || ids.length > long) rewrite()
    },
    get panes() {
      panes ??= inPanes()
      return panes
    },
    eachRecord: visit => {
      for (let i = 0; i < ids.length; i++) visit(ids[i] ?? '', times[i] ?? 0)
    },
    totals(measures) {
      const name = measures.join('+')
      if (!totals.has(name)) totals.set(name, totalsOf(entries, measures))
      return totals.get(name)
    },
    mayReach: () => makeMayReach(entries),
  }

  function entries(visit: Parameters<Entries>[0]): void {
    const measures = names.map(measureOf)
    let [time, pane] = [Number.NaN, 0]
    for (let i = 0; i < lines.length; i += LINE) {
      const at = lines[i + 2] ?? 0
      if (at !== time) pane = paneOf(at)
      time = at
      visit(measures[lines[i] ?? 0] ?? '', pane, lines[i + 1] ?? 0, lines[i + 3] ?? 0)
    }
  }

  function inPanes(): Map<number, Pane> {
    const made = new Map<number, Pane>()
    for (let i = 0; i < lines.length; i += LINE) {
      const [tally = 0, member = 0, at = 0, weight = 0] = lines.slice(i, i + LINE)
      const pane = obtain(made, paneOf(at), emptyPane)
      addMember(tallyIn(pane, names[tally] ?? ''), member, { first: at, last: at, weight })
    }
    for (const [i, id] of ids.entries()) {
      const [at, context] = [times[i], contexts[i]]
      if (at === undefined || context === undefined) continue
      const { records } = obtain(made, paneOf(at), emptyPane)
      if (!records.has(id)) records.set(id, { at, context })
    }
    for (const pane of made.values()) boundPane(pane)
    return made
  }

  function rewrite(): void {
    const made = inPanes()
    const numbers = new Map(names.map((name, tally) => [name, tally]))
    lines = []
    ids = []
    times = []
    contexts = []
    for (const pane of made.values()) {
      for (const [name, tally] of pane.tallies)
        for (const [member, { first, last, weight }] of tally) {
          count(numbers.get(name) ?? 0, member, first, weight)
          if (last !== first) count(numbers.get(name) ?? 0, member, last, weight)
        }
      for (const [id, { at, context }] of pane.records) see(id, at, context)
    }
    long = Math.max(LONG, (2 * lines.length) / LINE, 2 * ids.length)
  }
}
