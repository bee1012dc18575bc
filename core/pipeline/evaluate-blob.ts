import type { Feed } from '../feeds/feed.ts'
import type { Parse } from '../feeds/normalise/parse.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import type { Detection, TenantFacts } from '../model/detection.ts'
import { FeedError } from '../model/errors.ts'
import type { Observer } from '../observers/observer.ts'
import type { BlobCounts } from '../stores/ledger.ts'
import { makeSource, sourceOf } from '../stores/source.ts'
import { type Count, makeCount, type Seen } from './count.ts'
import { malformed, readBlob, readPieces } from './read-blob.ts'

export interface EvaluateDeps {
  readonly detections: readonly Detection[]
  readonly parse: Parse
  /** Those that want to look at something because of a record. */
  readonly observers?: readonly Observer[]
  /** Shown everything read, for statistics. */
  onRead?(read: ReadRecords): void
}

/** What was in a blob, as far as statistics go. */
export interface ReadRecords {
  readonly records: readonly Seen[]
  readonly counts: BlobCounts
}

/** A blob that was read to its end. */
export interface Evaluated {
  readonly source: string
  readonly count: Count
  readonly counts: BlobCounts
}

/** Small blobs are parsed at once, which is quickest; one that is too large for that is asked for again and read as it comes. */
export async function evaluateBlob(
  deps: EvaluateDeps,
  feed: Feed,
  blob: ContentBlob,
  facts: TenantFacts,
  signal: AbortSignal,
): Promise<Evaluated> {
  const open = () => makeCount({ ...deps, blob, facts, keepSeen: deps.onRead !== undefined })
  try {
    const text = await feed.fetch(blob, signal)
    const { records, counts } = readBlob(text, deps.parse)
    const count = open()
    for (const record of records) count.add(record)
    return { source: sourceOf(feed.id, blob.id, text), count, counts }
  } catch (error) {
    const isLarge = error instanceof FeedError && error.code === 'too-large'
    if (!isLarge || feed.stream === undefined) throw error
  }
  const streamed = await feed.stream(blob, signal, async bytes => {
    const count = open()
    const source = makeSource(feed.id, blob.id)
    const counts = await readPieces(passing(bytes, source.update), deps.parse, count.add)
    return counts && { source: source.id(), count, counts }
  })
  if (streamed === undefined) throw malformed()
  return streamed
}

async function* passing(
  bytes: AsyncIterable<Uint8Array>,
  see: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    see(chunk)
    yield chunk
  }
}
