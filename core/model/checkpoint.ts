import { DAY, HOUR, MINUTE, type Seconds } from './time.ts'

/** How far a feed has been listed: everything available before `listedTo` was on a listing at least once. */
export interface Checkpoint {
  readonly listedTo: Seconds
}

export interface Slice {
  readonly from: Seconds
  readonly to: Seconds
}

/** The API lists at most 24 hours at a time and at most 7 days back. */
export const LOOK_BACK: Seconds = 7 * DAY
export const SLICE: Seconds = DAY
/** Listed again on every poll: blobs have been seen to appear behind a listing that already covered them. */
export const OVERLAP: Seconds = 3 * HOUR

/** A stretch that is listed again: so far back, so often. */
export interface Tier {
  readonly reach: Seconds
  readonly every: Seconds
}

/**
 * Blobs appear behind listings that already covered them: most within minutes, some after hours, few after days. The
 * overlap of every poll comes on top; these are the slow rounds, the widest last.
 */
export const TIERS: readonly Tier[] = [
  { reach: DAY, every: 3 * HOUR },
  { reach: LOOK_BACK, every: DAY },
]

/** When each tier was last gone through, by its reach. Of one feed, and kept: a process that starts anew repeats nothing. */
export type Relisted = Readonly<Record<string, Seconds>>

/** Timers are not to the second, and a round must not wait for the next one because of it. */
const SLACK: Seconds = 10 * MINUTE

/** The widest tier that is due; `undefined` where none is. */
export function dueTier(now: Seconds, relisted: Relisted = {}): Tier | undefined {
  return TIERS.findLast(({ every, reach }) => now - (relisted[reach] ?? 0) >= every - SLACK)
}

/** After a round of `reach`, which holds all narrower ones. */
export function afterRound(relisted: Relisted = {}, reach: Seconds, now: Seconds): Relisted {
  const done = TIERS.filter(tier => tier.reach <= reach).map(tier => [tier.reach, now])
  return { ...relisted, ...Object.fromEntries(done) }
}

export interface ListingPlan {
  readonly slices: readonly Slice[]
  /** What lies further back than the API reaches and was never listed: lost, and to be said. */
  readonly lost: Slice | undefined
}

/** Microsoft refuses a range that begins a second too early by its clock, and ours may be ten minutes behind. */
const MARGIN: Seconds = 15 * MINUTE

/**
 * Which slices of availability time (not event time) to list now. `margin` keeps the oldest bound inside the look-back while the
 * request is on its way, and with a clock that is wrong.
 */
export function planListing(
  now: Seconds,
  checkpoint: Checkpoint | undefined,
  { overlap = OVERLAP, margin = MARGIN }: { overlap?: Seconds; margin?: Seconds } = {},
): ListingPlan {
  const oldest = now - LOOK_BACK + margin
  const wanted = checkpoint ? checkpoint.listedTo - overlap : oldest
  const from = Math.max(Math.min(wanted, now), oldest)
  const slices: Slice[] = []
  for (let at = from; at < now; at += SLICE) slices.push({ from: at, to: Math.min(at + SLICE, now) })
  const lost =
    checkpoint && checkpoint.listedTo < oldest ? { from: checkpoint.listedTo, to: oldest } : undefined
  return { slices, lost }
}
