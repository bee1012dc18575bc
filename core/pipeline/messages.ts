import type { ContentBlob } from '../model/content-blob.ts'
import { isObject } from '../model/values.ts'

/** A few blob pointers of one feed: what travels on the queue. */
export interface IngestMessage {
  readonly feed: string
  readonly blobs: readonly ContentBlob[]
  /** Set aside before: read them all the same. */
  readonly retry?: true
}

/** Blobs read together share the window reads of the people they are about, which is most of what a back-fill costs. */
const BLOBS_A_MESSAGE = 64
/** Bytes of pointers; the queue takes 48 KiB. */
const SIZE = 32_000

export function messagesOf(feed: string, blobs: readonly ContentBlob[]): IngestMessage[] {
  const messages: { feed: string; blobs: ContentBlob[] }[] = []
  let left = 0
  for (const blob of blobs) {
    const size = Buffer.byteLength(JSON.stringify(blob))
    const last = messages.at(-1)
    if (last === undefined || last.blobs.length === BLOBS_A_MESSAGE || size > left) {
      messages.push({ feed, blobs: [blob] })
      left = SIZE - size
    } else {
      last.blobs.push(blob)
      left -= size
    }
  }
  return messages
}

/** A message as the queue hands it over. Throws for what the poller cannot have sent. */
export function readMessage(entry: unknown): IngestMessage {
  if (isObject(entry) && typeof entry.feed === 'string' && Array.isArray(entry.blobs)) {
    const { feed, blobs, retry } = entry
    if (blobs.every((blob): blob is ContentBlob => isBlob(blob) && blob.feed === feed))
      return { feed, blobs, ...(retry === true && { retry }) }
  }
  throw new TypeError('The queue holds a message that no poller sent; it was not used')
}

function isBlob(value: unknown): value is ContentBlob {
  if (!isObject(value) || !['string', 'undefined'].includes(typeof value.expires)) return false
  return [value.feed, value.id, value.uri, value.created].every(part => typeof part === 'string')
}
