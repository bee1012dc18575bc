const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** Characters a bar is widened to where there are few of them; six single blocks are hard to read as a picture. */
const WIDEST = 3

/**
 * At most `width` characters, oldest first. Zero is the flat line and anything above it is visibly more, so that a single
 * event does not vanish beside a thousand. Longer series show the largest of each group: a peak must not be averaged
 * away.
 */
export function sparkline(bars: readonly number[], width: number): string {
  const shown = grouped(bars, width)
  const peak = Math.max(0, ...shown)
  const times = Math.min(WIDEST, Math.max(1, Math.floor(width / shown.length)))
  return shown.map(bar => level(bar, peak).repeat(times)).join('')
}

function level(bar: number, peak: number): string {
  const top = LEVELS.length - 1
  return LEVELS[bar === 0 ? 0 : Math.max(1, Math.ceil((bar / peak) * top))] ?? ''
}

/** At most `width` bars, none of them negative or not a number. */
export function grouped(bars: readonly number[], width: number): number[] {
  const clean = bars.map(bar => (Number.isFinite(bar) && bar > 0 ? bar : 0))
  if (clean.length <= width) return clean
  const size = Math.ceil(clean.length / width)
  const groups: number[] = []
  for (let i = 0; i < clean.length; i += size) {
    let largest = 0
    for (const bar of clean.slice(i, i + size)) largest = Math.max(largest, bar)
    groups.push(largest)
  }
  return groups
}
