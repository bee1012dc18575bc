import type { Detection, Term } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import { type History, isNew, type Lessons, termName, usualOf } from '../model/history.ts'
import { rank, type Severity } from '../model/severity.ts'
import { dayOf } from '../model/time.ts'
import { type Crossing, crossings } from '../model/window.ts'
import { type Series, seriesId } from './collect.ts'
import { eachRecord } from './journal.ts'

/** What a subject's series are judged by besides themselves. */
export interface Past {
  readonly history: History
  /** The first UTC day on which what is new may page people. */
  readonly learnedFrom: number
}

/** What the past says about a limit that was reached. */
export interface Standing {
  readonly severity?: Severity
  readonly limit?: number
  readonly usual?: number
  readonly learning?: true
}

/** Does a detection ask, or teach, what was before? */
export function hasPast({ parts, terms }: Detection): boolean {
  return parts !== undefined || terms.some(asksPast)
}

function asksPast({ fresh, above }: Term): boolean {
  return fresh !== undefined || above !== undefined
}

/** Can a term be told of any day of the series at all? Spares the counting where nothing is new. */
export function mayStand(
  term: Term,
  series: Series,
  { parts = [] }: Detection,
  past: Past | undefined,
): boolean {
  if (!asksPast(term)) return true
  if (past === undefined) return false
  if (term.fresh === undefined) return true
  return [...daysOf(series, NOTHING).keys()].some(day =>
    isFresh(term.fresh ?? [], series.key, parts, past, day),
  )
}

const NOTHING: ReadonlySet<string> = new Set()

function isFresh(
  fresh: readonly string[],
  key: Series['key'],
  parts: readonly string[],
  { history }: Past,
  day: number,
): boolean {
  return fresh.every(part => {
    const value = key[parts.indexOf(part) + 1]
    return value !== undefined && isNew(history, part, value, day)
  })
}

/** Does a crossing stand before the past: are the parts new that must be, is the volume beyond the usual? */
export function standing(
  term: Term,
  { day, count }: Crossing,
  { key }: Series,
  { id, parts = [] }: Detection,
  past: Past | undefined,
): Standing | undefined {
  if (!asksPast(term)) return {}
  if (past === undefined) return undefined
  const { history, learnedFrom } = past
  if (!isFresh(term.fresh ?? [], key, parts, past, day)) return undefined
  const learning = day < learnedFrom && ({ learning: true, severity: 'low' } as const)
  if (term.above === undefined) return { ...learning }
  const usual = usualOf(history, totalName(id, key, term), day, term.above)
  if (usual === undefined || count < usual.limit) return undefined
  return { ...learning, usual: usual.median, limit: Math.max(term.atLeast, Math.ceil(usual.limit)) }
}

function totalName(detection: string, key: Series['key'], { measures }: Term): string {
  return `${seriesId(detection, key)}\u0000${measures.join('+')}`
}

/**
 * What one subject's series teach, up to and with day `to`. Days on which a record stands behind an alarm of another
 * kind teach nothing: an attack that was caught must not become what is usual. Totals are of days before `to`, which
 * are over.
 */
export function lessonsOf(
  all: Iterable<Series>,
  detections: ReadonlyMap<string, Detection>,
  tainted: ReadonlySet<string>,
  to = Number.POSITIVE_INFINITY,
): Lessons {
  const terms = new Map<string, readonly [string, number]>()
  const totals: [string, number, number][] = []
  for (const series of all) {
    const detection = detections.get(series.detection)
    if (detection === undefined || !hasPast(detection)) continue
    const days = daysOf(series, tainted)
    detection.parts?.forEach((part, index) => {
      const value = series.key[index + 1]
      if (value === undefined) return
      const name = termName(part, value)
      for (const [day, clean] of days) if (clean && day <= to) terms.set(`${day} ${name}`, [name, day])
    })
    const summed = new Set<string>()
    for (const term of detection.terms) {
      const name = totalName(series.detection, series.key, term)
      if (term.above === undefined || summed.has(name)) continue
      summed.add(name)
      for (const { day, count } of crossings(series.panes, [], { measures: term.measures, atLeast: 1 }))
        if (days.get(day) && day < to) totals.push([name, day, count])
    }
  }
  return { terms: [...terms.values()], totals }
}

/** day → is none of its records tainted? */
function daysOf(series: Series, tainted: ReadonlySet<string>): Map<number, boolean> {
  const days = new Map<number, boolean>()
  eachRecord(series, (id, at) => {
    const day = dayOf(at)
    if (!days.has(day) || tainted.has(id)) days.set(day, !tainted.has(id))
  })
  return days
}

/** The records behind alarms that do not themselves rest on the past. */
export function taintOf(
  findings: Iterable<Finding>,
  detections: ReadonlyMap<string, Detection>,
): Set<string> {
  const tainted = new Set<string>()
  for (const { detection, term, severity, records } of findings) {
    const found = detections.get(detection)?.terms.find(({ id }) => id === term)
    if (found === undefined || asksPast(found) || rank(severity) < rank('medium')) continue
    for (const id of records) tainted.add(id)
  }
  return tainted
}
