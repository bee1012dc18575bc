import { crc32, inflateRawSync } from 'node:zlib'

/** Reads a zip from its directory, as tools do, and holds every number in it against the content. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0) throw new Error('no end of directory')
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  const files = new Map<string, Buffer>()
  for (let entry = 0; entry < count; entry++) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new Error(`no directory entry at ${at}`)
    const nameLength = archive.readUInt16LE(at + 28)
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const local = archive.readUInt32LE(at + 42)
    // What stands before the file repeats the directory: version to name length.
    const common = (start: number) => archive.toString('hex', start, start + 24)
    if (common(local + 4) !== common(at + 6)) throw new Error(`${name}: the two headers differ`)
    const start = local + 30 + nameLength + archive.readUInt16LE(local + 28)
    const content = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(at + 20)))
    if (content.length !== archive.readUInt32LE(at + 24)) throw new Error(`${name}: wrong length`)
    if (crc32(content) !== archive.readUInt32LE(at + 16)) throw new Error(`${name}: wrong checksum`)
    files.set(name, content)
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  if (at !== end || archive.readUInt32LE(end + 12) !== end - archive.readUInt32LE(end + 16))
    throw new Error('the directory does not end where it says')
  return files
}
