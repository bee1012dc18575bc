import type { Slice } from '../../model/checkpoint.ts'
import type { ContentBlob } from '../../model/content-blob.ts'
import { FeedError } from '../../model/errors.ts'
import { DAY, HOUR, iso, parseWireTime, type Seconds } from '../../model/time.ts'
import type { Stream } from './streams.ts'

/** How far back the past is read when a stream is first seen to work: the Free licence keeps no more. */
const BACKFILL = 7 * DAY

/**
 * The blobs of a stream that became available within `slice`. A blob is a span of event time that is over, in one of
 * the stream's rounds; it is available from `lag` after its end. So blobs depend on the clock alone, whoever lists them
 * and how often. `since`: when the stream was first seen to work; the time before it comes in long spans, at once.
 */
export function blobsOf(stream: Stream, since: Seconds, { from, to }: Slice): ContentBlob[] {
  const begin = Math.floor(since / HOUR) * HOUR
  const blobs: ContentBlob[] = []
  for (const { name, span, lag } of stream.passes) {
    const oldest = Math.max(from, begin) - lag - span
    for (let at = Math.ceil(oldest / span) * span; at + span + lag < to; at += span)
      blobs.push(blobOf(stream, name, at, at + span, at + span + lag))
  }
  const { backfill } = stream
  if (backfill !== undefined && begin >= from && begin < to)
    for (let at = begin - BACKFILL; at < begin; at += backfill)
      blobs.push(blobOf(stream, 'past', at, Math.min(at + backfill, begin), begin))
  return blobs.sort((a, b) => (a.created < b.created ? -1 : a.created > b.created ? 1 : 0))
}

function blobOf(stream: Stream, pass: string, from: Seconds, to: Seconds, available: Seconds): ContentBlob {
  const id = `${pass}.${iso(from)}.${iso(to)}`
  return { feed: stream.id, id, uri: `${stream.path}?${id}`, created: iso(available), expires: undefined }
}

/** The span of event time that a blob stands for: `from` included, `to` not. */
export function spanOf({ id }: ContentBlob): Slice {
  const [, from, to] = id.split('.').map(parseWireTime)
  if (from === undefined || to === undefined || from >= to)
    throw new FeedError('rejected', `The blob ${id.slice(0, 80)} names no span of time`)
  return { from, to }
}

/** `le` and `ge` are all that directory audits document; entries carry seven digits of fraction. */
export function filterOf({ time, only }: Stream, { from, to }: Slice): string {
  const until = iso(to - 1).replace('Z', '.9999999Z')
  return [`${time} ge ${iso(from)}`, `${time} le ${until}`, ...(only === undefined ? [] : [only])].join(
    ' and ',
  )
}
