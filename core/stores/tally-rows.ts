import type { Series } from '../engine/collect.ts'
import { obtain } from '../model/maps.ts'
import type { Entries } from '../model/may-reach.ts'
import { type Context, emptyPane, measureOf, mergePane, PANE, type Pane, tallyIn } from '../model/pane.ts'
import { SmallMap } from '../model/small-map.ts'
import type { Span, Tally } from '../model/tally.ts'
import { dayOf } from '../model/time.ts'

/** What one blob counted about one subject on one day, as it is stored. Short names: there are many. */
export interface TallyRow {
  /** Contexts and record ids, referred to by position: several detections count a record, and tell of it in the same context. */
  readonly c: readonly Context[]
  readonly i: readonly string[]
  readonly s: readonly StoredSeries[]
}

interface StoredSeries {
  /** detection */
  readonly d: string
  readonly k: Series['key']
  readonly p: readonly StoredPane[]
}

/** pane index; tallies as flat runs of [member, first, last, weight]; records as runs of [id, at, context] */
type StoredPane = readonly [pane: number, tallies: Record<string, number[]>, records: number[]]

/** Size at which a subject's day is cut into further rows, in characters; an entity holds a megabyte. */
const ROW_SIZE = 300_000

const DAY_PANES = 86_400 / PANE

/** A row that is being filled. Contexts go by their JSON. */
interface Draft {
  readonly contexts: Map<string, number>
  readonly ids: Map<string, number>
  readonly series: { of: Series; panes: StoredPane[] }[]
  size: number
}

type NameOf = (context: Context) => string

/** day → rows, for all series of one subject. Deterministic: the same blob gives the same rows. */
export function encodeRows(series: Iterable<Series>): Map<number, TallyRow[]> {
  const names = new Map<Context, string>()
  const nameOf: NameOf = context => obtain(names, context, () => JSON.stringify(context))
  const days = new Map<number, Draft[]>()
  for (const one of series)
    for (const [index, pane] of [...one.panes].sort(([a], [b]) => a - b))
      place(
        obtain(days, Math.floor(index / DAY_PANES), () => []),
        one,
        index,
        pane,
        nameOf,
      )
  return new Map(Array.from(days, ([day, drafts]) => [day, drafts.map(rowOf)]))
}

/** Into the last row if it fits there, into one of its own otherwise, or into several: halves of halves, whose union is the pane. */
function place(drafts: Draft[], series: Series, index: number, pane: Pane, nameOf: NameOf): void {
  const last = drafts.at(-1)
  if (last !== undefined && add(last, series, index, pane, nameOf)) return
  const fresh: Draft = { contexts: new Map(), ids: new Map(), series: [], size: 0 }
  if (add(fresh, series, index, pane, nameOf)) return void drafts.push(fresh)
  const pieces = halves(pane)
  if (pieces !== undefined) for (const piece of pieces) place(drafts, series, index, piece, nameOf)
  else if (add(fresh, series, index, pane, nameOf, Number.POSITIVE_INFINITY)) drafts.push(fresh)
}

function halves({ tallies, records }: Pane): [Pane, Pane] | undefined {
  const [one, two] = [emptyPane(), emptyPane()]
  let dealt = 0
  const next = () => (dealt++ % 2 === 0 ? one : two)
  for (const [name, tally] of tallies)
    for (const [member, span] of tally) tallyIn(next(), name).set(member, span)
  for (const [id, sighting] of records) next().records.set(id, sighting)
  return dealt < 2 ? undefined : [one, two]
}

/** `false`: the row would be larger than `most` characters, and stays as it is. */
function add(
  draft: Draft,
  series: Series,
  index: number,
  pane: Pane,
  nameOf: NameOf,
  most = ROW_SIZE,
): boolean {
  const contexts = additions(draft.contexts)
  const ids = additions(draft.ids)
  const stored = encodePane(index, pane, ids.positionOf, context => contexts.positionOf(nameOf(context)))
  const own = JSON.stringify([series.detection, series.key, stored]).length
  const size = draft.size + own + contexts.size() + ids.size()
  if (size > most) return false
  draft.size = size
  contexts.keep()
  ids.keep()
  const last = draft.series.at(-1)
  if (last?.of === series) last.panes.push(stored)
  else draft.series.push({ of: series, panes: [stored] })
  return true
}

/** What is to come behind what a list holds, until it is known whether it is kept. */
function additions(known: Map<string, number>) {
  const added = new Map<string, number>()
  return {
    positionOf: (name: string) => known.get(name) ?? obtain(added, name, () => known.size + added.size),
    /** In characters, with quotes and comma. */
    size: () => [...added.keys()].reduce((sum, name) => sum + name.length + 3, 0),
    keep() {
      for (const [name, position] of added) known.set(name, position)
    },
  }
}

