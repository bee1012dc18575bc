import { obtain } from './maps.ts'
import type { Entries } from './may-reach.ts'
import { PANE } from './pane.ts'
import { TALLY_CAP } from './tally.ts'
import { dayOf } from './time.ts'

/**
 * UTC day → distinct weight of some measures, as a limit of the whole day counts it, but straight from what was
 * counted: every reader has totals, and panes of everybody's records would be most of the work. `undefined` where a pane
 * may be beyond its bound: panes are cut, and what is cut does not count.
 */
export function totalsOf(entries: Entries, measures: readonly string[]): Map<number, number> | undefined {
  const days = new Map<number, Map<number, number>>()
  const held = new Map<number, number>()
  let [last, members] = [Number.NaN, new Map<number, number>()]
  let inPane = 0
  let most = 0
  entries((measure, pane, member, weight) => {
    if (!measures.includes(measure)) return
    if (pane !== last) {
      held.set(last, inPane)
      inPane = held.get(pane) ?? 0
      members = obtain(days, dayOf(pane * PANE), () => new Map<number, number>())
      last = pane
    }
    most = Math.max(most, ++inPane)
    const before = members.get(member)
    if (before === undefined || before < weight) members.set(member, weight)
  })
  if (most > TALLY_CAP) return undefined
  return new Map(Array.from(days, ([day, weights]) => [day, sum(weights.values())]))
}

function sum(weights: Iterable<number>): number {
  let total = 0
  for (const weight of weights) total += weight
  return total
}
