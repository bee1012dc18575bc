import type { ContentBlob } from '../../model/content-blob.ts'
import { FeedError } from '../../model/errors.ts'
import { iso, type Seconds } from '../../model/time.ts'
import { oneLine } from '../../net/one-line.ts'

/** A place at which an hour is cut into content blobs: bytes from its beginning, and when it was first seen so long. */
export type Cut = readonly [to: number, at: Seconds]

/** An hour is cut here at the latest, counted from its beginning, so that everybody cuts alike what came at once. */
export const CHUNK = 1024 * 1024

/** The cuts of an hour that is `size` bytes long by now. Those made before stay, or what they named would go astray. */
export function cutsOf(before: readonly Cut[], size: number, now: Seconds): readonly Cut[] {
  const cuts = [...before]
  for (let from = endOf(before); from < size; from = endOf(cuts))
    cuts.push([Math.min((Math.floor(from / CHUNK) + 1) * CHUNK, size), now])
  return cuts.length === before.length ? before : cuts
}

function endOf(cuts: readonly Cut[]): number {
  return cuts.at(-1)?.[0] ?? 0
}

/** Bytes `from` to `to` of an hour. */
export interface Range {
  readonly path: string
  readonly from: number
  readonly to: number
}

/** Every range of an hour as a content blob. What an hour held once it holds for ever, so a blob is always the same. */
export function blobsOf(feed: string, path: string, cuts: readonly Cut[]): ContentBlob[] {
  return cuts.map(([to, at], n) => ({
    feed,
    id: `${path}:${cuts[n - 1]?.[0] ?? 0}-${to}`,
    uri: path,
    created: iso(at),
    expires: undefined,
  }))
}

export function rangeOf({ id }: ContentBlob): Range {
  const [, path = '', first, end] = /^(.+):(\d{1,15})-(\d{1,15})$/.exec(id) ?? []
  const [from, to] = [Number(first), Number(end)]
  if (from < to && to - from <= CHUNK) return { path, from, to }
  throw new FeedError('rejected', `The blob ${oneLine(id)} names no part of the activity log.`)
}