function encodePane(
  index: number,
  pane: Pane,
  positionOfId: (id: string) => number,
  positionOf: (context: Context) => number,
): StoredPane {
  const from = index * PANE
  const tallies: Record<string, number[]> = Object.create(null)
  for (const [name, tally] of pane.tallies) {
    const flat: number[] = []
    for (const [member, { first, last, weight }] of tally)
      flat.push(member, first - from, last - from, weight)
    tallies[name] = flat
  }
  const records: number[] = []
  for (const [id, { at, context }] of pane.records)
    records.push(positionOfId(id), at - from, positionOf(context))
  return [index, tallies, records]
}

function rowOf({ contexts, ids, series }: Draft): TallyRow {
  return {
    c: Array.from(contexts.keys(), name => JSON.parse(name)),
    i: [...ids.keys()],
    s: series.map(({ of, panes }) => ({ d: of.detection, k: of.key, p: panes })),
  }
}

/** Of a number with its comma: most of them are hashes or seconds. */
const NUMBER_SIZE = 4

/** Whether no two rows like this fit into one. Estimated, since to know it costs writing the row. */
export function isHalfFull({ i, s }: TallyRow): boolean {
  let size = i.reduce((sum, id) => sum + id.length + 3, 0)
  for (const { p } of s)
    for (const [, tallies, records] of p) {
      size += records.length * NUMBER_SIZE
      for (const flat of Object.values(tallies)) size += flat.length * NUMBER_SIZE
    }
  return size * 2 > ROW_SIZE
}

/** Whether a series is asked for, by its id. What it counted can be weighed before it is decoded, which is most of what reading costs. */
export type Wanted = (id: string, detection: string, counted: Entries) => boolean

/** Set union of rows into series, by series id: of those that are wanted, or of all. */
export function decodeRows(
  rows: Iterable<TallyRow>,
  idOf: (detection: string, key: readonly string[]) => string,
  isWanted: Wanted = () => true,
): Map<string, Series> {
  const parts = new Map<string, Part[]>()
  for (const row of rows)
    for (const stored of row.s) obtain(parts, idOf(stored.d, stored.k), () => []).push({ row, stored })
  const found = new Map<string, Series>()
  for (const [id, own] of parts) {
    const [first] = own
    if (first === undefined || !isWanted(id, first.stored.d, countedIn(own))) continue
    const panes = new Map<number, Pane>()
    for (const { row, stored } of own)
      for (const pane of stored.p)
        mergePane(obtain(panes, pane[0], emptyPane), decodePane(pane, row.c, row.i))
    found.set(id, { detection: first.stored.d, key: first.stored.k, panes })
  }
  return found
}

/** What a row holds of a series. */
interface Part {
  readonly row: TallyRow
  readonly stored: StoredSeries
}

function countedIn(parts: readonly Part[]): Entries {
  return visit => {
    for (const { stored } of parts)
      for (const [index, tallies] of stored.p)
        for (const [name, flat] of Object.entries(tallies)) {
          const measure = measureOf(name)
          for (let n = 0; n < flat.length; n += 4) visit(measure, index, flat[n] ?? 0, flat[n + 3] ?? 0)
        }
  }
}

function decodePane(
  [index, tallies, records]: StoredPane,
  contexts: readonly Context[],
  ids: readonly string[],
): Pane {
  const from = index * PANE
  const pane = emptyPane()
  for (const [name, flat] of Object.entries(tallies)) {
    const tally: Tally = new SmallMap<number, Span>()
    for (let n = 0; n < flat.length; n += 4) {
      // No slices: there are millions.
      const [first = 0, last = 0, weight = 0] = [flat[n + 1], flat[n + 2], flat[n + 3]]
      tally.set(flat[n] ?? 0, { first: from + first, last: from + last, weight })
    }
    pane.tallies.set(name, tally)
  }
  for (let n = 0; n < records.length; n += 3) {
    const name = ids[records[n] ?? -1]
    const context = contexts[records[n + 2] ?? -1]
    const at = from + (records[n + 1] ?? 0)
    if (name !== undefined && context !== undefined) pane.records.set(name, { at, context })
  }
  return pane
}

/** Days a series touches. */
export function daysOf(series: Iterable<Series>): Set<number> {
  const days = new Set<number>()
  for (const { panes } of series) for (const index of panes.keys()) days.add(dayOf(index * PANE))
  return days
}
