import type { Severity } from '../../core/model/severity.ts'
import { rank, SEVERITIES } from '../../core/model/severity.ts'
import type { Seconds } from '../../core/model/time.ts'
import { DAY } from '../../core/model/time.ts'
import { count, dayName, timeName } from '../../core/sinks/clock.ts'
import { grouped } from '../../core/sinks/sparkline.ts'
import { escapeHtml } from './html.ts'

/** What came in and what was found, over a day or whatever `bars` cover. */
export interface PageTimeline {
  readonly from: Seconds
  /** Seconds one bar stands for. */
  readonly step: Seconds
  /** Records in each. */
  readonly bars: readonly number[]
  /** Those outside the bars are left out. */
  readonly incidents: readonly PageIncident[]
  /** When nothing could be read. */
  readonly gaps?: readonly { readonly from: Seconds; readonly to: Seconds }[]
}

export interface PageIncident {
  readonly at: Seconds
  readonly severity: Severity
}

const COLOURS: Readonly<Record<Severity, string>> = {
  critical: '#8e192e',
  high: '#d13438',
  medium: '#e3a008',
  low: '#5b5fc7',
}
/** Sizes differ too, for eyes that do not tell the colours apart. */
const RADIUS: Readonly<Record<Severity, number>> = { critical: 6, high: 5, medium: 4, low: 3 }

const WIDTH = 480
const FLOOR = 96
const TALLEST = 52
const MOST_BARS = 240
/** Dots above one another at the same place, before the rest is left to the legend's numbers. */
const STACKED = 3

/** A figure: one SVG of shapes, with its words in HTML beside it so that they stay readable at phone width. */
export function renderTimeline(timeline: PageTimeline): string {
  const { from, step, gaps = [] } = timeline
  const length = step * timeline.bars.length
  if (!(length > 0) || !Number.isFinite(from + length)) return ''
  const to = from + length
  const incidents = timeline.incidents.filter(({ at }) => at >= from && at < to)
  const x = (at: Seconds): number => round((Math.min(Math.max(at, from), to) - from) * (WIDTH / length))
  const shapes = [
    ...gaps.map(gap => blind(x(gap.from), x(gap.to))),
    ...bars(timeline.bars),
    ...dots(incidents, x),
  ]
  const middle = from + Math.floor(length / 2)
  const total = timeline.bars.reduce((sum, bar) => sum + (bar > 0 ? bar : 0), 0)
  const days = dayName(from) === dayName(to - 1) ? dayName(from) : `${dayName(from)} – ${dayName(to - 1)}`
  const caption = `${days}: ${number(total, 'record')}, ${number(incidents.length, 'incident')}`
  const mark = length > 2 * DAY ? dayName : timeName
  return `<figure class="timeline"><figcaption>${escapeHtml(caption)}</figcaption>
<svg viewBox="0 0 ${WIDTH} 100" role="img" aria-label="${escapeHtml(caption)}"><path class="floor" d="M0 ${FLOOR}H${WIDTH}"/>${shapes.join('')}</svg>
<div class="axis"><span>${mark(from)}</span><span>${mark(middle)}</span><span>${mark(to)} UTC</span></div>
<ul class="legend">${legend(incidents, gaps.length > 0)}</ul></figure>`
}

function bars(values: readonly number[]): string[] {
  const shown = grouped(values, MOST_BARS)
  const peak = Math.max(1, ...shown)
  const width = WIDTH / shown.length
  return shown.flatMap((value, i) => {
    if (value === 0) return []
    const height = Math.max(1.5, round((value / peak) * TALLEST))
    return `<rect class="bar" x="${round(i * width + width * 0.1)}" y="${round(FLOOR - height)}" width="${round(width * 0.8)}" height="${height}"/>`
  })
}

function blind(left: number, right: number): string {
  return `<rect class="gap" x="${left}" y="0" width="${Math.max(1, round(right - left))}" height="${FLOOR}"/>`
}

/** Worst lowest, where the eye looks first, and stacked where they would hide one another. */
function dots(incidents: readonly PageIncident[], x: (at: Seconds) => number): string[] {
  const columns = new Map<number, number>()
  const worstFirst = incidents.toSorted((a, b) => rank(b.severity) - rank(a.severity) || a.at - b.at)
  return worstFirst.flatMap(({ at, severity }) => {
    const cx = Math.min(WIDTH - 7, Math.max(7, x(at)))
    const column = Math.round(cx / 12)
    const level = columns.get(column) ?? 0
    columns.set(column, level + 1)
    if (level >= STACKED) return []
    const title = `${severity}, ${timeName(at)} UTC`
    return `<circle class="${severity}" cx="${cx}" cy="${34 - level * 13}" r="${RADIUS[severity]}" fill="${COLOURS[severity]}"><title>${title}</title></circle>`
  })
}

function legend(incidents: readonly PageIncident[], blindAtTimes: boolean): string {
  const items = ['<li><i class="key bar"></i>records</li>']
  for (const severity of SEVERITIES.toReversed()) {
    const some = incidents.filter(incident => incident.severity === severity).length
    if (some > 0) {
      const size = RADIUS[severity] * 2
      items.push(
        `<li><svg class="key" width="${size}" height="${size}" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1" fill="${COLOURS[severity]}"/></svg>${count(some)} ${severity}</li>`,
      )
    }
  }
  if (blindAtTimes) items.push('<li><i class="key gap"></i>nothing could be read</li>')
  return items.join('')
}

function number(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? '' : 's'}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
