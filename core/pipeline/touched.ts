import type { Subjects } from '../engine/collect.ts'
import { reachOf } from '../engine/evaluate.ts'
import { hasPast } from '../engine/past.ts'
import type { Detection } from '../model/detection.ts'
import { obtain } from '../model/maps.ts'
import { PANE } from '../model/pane.ts'
import { dayOf } from '../model/time.ts'

/** Days on which a subject was touched, how many days the windows of what touched it reach back, and whether its past bears on it. */
export interface Touch {
  readonly days: Set<number>
  reach: number
  past: boolean
}

export type Touched = Map<string, Touch>
type Traits = Pick<Touch, 'reach' | 'past'>

export function traitsOf(detections: readonly Detection[]): ReadonlyMap<string, Traits> {
  return new Map(
    detections.map(detection => [detection.id, { reach: reachOf(detection), past: hasPast(detection) }]),
  )
}

/** Notes what was counted about whom. */
export function note(touched: Touched, subjects: Subjects, detections: ReadonlyMap<string, Traits>): void {
  for (const [subject, all] of subjects) {
    const touch = obtain(touched, subject, () => ({ days: new Set<number>(), reach: 1, past: false }))
    for (const { detection, panes } of all.values()) {
      const { reach, past } = detections.get(detection) ?? { reach: 1, past: false }
      touch.reach = Math.max(touch.reach, reach)
      touch.past ||= past
      for (const index of panes.keys()) touch.days.add(dayOf(index * PANE))
    }
  }
}

interface Days {
  readonly from: number
  to: number
}

/** Stretches of days in a row. One record with a wrong year must not have decades of storage read. */
export function stretches(days: ReadonlySet<number>): Days[] {
  const found: Days[] = []
  for (const day of [...days].sort((a, b) => a - b)) {
    const last = found.at(-1)
    if (last !== undefined && day <= last.to + 1) last.to = day
    else found.push({ from: day, to: day })
  }
  return found
}
