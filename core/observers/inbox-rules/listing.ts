import type { Observation } from '../../model/observation.ts'
import type { Seconds } from '../../model/time.ts'
import type { InboxRules } from '../../stores/inbox-rules.ts'
import type { State } from '../../stores/state.ts'
import type { Tell } from '../observer.ts'

/** When the list is told that is being told; kept as `inbox-rules.listing`. */
interface Listing {
  readonly at?: Seconds
}

const LISTING = 'inbox-rules.listing'

/**
 * Tells rules that were there before us, all of one time, so that they are one list. That time is kept first: a death
 * while rows are struck off tells the rest again as what it was.
 */
export async function tellUnlisted(rules: InboxRules, state: State, tell: Tell, now: Seconds): Promise<void> {
  const pending = (await rules.all()).filter(({ unlisted = [] }) => unlisted.length > 0)
  const before = (await state.read<Listing>(LISTING))?.at
  if (pending.length === 0 && before === undefined) return
  const at = before ?? now
  if (before === undefined) await state.write(LISTING, { at })
  const all = pending.flatMap(({ unlisted = [] }) => unlisted.map(one => ({ ...one, at })))
  for (const batch of inBatches(all)) await tell(batch)
  for (const { unlisted: _, ...known } of pending) await rules.keep(known)
  await state.write(LISTING, {})
}

/** What is told at once is one row, and hostile rules are as long as they may be. */
const MOST_BYTES = 300_000

export function inBatches(observations: readonly Observation[]): Observation[][] {
  const batches: Observation[][] = []
  let left = 0
  for (const one of observations) {
    const bytes = Buffer.byteLength(JSON.stringify(one))
    if (bytes > left) {
      batches.push([])
      left = MOST_BYTES
    }
    batches.at(-1)?.push(one)
    left -= bytes
  }
  return batches
}
