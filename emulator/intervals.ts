/** Half-open intervals in milliseconds. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/** What of `whole` no interval covers, oldest first. */
export function uncovered(whole: Interval, covers: readonly Interval[]): Interval[] {
  const holes: Interval[] = []
  let reached = whole.from
  for (const { from, to } of covers.filter(c => c.from < c.to).sort((a, b) => a.from - b.from)) {
    if (from > reached && reached < whole.to) holes.push({ from: reached, to: Math.min(from, whole.to) })
    reached = Math.max(reached, to)
  }
  if (reached < whole.to) holes.push({ from: reached, to: whole.to })
  return holes
}
