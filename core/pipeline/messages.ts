import type { ContentBlob } from '../model/content-blob.ts'

/** A few blob pointers of one feed: what travels on the queue. */
export interface IngestMessage {
  readonly feed: string
  readonly blobs: readonly ContentBlob[]
}

/** Blobs read together share the window reads of the people they are about. */
const BLOBS_A_MESSAGE = 8

export function messagesOf(feed: string, blobs: readonly ContentBlob[]): IngestMessage[] {
  const messages: IngestMessage[] = []
  for (let i = 0; i < blobs.length; i += BLOBS_A_MESSAGE)
    messages.push({ feed, blobs: blobs.slice(i, i + BLOBS_A_MESSAGE) })
  return messages
}
