import { type Detection, TENANT_KEY, type Term } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import { type History, isNew, LEARNING, type Lessons, termName, usualOf } from '../model/history.ts'
import { measureOf, PANE } from '../model/pane.ts'
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
  /** The tenant's first UTC day; two weeks before it counts as learned unless told. */
  readonly tenantSince?: number | undefined
}

/** What the past says about a limit that was reached. */
export interface Standing {
  readonly severity?: Severity
  readonly limit?: number
  readonly usual?: number
  readonly usualDays?: number
  readonly learning?: true
}

/** Does a detection ask, or teach, what was before? */
export function hasPast({ parts, terms }: Detection): boolean {
  return parts !== undefined || terms.some(asksPast)
}

function asksPast({ fresh, above }: Term): boolean {
  return fresh !== undefined || above !== undefined
}

/** The operations that detections with a past read, in Microsoft's spellings; none if one of them reads all. */
export function operationsOfPast(detections: readonly Detection[]): string[] {
  const read = detections.filter(hasPast).map(({ reads }) => reads)
  if (read.includes('any')) return []
  // Entra ends its operations with a full stop, at times.
  const spelt = read
    .flat()
    .flatMap(operation => (operation.includes(' ') ? [operation, `${operation}.`] : operation))
  return [...new Set(spelt)].sort()
}

export interface Standings {
  /** Can a term be told of any day of the series at all? Spares the counting where nothing is new or unusual. */
  may(term: Term): boolean
  /** Does a crossing stand before the past: are the parts new that must be, is the volume beyond the usual? */
  of(term: Term, crossing: Pick<Crossing, 'day' | 'count'>): Standing | undefined
}

export function makeStandings(
  series: Series,
  { id, parts = [] }: Detection,
  past: Past | undefined,
): Standings {
  const { key } = series
  let days: readonly number[] | undefined
  const isFresh = (fresh: readonly string[], { history, learnedFrom, tenantSince }: Past, day: number) => {
    // The tenant is known from its first record on, whatever that was about: its first application is news.
    const since = tenantSince ?? learnedFrom - LEARNING
    const known = key[0] === TENANT_KEY ? { ...history, since } : history
    return fresh.every(part => {
      const value = key[parts.indexOf(part) + 1]
      return value !== undefined && isNew(known, part, value, day)
    })
  }
  const standings: Standings = {
    may(term) {
      if (!asksPast(term)) return true
      if (past === undefined) return false
      if (term.above !== undefined) {
        const sums = [...totalsIn(series, term.measures)]
        return sums.some(([day, count]) => count >= term.atLeast && standings.of(term, { day, count }))
      }
      days ??= [...daysOf(series, NOTHING).keys()]
      return days.some(day => isFresh(term.fresh ?? [], past, day))
    },
    of(term, { day, count }) {
      if (!asksPast(term)) return {}
      if (past === undefined || !isFresh(term.fresh ?? [], past, day)) return undefined
      const learning = day < past.learnedFrom && ({ learning: true, severity: 'low' } as const)
      if (term.above === undefined) return { ...learning }
      const usual = usualOf(past.history, totalName(id, key, term), day, term.above)
      if (usual === undefined || count < usual.limit) return undefined
      const limit = Math.max(term.atLeast, Math.ceil(usual.limit))
      return { ...learning, usual: usual.median, usualDays: usual.days, limit }
    },
  }
  return standings
}

const NOTHING: ReadonlySet<string> = new Set()

function totalName(detection: string, key: Series['key'], { measures }: Term): string {
  return `${seriesId(detection, key)}\u0000${measures.join('+')}`
}

/** Day → distinct weight, as a limit of the whole day counts it. */
function totalsIn(series: Series, measures: readonly string[]): ReadonlyMap<number, number> {
  const known = series.totals?.(measures)
  if (known !== undefined) return known
  const days = crossings(series.panes, [], { measures, atLeast: 1 })
  return new Map(days.map(({ day, count }) => [day, count]))
}

/**
 * What one subject's series teach, of the days that `teaches` names. Days on which a record stands behind an alarm of
 * another kind teach nothing: an attack that was caught must not become what is usual.
 */
export function lessonsOf(
  all: Iterable<Series>,
  detections: ReadonlyMap<string, Detection>,
  tainted: ReadonlySet<string>,
  teaches: (day: number) => boolean = () => true,
): Lessons {
  const terms = new Map<string, readonly [string, number]>()
  const totals: [string, number, number][] = []
  for (const series of all) {
    const detection = detections.get(series.detection)
    if (detection === undefined || !hasPast(detection)) continue
    const days = [...daysOf(series, tainted)].flatMap(([day, clean]) => (clean && teaches(day) ? [day] : []))
    const seen = detection.parts === undefined ? [] : seenOn(days, series, detection)
    detection.parts?.forEach((part, index) => {
      const value = series.key[index + 1]
      if (value === undefined) return
      const name = termName(part, value)
      for (const day of seen) terms.set(`${day} ${name}`, [name, day])
    })
    const summed = new Set<string>()
    for (const term of detection.terms) {
      const name = totalName(series.detection, series.key, term)
      if (term.above === undefined || summed.has(name)) continue
      summed.add(name)
      const sums = totalsIn(series, term.measures)
      for (const day of days) {
        const total = sums.get(day)
        if (total !== undefined) totals.push([name, day, total])
      }
    }
  }
  return { terms: [...terms.values()], totals }
}

/** The days on which something was counted that makes the parts known. */
function seenOn(
  days: readonly number[],
  series: Series,
  { unlearned = [] }: Pick<Detection, 'unlearned'>,
): readonly number[] {
  if (unlearned.length === 0) return days
  const seen = new Set<number>()
  for (const [index, { tallies }] of series.panes)
    if ([...tallies.keys()].some(name => !unlearned.includes(measureOf(name)))) seen.add(dayOf(index * PANE))
  return days.filter(day => seen.has(day))
}

/** day → is none of its records tainted? */
function daysOf(series: Series, tainted: ReadonlySet<string>): Map<number, boolean> {
  const days = new Map<number, boolean>()
  let last = Number.NaN
  eachRecord(series, (id, at) => {
    const day = dayOf(at)
    const clean = tainted.size === 0 || !tainted.has(id)
    // Records mostly come in order of time, so nearly all are of the day of the one before.
    if (clean && day === last) return
    last = day
    if (!clean || !days.has(day)) days.set(day, clean)
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
