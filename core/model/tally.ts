import type { Members } from './small-map.ts'
import type { Seconds } from './time.ts'

/**
 * What is kept of one member: when it was first and last seen inside a pane, and its weight. The weight is a
 * property of the member (a message weighs 1 whenever it is read); exactness of the windows rests on that.
 */
export interface Span {
  readonly first: Seconds
  readonly last: Seconds
  readonly weight: number
}

/** A bounded set of weighted members. Merging is set union, so order, grouping and repetition do not matter. */
export type Tally = Members<number, Span>

/**
 * Most members one tally keeps. It must not be below any limit an operator can set: then a tally that was cut
 * still holds enough weight to reach every limit by itself, inside its own pane, so the cut is harmless.
 */
export const TALLY_CAP = 4_096

/** Adds one sighting of a member. A span may be shared by all members of a record; it is never changed. */
export function addMember(tally: Tally, member: number, span: Span): void {
  const seen = tally.get(member)
  if (seen === undefined) tally.set(member, span)
  else if (span.first < seen.first || span.last > seen.last || span.weight > seen.weight)
    tally.set(member, {
      first: Math.min(seen.first, span.first),
      last: Math.max(seen.last, span.last),
      weight: Math.max(seen.weight, span.weight),
    })
}

/** Set union, member by member, into `into`. */
export function mergeTally(into: Tally, other: Tally): void {
  for (const [member, span] of other) addMember(into, member, span)
}

/**
 * Keeps the `cap` smallest members. The choice depends on the set alone, so cutting before or after a merge
 * gives the same result.
 */
export function boundTally(tally: Tally, cap = TALLY_CAP): void {
  if (tally.size <= cap) return
  const members = [...tally.keys()].sort((a, b) => a - b)
  for (const member of members.slice(cap)) tally.delete(member)
}

/**
 * A member's number: 53 bits of a multiplicative hash. Numbers instead of texts keep a window of a hundred
 * thousand messages in a few megabytes, and SHA-256 costs more than parsing the record it came from. Nobody
 * gains from a collision: it lowers a count by one, and only for texts the attacker chose himself.
 */
export function memberOf(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2_654_435_761)
    low = Math.imul(low ^ code, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (0x1fffff & low) + (high >>> 0)
}
