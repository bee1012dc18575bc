import { jsonParser } from 'stream-json/core/parser.js'
import { makeElements } from './json-elements.ts'
import { pieceEnd } from './json-pieces.ts'
import { MAX_RECORD_BYTES, type Raw } from './types.ts'

const HOPELESS_DEPTH = 1_000_000
// More than stream-json's tokenizer wants to see before it decides (16 characters).
const LOOK_AHEAD = 32

/**
 * JSON of any size and layout: one array, one object, pages, or several of them one after another.
 *
 * stream-json's tokenizer is fed in pieces that end with a closing brace, for two reasons. When it throws, the
 * tokens of the piece it was given are lost: a record ends with its brace, so none that was complete is among
 * them, and the offset is known. And its strings are slices of the text it was given: pieces decoded one by one
 * let go of their neighbours.
 *
 * @param start bytes before the first chunk (a byte-order mark), so that offsets are those of the text
 */
export async function* readJson(
  chunks: AsyncIterable<Buffer>,
  file: string,
  start: number,
  cut: () => boolean,
): AsyncGenerator<Raw[]> {
  const elements = makeElements(file)
  // Strings come in chunks, so that one without end can be dropped while it is read.
  const tokens = jsonParser({
    jsonStreaming: true,
    streamKeys: false,
    streamNumbers: false,
    streamStrings: true,
    packStrings: false,
  })
  let understood = start
  let silent = 0

  /** A reason code when this file cannot be read any further. */
  const feed = (text: string, bytes: number): string | undefined => {
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
  const stopped = (rejected: string): Raw => ({
    rejected,
    where: `${file} element ${elements.count() + 1}, near byte ${understood} of the text`,
  })

  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let from = 0
    for (;;) {
      const to = pieceEnd(bytes, from, elements.inText())
      if (to === from) break
      const problem = feed(bytes.toString('utf8', from, to), to - from)
      if (problem !== undefined) {
        yield [...elements.drain(), stopped(problem)]
        return
      }
      from = to
    }
    rest = Buffer.from(bytes.subarray(from))
    if (elements.size() > 0) yield elements.drain()
  }
  // A number, a literal or an escape that could go on is waited for; blanks end the wait.
  const problem = feed(`${rest.toString('utf8')}${' '.repeat(LOOK_AHEAD)}`, rest.length)
  const out = elements.drain()
  if (!cut() && (problem !== undefined || !elements.complete()))
    out.push(stopped(problem ?? 'malformed-json'))
  if (out.length > 0) yield out
}
