import type { Slice } from '../model/checkpoint.ts'
import type { ContentBlob } from '../model/content-blob.ts'

/**
 * A named stream of content blobs. All methods throw `FeedError` only; they may be called again and in parallel,
 * and a feed may list a blob more than once, in any order.
 */
export interface Feed {
  readonly id: string
  /** Makes sure content is being collected. Cheap when it already is. */
  subscribe(signal: AbortSignal): Promise<Subscription>
  /** Blobs that became available within the slice, page by page. */
  list(slice: Slice, signal: AbortSignal): AsyncIterable<readonly ContentBlob[]>
  /** The blob's bytes as text. */
  fetch(blob: ContentBlob, signal: AbortSignal): Promise<string>
}

export type Subscription =
  | { readonly state: 'enabled' }
  /** Started by this call; the first content can take up to 12 hours. `was`: what it was before. */
  | { readonly state: 'started'; readonly was: 'absent' | 'disabled' | 'expired' }
  /** Starting again is not allowed yet. */
  | { readonly state: 'cooling'; readonly retryAfterMs: number }
