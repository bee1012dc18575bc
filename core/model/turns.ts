/**
 * Turns at a quota that several processes share. Time is cut into short windows, each with so many turns; whoever takes
 * some may use them at any time inside the window. All times are epoch milliseconds.
 */
export interface TurnTerms {
  readonly windowMs: number
  /** In each window. */
  readonly turns: number
}

/** The one row that all processes change. */
export interface TurnRow {
  /** Number of the newest window that turns were taken from. */
  readonly window: number
  readonly taken: number
  readonly pause?: SharedPause
}

/** Nobody sends until `until`. `at`: when that was said, on the same clock. */
export interface SharedPause {
  readonly at: number
  readonly until: number
}

/** Turns for use from `from` on and before `to`; none where all windows that are handed out ahead are full. */
export interface Lease {
  readonly from: number
  readonly to: number
  readonly turns: number
  readonly pause?: SharedPause
}

/** Windows handed out ahead. A row further ahead than that was written by a clock that is wrong, or by ours when it was. */
const AHEAD = 10

/**
 * A stretch as long as the quota's touches one window more than fit into it; even then it has no more turns than the quota has
 * requests.
 */
export function termsFor(
  { requests, perMs }: { readonly requests: number; readonly perMs: number },
  windowMs = 3_000,
): TurnTerms {
  return { windowMs, turns: Math.max(1, Math.floor(requests / (Math.ceil(perMs / windowMs) + 1))) }
}

/**
 * Takes turns from the first window that has some. `want` is for a whole window; of one that is partly over
 * it is less, as turns that nobody gets round to using are lost to all.
 */
export function takeTurns(
  row: TurnRow | undefined,
  now: number,
  want: number,
  { turns, windowMs }: TurnTerms,
): { readonly row: TurnRow; readonly lease: Lease } {
  const current = Math.floor(now / windowMs)
  const isKnown = row !== undefined && row.window >= current && row.window < current + AHEAD
  const known = isKnown ? row : { window: current, taken: 0 }
  const next = known.taken < turns ? known : { window: known.window + 1, taken: 0 }
  const from = next.window * windowMs
  const lease = { from, to: from + windowMs, ...(row?.pause && { pause: row.pause }) }
  if (next.window >= current + AHEAD) return { row: row ?? known, lease: { ...lease, turns: 0 } }
  const share = next.window > current ? 1 : (lease.to - now) / windowMs
  const given = Math.min(turns - next.taken, Math.max(1, Math.ceil(want * share)))
  return {
    row: { ...(row?.pause && { pause: row.pause }), window: next.window, taken: next.taken + given },
    lease: { ...lease, turns: given },
  }
}
