import type { Series } from '../engine/collect.ts'
import { lessonsOf } from '../engine/past.ts'
import type { Detection } from '../model/detection.ts'
import type { History, Lessons } from '../model/history.ts'
import { DAY } from '../model/time.ts'
import type { Histories } from '../stores/histories.ts'
import { RETENTION } from '../stores/retention.ts'
import type { Tallies } from '../stores/tallies.ts'
import { stretches, type Touch } from './touched.ts'

/** What was counted about a subject around some days. */
interface Reading {
  readonly all: ReadonlyMap<string, Series>
  /** Windows that end on these days are judged; absent where the days were judged before. */
  readonly judge?: { readonly from: number; readonly to: number }
  /** Days that are over and teach: touched ones, and the one that was the newest so far. */
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

/**
 * A record can complete windows that end on its own day or up to `reach` days later, and those reach back `reach` days
 * from where they end.
 */
export async function readMatter(
  { histories, tallies }: { readonly histories: Histories; readonly tallies: Tallies },
  subject: string,
  { days, past, reach }: Touch,
): Promise<Matter> {
  const last = Math.max(...days)
  const history = past ? await histories.read(subject, last) : undefined
  const newest = Math.max(last, history?.open ?? last)
  const readings: Reading[] = []
  for (const { from, to } of stretches(days)) {
    const closes = past ? [...days].filter(day => day >= from && day <= to && day < newest) : []
    const all = await tallies.read(subject, from - reach, to + reach)
    readings.push({ all, judge: { from, to: to + reach }, closes })
  }
  const open = history?.open
  if (open !== undefined && open < newest && !days.has(open) && newest - open < KEPT) {
    const known = readings.find(({ judge }) => judge && open >= judge.from - reach && open <= judge.to)
    readings.push({ all: known?.all ?? (await tallies.read(subject, open, open)), closes: [open] })
  }
  return { subject, readings, newest, history }
}

/** A subject on days that are over, all of which teach. What is remembered of it does not bear on that. */
export async function readPastMatter(
  tallies: Tallies,
  subject: string,
  days: ReadonlySet<number>,
  reach: number,
): Promise<Matter> {
  const readings: Reading[] = []
  for (const { from, to } of stretches(days)) {
    const all = await tallies.read(subject, from - reach, to + reach)
    const closes = [...days].filter(day => day >= from && day <= to)
    readings.push({ all, judge: { from, to: to + reach }, closes })
  }
  return { subject, readings, newest: Math.max(...days), history: undefined }
}

/** Days after which the tallies of a day are gone. */
const KEPT = RETENTION.tallies / DAY

/** Each series with its detection, and the days to judge. */
export function* seriesOf(
  { readings }: Matter,
  byId: ReadonlyMap<string, Detection>,
): Iterable<[series: Series, detection: Detection, days: { readonly from: number; readonly to: number }]> {
  for (const { all, judge } of readings) {
    if (judge === undefined) continue
    for (const series of all.values()) {
      const detection = byId.get(series.detection)
      if (detection !== undefined) yield [series, detection, judge]
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
