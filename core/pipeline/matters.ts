import type { Series } from '../engine/collect.ts'
import { mayFind, reachOf } from '../engine/evaluate.ts'
import { lessonsOf } from '../engine/past.ts'
import type { Detection } from '../model/detection.ts'
import type { History, Lessons } from '../model/history.ts'
import { DAY } from '../model/time.ts'
import type { Histories } from '../stores/histories.ts'
import { RETENTION } from '../stores/retention.ts'
import type { Days, Reach, Tallies } from '../stores/tallies.ts'
import type { Wanted } from '../stores/tally-rows.ts'
import { stretches, type Touch } from './touched.ts'

/** What was counted about a subject around some days; series that can neither say nor teach anything may not be there. */
interface Reading {
  readonly all: ReadonlyMap<string, Series>
  /** Days whose windows are judged, and those that end after them; absent where the days were judged before. */
  readonly judge?: Days
  /** Days that are over and teach: touched ones, and, with all that there is of it, the one that was the newest so far. */
  readonly closes: readonly number[]
}

/** A subject that was touched, with all that bears on it. */
export interface Matter {
  readonly subject: string
  readonly readings: readonly Reading[]
  /** The newest day the subject was seen on. */
  readonly newest: number
  /** What is remembered of it, where that bears on it. */
  readonly history: History | undefined
}

/** A day by itself, of all there is. */
const WHOLE_DAY: Reach = { near: 0, far: 0 }

interface MatterDeps {
  readonly byId: ReadonlyMap<string, Detection>
  readonly histories: Histories
  readonly tallies: Tallies
}

/**
 * A record can complete windows that end on its own day or up to `reach` days later, and those reach back `reach` days
 * from where they end. Only what was touched can say anything new, and of a day that was over before, only that teaches anything new.
 */
export async function readMatter(
  { byId, histories, tallies }: MatterDeps,
  subject: string,
  { days, past, reach, series }: Touch,
): Promise<Matter> {
  const last = Math.max(...days)
  const history = past ? await histories.read(subject, last) : undefined
  const newest = Math.max(last, history?.open ?? last)
  const readings: Reading[] = []
  for (const judge of stretches(days)) {
    const closes = past ? [...days].filter(day => day >= judge.from && day <= judge.to && day < newest) : []
    const isWanted: Wanted = (id, name, counted) => {
      const detection = byId.get(name)
      if (detection === undefined || !series.has(id)) return false
      return closes.length > 0 || mayFind(detection, counted)
    }
    readings.push({ all: await tallies.read(subject, judge, reach, isWanted), judge, closes })
  }
  const open = history?.open
  if (open !== undefined && open < newest && !days.has(open) && newest - open < KEPT) {
    const all = await tallies.read(subject, { from: open, to: open }, WHOLE_DAY)
    readings.push({ all, closes: [open] })
  }
  return { subject, readings, newest, history }
}

/** A subject on days that are over, all of which teach. What is remembered of it does not bear on that. */
export async function readPastMatter(
  tallies: Pick<Tallies, 'read'>,
  subject: string,
  days: ReadonlySet<number>,
  reach: number,
): Promise<Matter> {
  const readings: Reading[] = []
  for (const judge of stretches(days)) {
    // These are read once, so they have no rows apart.
    const all = await tallies.read(subject, judge, { near: reach })
    const closes = [...days].filter(day => day >= judge.from && day <= judge.to)
    readings.push({ all, judge, closes })
  }
  return { subject, readings, newest: Math.max(...days), history: undefined }
}

/** Days after which the tallies of a day are gone. */
const KEPT = RETENTION.tallies / DAY

/** Each series to judge with its detection, and the days its windows end on. */
export function* seriesOf(
  { readings }: Matter,
  byId: ReadonlyMap<string, Detection>,
): Iterable<[series: Series, detection: Detection, days: Days]> {
  for (const { all, judge } of readings) {
    if (judge === undefined) continue
    for (const series of all.values()) {
      const detection = byId.get(series.detection)
      if (detection === undefined) continue
      yield [series, detection, { from: judge.from, to: judge.to + reachOf(detection) }]
    }
  }
}

/** What the days teach that are over. */
export function lessonsIn(
  { newest, readings }: Matter,
  byId: ReadonlyMap<string, Detection>,
  tainted: ReadonlySet<string>,
): Lessons {
  const parts = readings.flatMap(({ all, closes }) =>
    closes.length === 0 ? [] : [lessonsOf(all.values(), byId, tainted, day => closes.includes(day))],
  )
  return {
    open: newest,
    terms: parts.flatMap(({ terms }) => terms),
    totals: parts.flatMap(({ totals }) => totals),
  }
}
