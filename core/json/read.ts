import { jsonParser } from 'stream-json/core/parser.js'
import type { Elements } from './elements.ts'
import { MAX_RECORD_BYTES } from './limits.ts'
import { pieceEnd } from './pieces.ts'

const HOPELESS_DEPTH = 1_000_000
// More than stream-json's tokenizer wants to see before it decides (16 characters).
const LOOK_AHEAD = 32

/** Where a text could not be read any further. */
export interface Stop {
  readonly reason: 'malformed-json' | 'rest-unreadable'
  /** Bytes of the text that were understood. */
  readonly at: number
  /** It ended before it was complete. */
  readonly atEnd: boolean
}

export interface JsonOptions {
  /** Several values may follow one another. */
  readonly several: boolean
  /** Called at most once, at the end. */
  stopped(stop: Stop): void
}

/**
 * JSON of any size and layout: one array, one object, pages, or several of them one after another.
 *
 * stream-json's tokenizer is fed in pieces that end with a closing brace, for two reasons. When it throws, the
 * tokens of the piece it was given are lost: a record ends with its brace, so none that was complete is among
 * them, and the offset is known. And its strings are slices of the text it was given: pieces decoded one by one
 * let go of their neighbours.
 */
export async function* readJson<T>(
  chunks: AsyncIterable<Uint8Array>,
  elements: Elements<T>,
  { several, stopped }: JsonOptions,
): AsyncGenerator<T[]> {
  // Strings come in chunks, so that one without end can be dropped while it is read.
  const tokens = jsonParser({
    jsonStreaming: several,
    streamKeys: false,
    streamNumbers: false,
    streamStrings: true,
    packStrings: false,
  })
  let understood = 0
  let silent = 0

  /** A reason code when this file cannot be read any further. */
  const feed = (text: string, bytes: number): Stop['reason'] | undefined => {
    let found: ReturnType<typeof tokens>
    try {
      found = tokens(text)
    } catch {
      return 'malformed-json'
    }
    understood += bytes
    silent += bytes
    if (typeof found !== 'symbol' && found.values.length > 0) {
      silent = 0
      for (const token of found.values) elements.token(token)
    }
    elements.grow(bytes)
    // The tokenizer hands over a key or a number whole, and keeps an entry per open bracket: these two could fill
    // the memory without one token, or one record, coming out.
    return silent > MAX_RECORD_BYTES || elements.depth() > HOPELESS_DEPTH ? 'rest-unreadable' : undefined
  }
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes =
      rest.length > 0
        ? Buffer.concat([rest, chunk])
        : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    let from = 0
    for (;;) {
      const to = pieceEnd(bytes, from, elements.inText())
      if (to === from) break
      const problem = feed(bytes.toString('utf8', from, to), to - from)
      if (problem !== undefined) {
        if (elements.size() > 0) yield elements.drain()
        stopped({ reason: problem, at: understood, atEnd: false })
        return
      }
      from = to
    }
    rest = Buffer.from(bytes.subarray(from))
    if (elements.size() > 0) yield elements.drain()
  }
  // A number, a literal or an escape that could go on is waited for; blanks end the wait.
  const problem = feed(`${rest.toString('utf8')}${' '.repeat(LOOK_AHEAD)}`, rest.length)
  if (elements.size() > 0) yield elements.drain()
  if (problem !== undefined || !elements.complete())
    stopped({ reason: problem ?? 'malformed-json', at: understood, atEnd: true })
}
