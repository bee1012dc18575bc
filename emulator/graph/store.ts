import type { GraphEntry, GraphLog } from './entries.ts'

/** Published entries. An entry published again under its id stands in place of the earlier one. */
export interface GraphStore {
  publish(entries: readonly GraphEntry[]): void
  /** What can be seen by `now`, newest event first. `delay`: by how many milliseconds an entry is late besides. */
  visible(
    log: GraphLog,
    now: number,
    delay?: (entry: GraphEntry['entry']) => number,
  ): Readonly<Record<string, unknown>>[]
}

export const timeOf = ({ activityDateTime, createdDateTime }: Readonly<Record<string, unknown>>) =>
  String(activityDateTime ?? createdDateTime)

export function makeGraphStore(): GraphStore {
  const published: GraphEntry[] = []
  return {
    publish: entries => void published.push(...entries),
    visible: (log, now, delay = () => 0) => {
      const latest = new Map<unknown, GraphEntry>()
      for (const one of published) {
        if (one.log !== log || one.availableAt + delay(one.entry) > now) continue
        const known = latest.get(one.entry.id)
        if (known === undefined || known.availableAt <= one.availableAt) latest.set(one.entry.id, one)
      }
      return [...latest.values()]
        .map(({ entry }) => entry)
        .sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : timeOf(a) > timeOf(b) ? -1 : 0))
    },
  }
}
