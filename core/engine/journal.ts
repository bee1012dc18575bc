import { obtain } from '../model/maps.ts'
import { type Entries, type MayReach, makeMayReach } from '../model/may-reach.ts'
import { boundPane, type Context, emptyPane, type Pane, paneOf, tallyIn, tallyName } from '../model/pane.ts'
import { addMember, TALLY_CAP } from '../model/tally.ts'
import type { Seconds } from '../model/time.ts'
import { totalsOf } from '../model/totals.ts'
import type { Limit } from '../model/window.ts'

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

/** What is counted under one measure, and one session where that counts by itself. */
interface Column {
  readonly measure: string
  readonly session: string | undefined
  readonly number: number
  /** Where its last line begins; -1 before the first. */
  line: number
  /** Of all its lines, so with repeats. */
  weight: number
}

/** Numbers in a line: column, member, first and last time, weight. */
const LINE = 5

interface Seen {
  readonly id: string
  readonly at: Seconds
  readonly context: Context
}

/** Lines, or records, from which on a journal is looked through for repeats and for what is beyond the bounds. */
const LONG = 4 * TALLY_CAP

const FEW = 4

const NONE: never[] = []

/**
 * A series that is being counted. Writes down plain numbers, line after line: of a hundred thousand panes nearly all are
 * never looked at, and to keep them from the start takes three times the memory and most of the time. Panes are made
 * when somebody asks for them, and kept until more is counted. Most journals hold a record or two, so one begins small.
 */
export class Journal implements Series {
  readonly detection: string
  readonly key: Series['key']
  #columns: Column[] = NONE
  #plain: Column[] = NONE
  #bySession: Map<string, Column[]> | undefined
  #lines: number[] = []
  #seen: Seen[] = NONE
  #panes: Map<number, Pane> | undefined
  #totals: Map<string, ReadonlyMap<number, number> | undefined> | undefined
  #long = LONG

  constructor(detection: string, key: Series['key']) {
    this.detection = detection
    this.key = key
  }

  /** What to `count` into. */
  tally(measure: string, session: string | undefined): Column {
    const among = session === undefined ? this.#plain : (this.#bySession?.get(session) ?? NONE)
    for (const column of among) if (column.measure === measure) return column
    const column = { measure, session, number: this.#columns.length, line: -1, weight: 0 }
    this.#columns = withOne(this.#columns, column)
    const more = withOne(among, column)
    if (session === undefined) this.#plain = more
    else {
      this.#bySession ??= new Map()
      this.#bySession.set(session, more)
    }
    return column
  }

  count(column: Column, member: number, at: Seconds, weight: number): void {
    if (this.#repeats(column.line, member, at, weight)) return
    this.#write(column, member, at, at, weight)
  }

  /** Names a record behind the counts. */
  see(id: string, at: Seconds, context: Context): void {
    this.#panes = undefined
    this.#totals = undefined
    // Several signals of a record are counted one after another.
    const last = this.#seen[this.#seen.length - 1]
    if (last !== undefined && last.at === at && last.id === id) return
    this.#seen = withOne(this.#seen, sighting(id, at, context))
    if (this.#lines.length > this.#long * LINE || this.#seen.length > this.#long) this.#rewrite()
  }

  get panes(): Map<number, Pane> {
    this.#panes ??= this.#inPanes()
    return this.#panes
  }

  eachRecord(visit: (id: string, at: Seconds) => void): void {
    for (const { id, at } of this.#seen) visit(id, at)
  }

  totals(measures: readonly string[]): ReadonlyMap<number, number> | undefined {
    this.#totals ??= new Map()
    const name = measures.join('+')
    if (!this.#totals.has(name)) this.#totals.set(name, totalsOf(this.#entries, measures))
    return this.#totals.get(name)
  }

  mayReach(): MayReach {
    let known: MayReach | undefined
    return limit => {
      if (this.#weightOf(limit) < limit.atLeast) return false
      known ??= makeMayReach(this.#entries)
      return known(limit)
    }
  }

  get #entries(): Entries {
    return visit => {
      const measures = this.#columns.map(({ measure }) => measure)
      const lines = this.#lines
      for (let i = 0; i < lines.length; i += LINE)
        visit(measures[lines[i] ?? 0] ?? '', paneOf(lines[i + 2] ?? 0), lines[i + 1] ?? 0, lines[i + 4] ?? 0)
    }
  }

  #weightOf({ measures }: Limit): number {
    let sum = 0
    for (const { measure, weight } of this.#columns) if (measures.includes(measure)) sum += weight
    return sum
  }

  /** A member seen again in the same pane moves its bounds: a reader or an address is seen with nearly every record. */
  #repeats(line: number, member: number, at: Seconds, weight: number): boolean {
    const lines = this.#lines
    if (line < 0 || lines[line + 1] !== member || lines[line + 4] !== weight) return false
    const [first = 0, last = 0] = [lines[line + 2], lines[line + 3]]
    if (paneOf(first) !== paneOf(at)) return false
    if (at < first) lines[line + 2] = at
    if (at > last) lines[line + 3] = at
    return true
  }

  #write(column: Column, member: number, first: Seconds, last: Seconds, weight: number): void {
    column.line = this.#lines.length
    column.weight += weight
    this.#lines.push(column.number, member, first, last, weight)
  }

  #inPanes(): Map<number, Pane> {
    const made = new Map<number, Pane>()
    const names = this.#columns.map(({ measure, session }) => tallyName(measure, session))
    const lines = this.#lines
    for (let i = 0; i < lines.length; i += LINE) {
      const [first = 0, last = 0, weight = 0] = [lines[i + 2], lines[i + 3], lines[i + 4]]
      const tally = tallyIn(obtain(made, paneOf(first), emptyPane), names[lines[i] ?? 0] ?? '')
      addMember(tally, lines[i + 1] ?? 0, { first, last, weight })
    }
    for (const { id, at, context } of this.#seen) {
      const { records } = obtain(made, paneOf(at), emptyPane)
      if (!records.has(id)) records.set(id, { at, context })
    }
    for (const pane of made.values()) boundPane(pane)
    return made
  }

  #rewrite(): void {
    const made = this.#inPanes()
    this.#lines = []
    this.#seen = []
    for (const column of this.#columns) column.weight = 0
    for (const { tallies, records } of made.values()) {
      for (const column of this.#columns)
        tallies.get(tallyName(column.measure, column.session))?.forEach(({ first, last, weight }, member) => {
          this.#write(column, member, first, last, weight)
        })
      for (const [id, { at, context }] of records) this.#seen.push({ id, at, context })
    }
    this.#long = Math.max(LONG, (2 * this.#lines.length) / LINE, 2 * this.#seen.length)
  }
}

export function makeJournal(detection: string, key: Series['key']): Journal {
  return new Journal(detection, key)
}

/** A push makes room for seventeen; most lists here hold one to three. */
function withOne<T>(list: T[], one: T): T[] {
  if (list.length < FEW) return [...list, one]
  list.push(one)
  return list
}

let latest: Seen | undefined

/** What journals note of a record one after another is one object. */
function sighting(id: string, at: Seconds, context: Context): Seen {
  if (latest === undefined || latest.context !== context || latest.at !== at || latest.id !== id)
    latest = { id, at, context }
  return latest
}
