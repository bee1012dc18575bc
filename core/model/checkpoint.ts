import { DAY, HOUR, type Seconds } from './time.ts'

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

export interface ListingPlan {
  readonly slices: readonly Slice[]
  /** What lies further back than the API reaches and was never listed: lost, and to be said. */
  readonly lost: Slice | undefined
}

/**
 * Which slices of availability time (not event time) to list now. `margin` keeps the oldest bound inside the
 * look-back while the request is on its way.
 */
export function planListing(
  now: Seconds,
  checkpoint: Checkpoint | undefined,
  { overlap = OVERLAP, margin = 5 * 60 }: { overlap?: Seconds; margin?: Seconds } = {},
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
