import { MAX_RECORD_BYTES, type Raw } from './types.ts'
import { takeText } from './unwrap.ts'

const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d

/**
 * JSON Lines. Every line is decoded from its own bytes: a slice of one large string would keep all of that string
 * alive for as long as one record lives.
 */
export async function* readJsonLines(
  chunks: AsyncIterable<Buffer>,
  file: string,
  cut: () => boolean,
): AsyncGenerator<Raw[]> {
  let held: Buffer[] = []
  let heldBytes = 0
  let line = 0
  let out: Raw[] = []

  const take = (bytes: Buffer, start: number, end: number) => {
    const where = `${file} line ${line}`
    if (end - start > MAX_RECORD_BYTES) out.push({ rejected: 'too-long', where })
    else if (!isBlank(bytes, start, end)) takeText(lineText(bytes, start, end), where, out)
  }

  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      line++
      if (heldBytes > MAX_RECORD_BYTES) out.push({ rejected: 'too-long', where: `${file} line ${line}` })
      else if (heldBytes > 0) {
        const whole = Buffer.concat([...held, chunk.subarray(0, end)])
        take(whole, 0, whole.length)
      } else take(chunk, start, end)
      held = []
      heldBytes = 0
      start = end + 1
    }
    if (start < chunk.length) {
      heldBytes += chunk.length - start
      // Beyond the limit only the count goes on. A copy, because a subarray would keep the chunk.
      if (heldBytes > MAX_RECORD_BYTES) held = []
      else held.push(Buffer.from(chunk.subarray(start)))
    }
    if (out.length > 0) {
      yield out
      out = []
    }
  }
  if (heldBytes === 0) return
  line++
  if (heldBytes > MAX_RECORD_BYTES) out.push({ rejected: 'too-long', where: `${file} line ${line}` })
  else take(Buffer.concat(held), 0, heldBytes)
  // The half line at the end of a broken file is told once, with the file, and not as a bad record.
  if (cut()) out = out.filter(raw => 'record' in raw)
  if (out.length > 0) yield out
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte !== CARRIAGE_RETURN && byte !== 0x20 && byte !== 0x09) return false
  }
  return true
}

/** Files joined by `cat` or `copy /b` carry a byte-order mark in the middle, at the start of a line. */
function lineText(bytes: Buffer, start: number, end: number): string {
  const marked = bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf
  return bytes.toString('utf8', marked ? start + 3 : start, end)
}
