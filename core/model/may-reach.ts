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
  return limit => {
    const counted = limit.measures.flatMap(measure => [weights.get(measure) ?? []])
    const runs = makeRuns(order, limit)
    let held = 0
    const withRepeats = runs((place, by) => {
      for (const weight of counted) held += by * (weight[place] ?? 0)
      return held >= limit.atLeast
    })
    if (!withRepeats) return false

    const { members, most } = membersOf(entries, limit.measures, panes)
    const times = new Map<number, number>()
    held = 0
    return runs((place, by) => {
      for (const member of members[place] ?? []) {
        const before = times.get(member) ?? 0
        times.set(member, before + by)
        if (before === 0 || before + by === 0) held += by * (most.get(member) ?? 0)
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

/** The members of some measures, by the place of their pane, and the most that each was ever given. */
function membersOf(entries: Entries, measures: readonly string[], panes: ReadonlyMap<number, number>) {
  const members = Array.from(panes, () => new Set<number>())
  // The exact count weighs a member by its most, and so must this.
  const most = new Map<number, number>()
  entries((measure, pane, member, weight) => {
    if (!measures.includes(measure)) return
    members[panes.get(pane) ?? 0]?.add(member)
    most.set(member, Math.max(weight, most.get(member) ?? 0))
  })
  return { members, most }
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
