import { obtain } from './maps.ts'
import { measureOf, PANE, type Pane } from './pane.ts'
import { DAY, MINUTE } from './time.ts'
import type { Limit } from './window.ts'

/** Can any window reach the limit? Never says no wrongly. */
export type MayReach = (limit: Limit) => boolean

/** Shows everything counted, one sighting of a member in a pane at a time, in any order and with repeats. */
export type Entries = (visit: (measure: string, pane: number, member: number, weight: number) => void) => void

export function entriesOf(panes: ReadonlyMap<number, Pane>): Entries {
  return visit => {
    for (const [index, pane] of panes)
      pane.tallies.forEach((tally, name) => {
        const measure = measureOf(name)
        tally.forEach(({ weight }, member) => {
          visit(measure, index, member, weight)
        })
      })
  }
}

/**
 * Spares most keys the exact count of windows. A window lies within a run of panes, so what no run has the weight for
 * is out of reach. Runs are weighed with repeats first, which is cheap and settles nearly all, and then without.
 * A member is taken to weigh the same wherever it is seen: its record says how much.
 */
export function makeMayReach(entries: Entries): MayReach {
  const { panes, weights } = weigh(entries)
  const order = [...panes].sort(([a], [b]) => a - b)
  const membersOf = membersByPlace(entries, panes)
  return limit => {
    const runs = makeRuns(order, limit)
    const counted = limit.measures.flatMap(measure => [weights.get(measure) ?? []])
    let held = 0
    const withRepeats = runs((place, by) => {
      for (const weight of counted) held += by * (weight[place] ?? 0)
      return held >= limit.atLeast
    })
    if (!withRepeats) return false

    const { members, before, newest, most } = membersOf(limit.measures)
    const times = new Array<number>(most.length).fill(0)
    held = 0
    return runs((place, by) => {
      for (let i = newest[place] ?? NONE; i !== NONE; i = before[i] ?? NONE) {
        const member = members[i] ?? 0
        const known = times[member] ?? 0
        times[member] = known + by
        if (known === 0 || known + by === 0) held += by * (most[member] ?? 0)
      }
      return held >= limit.atLeast
    })
  }
}

/** `panes`: pane → its place in the lists; `weights`: measure → weight by place. */
function weigh(entries: Entries) {
  const panes = new Map<number, number>()
  const weights = new Map<string, number[]>()
  let [last, place] = [Number.NaN, 0]
  entries((measure, pane, _, weight) => {
    if (pane !== last) place = obtain(panes, pane, () => panes.size)
    last = pane
    const known = weights.get(measure)
    if (known === undefined) weights.set(measure, [])
    const byPlace = known ?? weights.get(measure) ?? []
    byPlace[place] = (byPlace[place] ?? 0) + weight
  })
  return { panes, weights }
}

/** What was seen of some measures: a chain of sightings for each place, without a list for each of very many panes. */
interface Sightings {
  /** sighting → the number of its member */
  readonly members: readonly number[]
  /** sighting → the one before it in the same place */
  readonly before: readonly number[]
  /** place → its newest sighting */
  readonly newest: readonly number[]
  /** number of a member → the most it was ever given, by which the exact count weighs it, and so must this */
  readonly most: readonly number[]
}

const NONE = -1

/** The sightings of some measures, kept: several limits count the same. */
function membersByPlace(
  entries: Entries,
  panes: ReadonlyMap<number, number>,
): (measures: readonly string[]) => Sightings {
  const known = new Map<string, Sightings>()
  const sightingsOf = (measures: readonly string[]): Sightings => {
    const numbers = new Map<number, number>()
    const [members, before, most] = [[] as number[], [] as number[], [] as number[]]
    const newest = new Array<number>(panes.size).fill(NONE)
    entries((measure, pane, member, weight) => {
      if (!measures.includes(measure)) return
      const number = numbers.get(member) ?? numbers.size
      numbers.set(member, number)
      most[number] = Math.max(weight, most[number] ?? 0)
      const place = panes.get(pane) ?? 0
      before.push(newest[place] ?? NONE)
      newest[place] = members.length
      members.push(number)
    })
    return { members, before, newest, most }
  }
  return measures => obtain(known, measures.join('\u0000'), () => sightingsOf(measures))
}

/**
 * Moves a run of panes, as long as the limit's window, along all of them. `change` takes the pane at a place in (1) or
 * lets it go (-1), and tells whether that is enough.
 */
function makeRuns(order: readonly (readonly [pane: number, place: number])[], { withinMinutes }: Limit) {
  const most = Math.ceil((withinMinutes === undefined ? DAY : withinMinutes * MINUTE) / PANE)
  return (change: (place: number, by: 1 | -1) => boolean): boolean => {
    let oldest = 0
    for (const [pane, place] of order) {
      for (let first = order[oldest]; first !== undefined && first[0] < pane - most; first = order[++oldest])
        change(first[1], -1)
      if (change(place, 1)) return true
    }
    return false
  }
}
