import { crc32, deflateRawSync } from 'node:zlib'

const LOCAL_FILE = 0x04034b50
const CENTRAL_FILE = 0x02014b50
const END = 0x06054b50
/** 2.0, the first version with deflate. */
const VERSION = 20
const MADE_ON_UNIX = 3 << 8
const UTF8_NAMES = 1 << 11
const DEFLATE = 8
/** 1 January 1980, midnight: the earliest day the format can say. */
const EARLIEST = { time: 0, date: (1 << 5) | 1 }
/** A plain file, readable by all. */
const MODE = 0o100644

/**
 * A zip of these files, without anything that changes from one build to the next: in order of name, all of one date
 * and mode. The same Node version gives the same bytes; another one may bring another deflate.
 *
 * No zip64: sizes are far below 4 GB.
 */
export function zip(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const name of [...files.keys()].sort()) {
    const content = files.get(name) ?? new Uint8Array()
    const packed = deflateRawSync(content, { level: 9 })
    const common = commonHeader(name, content, packed.length)
    const local = Buffer.concat([words(['32', LOCAL_FILE]), common, Buffer.from(name), packed])
    directory.push(
      words(['32', CENTRAL_FILE], ['16', VERSION | MADE_ON_UNIX]),
      common,
      // No comment, first disk, no internal attributes; then the mode and where the file begins.
      words(['16', 0], ['16', 0], ['16', 0], ['32', MODE * 0x10000], ['32', offset]),
      Buffer.from(name),
    )
    bodies.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const count = files.size
  // One disk, the directory's place, no comment.
  const end = words(
    ['32', END],
    ['16', 0],
    ['16', 0],
    ['16', count],
    ['16', count],
    ['32', central.length],
    ['32', offset],
    ['16', 0],
  )
  return Buffer.concat([...bodies, central, end])
}

/** What the entry beside the file and the one in the directory both hold. */
function commonHeader(name: string, content: Uint8Array, packed: number): Buffer {
  return words(
    ['16', VERSION],
    ['16', UTF8_NAMES],
    ['16', DEFLATE],
    ['16', EARLIEST.time],
    ['16', EARLIEST.date],
    ['32', crc32(content)],
    ['32', packed],
    ['32', content.length],
    ['16', Buffer.byteLength(name)],
    ['16', 0],
  )
}

function words(...values: readonly (readonly [bits: '16' | '32', value: number])[]): Buffer {
  return Buffer.concat(
    values.map(([bits, value]) => {
      const bytes = Buffer.alloc(bits === '16' ? 2 : 4)
      if (bits === '16') bytes.writeUInt16LE(value)
      else bytes.writeUInt32LE(value)
      return bytes
    }),
  )
}
