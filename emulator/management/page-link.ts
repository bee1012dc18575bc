import type { ContentType } from '../content.ts'
import { isoSeven, readStamp, stamp } from '../times.ts'
import type { TimeRange } from './range.ts'

/** Where a page begins: behind the blob that became available at this moment with this ordinal. */
export interface PagePosition {
  readonly availableAt: number
  readonly ordinal: number
}

export const FIRST_PAGE: PagePosition = { availableAt: 0, ordinal: 0 }

/** `20200220001806300068349$20200219104642000000000$na0022`: last blob, start of the range, region. */
const pageToken = (position: PagePosition, from: number) =>
  `${stamp(position.availableAt, position.ordinal)}$${stamp(from)}$na0022`

/** Undefined when the token is not one we gave out for this range. */
export function readPageToken(token: string, range: TimeRange): PagePosition | undefined {
  const [last, start, region, ...more] = token.split('$')
  const position = readStamp(last ?? '')
  if (!position || region !== 'na0022' || more.length > 0) return undefined
  if (start !== stamp(range.from)) return undefined
  return { availableAt: position.ms, ordinal: position.tail }
}

/**
 * The part of a `NextPageUri` behind `…/activity/feed`, in the spelling met in the wild: names in lower
 * case, seven digits of fraction, `$` left alone, and no PublisherIdentifier, which the client has to add again.
 */
export function pageLink(contentType: ContentType, range: TimeRange, position: PagePosition): string {
  const [from, to] = [isoSeven(range.from), isoSeven(range.to)]
  const query = `contenttype=${contentType}&starttime=${from}&endtime=${to}`
  return `/subscriptions/content?${query}&nextpage=${pageToken(position, range.from)}`
}
