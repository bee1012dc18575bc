const CLOSING_BRACE = 0x7d
const QUOTE = 0x22
const BACKSLASH = 0x5c
const MAX_PIECE = 4096

/**
 * Where to cut JSON text: behind the next closing brace, or, when none is near, between two characters; never
 * inside an escape of one character. `from` itself means that more bytes are needed.
 * @param inText whether `from` lies inside a string, whose braces do not count (text full of them would come in
 *   crumbs: 200 MB of `x}` took 26 s and 1.1 GB that way)
 */
export function pieceEnd(bytes: Buffer, from: number, inText: boolean): number {
  const limit = Math.min(from + MAX_PIECE, bytes.length)
  const start = inText ? stringEnd(bytes, from, limit) : from
  const brace = start < limit ? bytes.indexOf(CLOSING_BRACE, start) : -1
  if (brace >= 0 && brace < limit) return brace + 1
  if (from + MAX_PIECE >= bytes.length) return from
  return wholeCharacter(bytes, from, limit)
}

/** Behind the quote that closes the string, or `limit`. */
function stringEnd(bytes: Buffer, from: number, limit: number): number {
  let quote = bytes.indexOf(QUOTE, from)
  while (quote >= 0 && quote < limit && backslashes(bytes, from, quote) % 2 === 1) {
    quote = bytes.indexOf(QUOTE, quote + 1)
  }
  return quote < 0 || quote >= limit ? limit : quote + 1
}

function wholeCharacter(bytes: Buffer, from: number, limit: number): number {
  let end = limit
  while (end > from && (bytes[end] ?? 0) >> 6 === 0b10) end--
  if (backslashes(bytes, from, end) % 2 === 1) end--
  return end > from ? end : limit
}

/** How many stand right before `end`. */
function backslashes(bytes: Buffer, from: number, end: number): number {
  let at = end
  while (at > from && bytes[at - 1] === BACKSLASH) at--
  return end - at
}
