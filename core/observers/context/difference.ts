import type { Held, Snapshot } from '../../model/tenant-context.ts'
import { HOUR, type Seconds } from '../../model/time.ts'

/**
 * How long what appeared waits for a record that tells of it: most come within two hours. Somebody who reads two messages about one consent
 * stops reading.
 */
export const GRACE: Seconds = 6 * HOUR

export interface Difference<T> {
  /** Rows that are not as they were kept. */
  readonly changed: ReadonlyMap<string, Held<T>>
  /** What appeared at least `GRACE` ago and no record has told of, also where it has gone again. */
  readonly untold: readonly (readonly [row: string, held: Held<T>])[]
}

/**
 * The newest look against what is kept. `watched`: what appears is waited for and told; else it is only kept. `isExplained`: a
 * record has told of it. What is told depends on what was kept alone, so a look that dies before it keeps tells the same again.
 */
export function difference<T>(
  before: Snapshot<T> | undefined,
  found: ReadonlyMap<string, T>,
  now: Seconds,
  watched: boolean,
  isExplained: (item: T) => boolean = () => false,
): Difference<T> {
  const changed = new Map<string, Held<T>>()
  const untold: [string, Held<T>][] = []
  for (const [row, item] of found) {
    const known = before?.items.get(row)
    if (known !== undefined && known.goneAt === undefined) {
      if (!isSame(known.item, item)) changed.set(row, { ...known, item })
    } else {
      const open = before !== undefined && watched && !isExplained(item)
      changed.set(row, { item, since: now, ...(open && { open }) })
    }
  }
  for (const [row, known] of before?.items ?? []) {
    const gone = !found.has(row) && known.goneAt === undefined
    const overdue = known.open === true && now - known.since >= GRACE
    const explained = known.open === true && isExplained(known.item)
    if (gone) changed.set(row, { ...known, goneAt: now })
    if (!overdue && !explained) continue
    if (!explained) untold.push([row, known])
    const { open: _, ...settled } = changed.get(row) ?? known
    // One that came back meanwhile has begun anew, and waits anew.
    if (changed.get(row)?.since !== now) changed.set(row, settled)
  }
  return { changed, untold }
}

/** Items are small and flat, and made in one place, so their properties come in one order. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
