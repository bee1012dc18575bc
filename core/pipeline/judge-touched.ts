import pMap from 'p-map'
import { evaluate, reachOf } from '../engine/evaluate.ts'
import { hasPast, type Past, taintOf } from '../engine/past.ts'
import type { Detection } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import { learned } from '../model/history.ts'
import { DAY } from '../model/time.ts'
import type { Findings } from '../stores/findings.ts'
import type { Histories } from '../stores/histories.ts'
import type { Tallies } from '../stores/tallies.ts'
import { lessonsIn, type Matter, readMatter, seriesOf } from './matters.ts'
import type { Touch, Touched } from './touched.ts'

interface Deps {
  readonly tenant: string
  readonly detections: readonly Detection[]
  readonly tallies: Tallies
  readonly histories: Histories
  readonly findings: Findings
}

/** Requests under way at once to storage. */
const AT_ONCE = { concurrency: 6 }

/**
 * Judges everybody touched. What rests on the past comes last: it learns from days that are over and raised no other
 * alarm, as `judged` does from all days at once. A day is over once the subject is seen on a later one; an alarm that
 * only then reaches back into it comes too late to keep it from teaching.
 */
export async function judgeTouched(deps: Deps, touched: Touched, learnedFrom: number): Promise<Finding[]> {
  const { detections, histories, tenant } = deps
  const byId = new Map(detections.map(detection => [detection.id, detection]))
  const reading = { ...deps, byId }
  const atOnce: Finding[] = []
  const findings: Finding[] = []

  const onPast = async (matter: Matter, tainted: ReadonlySet<string>) => {
    if (matter.history === undefined) return
    const taught = lessonsIn(matter, byId, tainted)
    const past: Past = { history: learned(matter.history, taught), learnedFrom }
    for (const [series, detection, days] of seriesOf(matter, byId))
      if (hasPast(detection)) findings.push(...evaluate(series, detection, tenant, days, past))
    await histories.teach(matter.subject, taught)
  }

  // All that bears on hundreds of people is more than a small instance holds, so it is let go of at once and read again
  // where days end: what these teach depends on everybody's findings.
  const closing: (readonly [subject: string, touch: Touch, days: readonly number[]])[] = []
  await pMap(
    touched,
    async ([subject, touch]) => {
      const matter = await readMatter(reading, subject, touch)
      for (const [series, detection, days] of seriesOf(matter, byId))
        (hasPast(detection) ? atOnce : findings).push(...evaluate(series, detection, tenant, days))
      const closes = matter.readings.flatMap(({ closes }) => closes)
      if (closes.length > 0) closing.push([subject, touch, closes])
      else await onPast(matter, NONE)
    },
    AT_ONCE,
  )
  const days = closing.flatMap(([, , closes]) => closes)
  const tainted = taintOf([...findings, ...atOnce, ...(await toldOn(deps, days))], byId)
  await pMap(
    closing,
    async ([subject, touch]) => onPast(await readMatter(reading, subject, touch), tainted),
    AT_ONCE,
  )
  return findings.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
}

const NONE: ReadonlySet<string> = new Set()

/** Findings about days that are to teach, whomever they are about and whichever instance made them. */
export async function toldOn(
  { detections, findings }: Pick<Deps, 'detections' | 'findings'>,
  days: readonly number[],
): Promise<Finding[]> {
  if (days.length === 0) return []
  const [first, last] = days.reduce(([a, b], day) => [Math.min(a, day), Math.max(b, day)], [Infinity, 0])
  const reach = Math.max(...detections.map(reachOf))
  const told: Finding[] = []
  for await (const { finding } of findings.since(first * DAY, (last + reach) * DAY)) told.push(finding)
  return told
}
