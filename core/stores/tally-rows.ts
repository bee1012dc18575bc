import type { Series } from '../engine/collect.ts'
import { type Context, emptyPane, mergePane, PANE, type Pane, tallyIn } from '../model/pane.ts'
import { SmallMap } from '../model/small-map.ts'
import type { Span, Tally } from '../model/tally.ts'
import { dayOf } from '../model/time.ts'

/** What one blob counted about one subject on one day, as it is stored. Short names: there are many. */
export interface TallyRow {
  readonly s: readonly StoredSeries[]
}

interface StoredSeries {
  /** detection */
  readonly d: string
  readonly k: Series['key']
  /** contexts, referred to by position */
  readonly c: readonly Context[]
  readonly p: readonly StoredPane[]
}

/** pane index; tallies as flat runs of [member, first, last, weight]; records as [id, at, context] */
type StoredPane = readonly [
  pane: number,
  tallies: Record<string, number[]>,
  records: [string, number, number][],
]

/** Size at which a subject's day is cut into further rows, in characters; an entity holds a megabyte. */
const ROW_SIZE = 300_000

const DAY_PANES = 86_400 / PANE

/** day → rows, for all series of one subject. Deterministic: the same blob gives the same rows. */
export function encodeRows(series: Iterable<Series>): Map<number, TallyRow[]> {
  const days = new Map<number, { rows: TallyRow[]; size: number }>()
  for (const one of series)
    for (const [index, pane] of [...one.panes].sort(([a], [b]) => a - b)) {
      const day = Math.floor(index / DAY_PANES)
      for (const { stored, size } of fitting(one, index, pane)) {
        const known = days.get(day)
        if (known === undefined || known.size + size > ROW_SIZE) {
          const rows = known?.rows ?? []
          rows.push({ s: [stored] })
          days.set(day, { rows, size })
        } else {
          known.rows[known.rows.length - 1] = { s: [...(known.rows.at(-1)?.s ?? []), stored] }
          known.size += size
        }
      }
    }
  return new Map([...days].map(([day, { rows }]) => [day, rows]))
}

/** A pane in pieces that fit into a row: halves of halves, whose union is the pane. */
function* fitting(
  series: Series,
  index: number,
  pane: Pane,
): Iterable<{ stored: StoredSeries; size: number }> {
  const stored = encodePane(series, index, pane)
  const size = JSON.stringify(stored).length
  const pieces = size > ROW_SIZE ? halves(pane) : undefined
  if (pieces === undefined) yield { stored, size }
  else for (const piece of pieces) yield* fitting(series, index, piece)
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

function encodePane({ detection, key }: Series, index: number, pane: Pane): StoredSeries {
  const contexts = new Map<Context, number>()
  const from = index * PANE
  const tallies: Record<string, number[]> = Object.create(null)
  for (const [name, tally] of pane.tallies) {
    const flat: number[] = []
    for (const [member, { first, last, weight }] of tally)
      flat.push(member, first - from, last - from, weight)
    tallies[name] = flat
  }
  const records: [string, number, number][] = []
  for (const [id, { at, context }] of pane.records) {
    const position = contexts.get(context) ?? contexts.size
    contexts.set(context, position)
    records.push([id, at - from, position])
  }
  return { d: detection, k: key, c: [...contexts.keys()], p: [[index, tallies, records]] }
}

/** Set union of rows into series, by series id: of those `wanted`, or of all. */
export function decodeRows(
  rows: Iterable<TallyRow>,
  idOf: (detection: string, key: readonly string[]) => string,
  wanted?: ReadonlySet<string>,
): Map<string, Series> {
  const found = new Map<string, Series>()
  for (const row of rows)
    for (const { d, k, c, p } of row.s) {
      const id = idOf(d, k)
      if (wanted?.has(id) === false) continue
      const series = found.get(id) ?? { detection: d, key: k, panes: new Map<number, Pane>() }
      found.set(id, series)
      for (const stored of p) {
        const pane = series.panes.get(stored[0]) ?? emptyPane()
        series.panes.set(stored[0], pane)
        mergePane(pane, decodePane(stored, c))
      }
    }
  return found
}

function decodePane([index, tallies, records]: StoredPane, contexts: readonly Context[]): Pane {
  const from = index * PANE
  const pane = emptyPane()
  for (const [name, flat] of Object.entries(tallies)) {
    const tally: Tally = new SmallMap<number, Span>()
    for (let i = 0; i < flat.length; i += 4) {
      const [member = 0, first = 0, last = 0, weight = 0] = flat.slice(i, i + 4)
      tally.set(member, { first: from + first, last: from + last, weight })
    }
    pane.tallies.set(name, tally)
  }
  for (const [id, at, position] of records) {
    const context = contexts[position]
    if (context !== undefined) pane.records.set(id, { at: from + at, context })
  }
  return pane
}

/** Days a series touches. */
export function daysOf(series: Iterable<Series>): Set<number> {
  const days = new Set<number>()
  for (const { panes } of series) for (const index of panes.keys()) days.add(dayOf(index * PANE))
  return days
}
