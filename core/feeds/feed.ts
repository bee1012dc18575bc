import type { Slice } from '../model/checkpoint.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import type { Seconds } from '../model/time.ts'

/**
 * A named stream of content blobs. All methods throw `FeedError` only; they may be called again and in parallel,
 * and a feed may list a blob more than once, in any order.
 */
export interface Feed {
  readonly id: string
  /** Makes sure content is being collected. Cheap when it already is. `stopped` is called before it is started. */
  subscribe(signal: AbortSignal, stopped?: (was: Stopped) => Promise<void>): Promise<Subscription>
  /** Blobs that became available within the slice, page by page. */
  list(slice: Slice, signal: AbortSignal): AsyncIterable<readonly ContentBlob[]>
  /** The blob's bytes as text. `too-large` where it is better read in pieces. */
  fetch(blob: ContentBlob, signal: AbortSignal): Promise<string>
  /** Hands over the bytes of a large blob as they come; from the beginning again where they broke off. `read` throws nothing of its own. */
  stream?<T>(
    blob: ContentBlob,
    signal: AbortSignal,
    read: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T>
  /** What is known of whether the tenant lets us read it. Only of feeds that a tenant may do without. */
  capability?(): Promise<Capability | undefined>
  /**
   * Of feeds that read the past: their records teach what is usual and are never judged, because nobody wants alarms about
   * last month. Called once a blob has been counted; answers with the UTC days that are counted whole by now.
   */
  teaches?(blob: ContentBlob): Promise<readonly number[]>
  /** How far it has come, of feeds that read a stretch of the past and then are done. */
  progress?(): Promise<Progress | undefined>
}

/** Days of the past, by what became of them: `days` = `done` + `pending` + `lost`. */
export interface Progress {
  readonly days: number
  readonly done: number
  readonly pending: number
  /** They could not be read after every try. */
  readonly lost: number
  /** Of those done: the server held back some of their records. */
  readonly cut: number
}

/** What a tenant's licence, consent and cloud make of an optional feed. Plain data, kept with the time it was found out. */
export interface Capability {
  readonly feed: string
  readonly state: CapabilityState
  readonly checkedAt: Seconds
  /** Why not, in a sentence that says what would help. */
  readonly detail?: string
}

/** `refused`: for a reason we do not know. `unreachable`: never reached so far. */
export type CapabilityState =
  | 'works'
  | 'permission-missing'
  | 'not-licensed'
  | 'not-in-cloud'
  | 'refused'
  | 'unreachable'

/** What a subscription was that does not run. */
export type Stopped = 'absent' | 'disabled' | 'expired'

export type Subscription =
  | { readonly state: 'enabled' }
  /** Started by this call; the first content can take up to 12 hours. `was`: what it was before. */
  | { readonly state: 'started'; readonly was: Stopped }
  /** Starting again is not allowed yet. */
  | { readonly state: 'cooling'; readonly retryAfterMs: number }
