import { type Subjects, seriesId } from '../engine/collect.ts'
import { reachOf } from '../engine/evaluate.ts'
import { hasPast } from '../engine/past.ts'
import type { Detection } from '../model/detection.ts'
import { obtain } from '../model/maps.ts'
import { PANE } from '../model/pane.ts'
import { dayOf } from '../model/time.ts'
import type { Days, Tallies } from '../stores/tallies.ts'

/** What was counted about a subject: which series, on which days, how far their windows reach, and whether its past bears on them. */
export interface Touch {
  readonly days: Set<number>
  /** `seriesId`s. */
  readonly series: Set<string>
  readonly reach: { near?: number; far?: number }
  past: boolean
}

export type Touched = Map<string, Touch>

interface Traits {
  readonly kind: 'near' | 'far'
  /** Days. */
  readonly reach: number
  readonly past: boolean
}

export function traitsOf(
  detections: readonly Detection[],
  isFar: Tallies['isFar'],
): ReadonlyMap<string, Traits> {
  return new Map(
    detections.map(detection => [
      detection.id,
      {
        kind: isFar(detection.id) ? 'far' : 'near',
        reach: reachOf(detection),
        past: hasPast(detection),
      },
    ]),
  )
}

/** Notes what was counted about whom. */
export function note(touched: Touched, subjects: Subjects, detections: ReadonlyMap<string, Traits>): void {
  for (const [subject, all] of subjects) {
    const touch = obtain(
      touched,
      subject,
      (): Touch => ({
        days: new Set<number>(),
        series: new Set<string>(),
        reach: {},
        past: false,
      }),
    )
    for (const { detection, key, panes } of all.values()) {
      const traits = detections.get(detection)
      if (traits === undefined) continue
      const { kind, past, reach } = traits
      touch.series.add(seriesId(detection, key))
      touch.reach[kind] = Math.max(touch.reach[kind] ?? 0, reach)
      touch.past ||= past
      for (const index of panes.keys()) touch.days.add(dayOf(index * PANE))
    }
  }
}

/** Stretches of days in a row. One record with a wrong year must not have decades of storage read. */
export function stretches(days: ReadonlySet<number>): Days[] {
  const found: { from: number; to: number }[] = []
  for (const day of [...days].sort((a, b) => a - b)) {
    const last = found.at(-1)
    if (last !== undefined && day <= last.to + 1) last.to = day
    else found.push({ from: day, to: day })
  }
  return found
}
