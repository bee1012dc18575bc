import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

const CHUNK_BYTES = 128 * 1024
// Deflate packs at most 1:1032, so this much input makes at most 17 MB of output at a time.
const GZIP_SLICE_BYTES = 16 * 1024

/** How far a gzip file is unpacked. Audit logs pack at 1:15 to 1:40; a bomb, at up to 1:1032, would keep us for days. */
export interface UnpackLimits {
  /** Bytes, whatever the file's size. */
  readonly most: number
  /** Times the bytes of the file, above `free` bytes. */
  readonly ratio: number
  readonly free: number
}

const LIMITS: UnpackLimits = { most: 64 * 1024 ** 3, ratio: 300, free: 64 * 1024 ** 2 }

export interface Source {
  /** The text of the file in UTF-8, unpacked, with its byte-order mark if it was UTF-8 before. */
  chunks: AsyncGenerator<Buffer>
  /** Once `chunks` has ended early: what happened, the beginning of a sentence. */
  broken(): string | undefined
}

/** @param onBytes called with the bytes read from disk so far */
export function openSource(path: string, onBytes: (bytes: number) => void, limits = LIMITS): Source {
  let broken: string | undefined
  const bytes = readBytes(path, onBytes, sentence => {
    broken ??= sentence
  })
  const source = unpackSource(bytes, path, limits)
  return { chunks: source.chunks, broken: () => broken ?? source.broken() }
}

/** Bytes as they lie on disk to text: gzip and UTF-16 are told by their first two bytes. */
export function unpackSource(bytes: AsyncGenerator<Buffer>, path: string, limits = LIMITS): Source {
  let broken: string | undefined
  const fail = (sentence: string) => {
    broken ??= sentence
  }
  const chunks = unpack(bytes, (packed, isGzip) => (isGzip ? gunzip(packed, path, limits, fail) : packed))
  return { chunks, broken: () => broken }
}

type Fail = (sentence: string) => void

async function* unpack(
  bytes: AsyncGenerator<Buffer>,
  open: (packed: AsyncGenerator<Buffer>, isGzip: boolean) => AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  const packed = await peek(bytes, head => head.length >= 2)
  const plain = open(packed.chunks, packed.head[0] === 0x1f && packed.head[1] === 0x8b)
  const text = await peek(plain, head => head.length >= 2)
  const mark = text.head.toString('latin1', 0, 2)
  // PowerShell's Out-File and `>` write UTF-16 with a mark unless told otherwise.
  if (mark === '\xff\xfe') yield* transcode(text.chunks, 'utf-16le')
  else if (mark === '\xfe\xff') yield* transcode(text.chunks, 'utf-16be')
  else yield* text.chunks
}

/** Reads until `enough` or the end; `chunks` then gives everything, the head too. */
export async function peek(
  chunks: AsyncGenerator<Buffer>,
  enough: (head: Buffer) => boolean,
): Promise<{ head: Buffer; whole: boolean; chunks: AsyncGenerator<Buffer> }> {
  let head: Buffer = Buffer.alloc(0)
  let whole = false
  while (!whole && !enough(head)) {
    const next = await chunks.next()
    if (next.done) whole = true
    else head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  return { head, whole, chunks: prepend(head, chunks) }
}

async function* prepend(head: Buffer, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head
    yield* chunks
  } finally {
    // Not reached by `yield*` when the reader leaves during the first yield: the file would stay open.
    await chunks.return(undefined)
  }
}

async function* readBytes(
  path: string,
  onBytes: (bytes: number) => void,
  fail: Fail,
): AsyncGenerator<Buffer> {
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      bytes += chunk.length
      onBytes(bytes)
      yield chunk
    }
  } catch (error) {
    fail(`The file "${path}" could not be read to its end (${errorCode(error)})`)
  }
}

/**
 * Written by hand instead of with pipeline(): a stream that fails throws away what it had unpacked before, and of a
 * file that ends too early that is everything one can still have. Seen with Node 24: the callback of a write is
 * never called when its bytes are damaged, or when something follows the packed data; hence `wake`.
 */
async function* gunzip(
  chunks: AsyncGenerator<Buffer>,
  path: string,
  { free, most, ratio }: UnpackLimits,
  fail: Fail,
): AsyncGenerator<Buffer> {
  const unzip = createGunzip({ chunkSize: CHUNK_BYTES })
  let out: Buffer[] = []
  let finished = false
  let packed = 0
  let bytes = 0
  let wake = () => {}
  const finish = () => {
    finished = true
    wake()
  }
  unzip.on('data', (chunk: Buffer) => out.push(chunk))
  unzip.on('end', finish)
  unzip.on('error', error => {
    fail(`The gzip file "${path}" ${errorCode(error) === 'Z_BUF_ERROR' ? 'ends too early' : 'is damaged'}`)
    finish()
  })
  const until = (start: (done: () => void) => void) =>
    new Promise<void>(resolve => {
      wake = resolve
      start(resolve)
    })
  const drain = () => {
    const drained = out
    out = []
    return drained
  }
  try {
    for await (const chunk of chunks) {
      for (let from = 0; from < chunk.length && !finished; from += GZIP_SLICE_BYTES) {
        const slice = chunk.subarray(from, from + GZIP_SLICE_BYTES)
        await until(done => unzip.write(slice, () => done()))
        packed += slice.length
        for (const unpacked of drain()) {
          bytes += unpacked.length
          yield unpacked
        }
        if (bytes <= Math.min(most, Math.max(free, packed * ratio))) continue
        fail(
          `The gzip file "${path}" unpacks to more than ${bytes} bytes of ${packed}, which no audit log does`,
        )
        finished = true
      }
      if (finished) break
    }
    if (!finished) await until(() => unzip.end())
    yield* drain()
  } finally {
    unzip.destroy()
  }
}

async function* transcode(chunks: AsyncGenerator<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield Buffer.from(text, 'utf8')
  }
  const last = decoder.decode()
  if (last !== '') yield Buffer.from(last, 'utf8')
}

/** `ENOENT` and the like of a platform error. */
export function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.name : 'unknown'
}
