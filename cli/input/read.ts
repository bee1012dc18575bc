import { readCsv } from './csv.ts'
import { readJson } from './json.ts'
import { readJsonLines } from './json-lines.ts'
import { type InputFile, planFiles } from './plan.ts'
import { type Format, recognise } from './recognise.ts'
import { openSource, peek, type Source } from './source.ts'
import { BATCH_SIZE, InputError, type InputProgress, type Raw } from './types.ts'

export { InputError, type InputProgress, type Raw } from './types.ts'

const LOOK_BYTES = 64 * 1024
// A first line longer than this is read as one JSON text: the same records, more slowly.
const LOOK_BYTES_LONG_LINE = 2 * 1024 * 1024

/**
 * The raw audit records of files and folders, in batches of at most 500.
 *
 * Every path, and the beginning of every file that was named, is looked at before the first record. A file that
 * turns out broken (a gzip file cut short) gives what can be read of it, does not stop the files after it, and is
 * reported by the InputError that then ends the stream.
 */
export async function* readPaths(
  paths: readonly string[],
  onProgress?: (progress: InputProgress) => void,
): AsyncGenerator<Raw[]> {
  const files = await planFiles(paths)
  for (const file of files) if (file.origin === 'named' && file.regular) await checkNamed(file)

  const totalBytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const broken: string[] = []
  let before = 0
  for (const file of files) {
    const report = (bytes: number) => {
      onProgress?.({ bytesRead: Math.min(before + bytes, totalBytes), totalBytes, file: file.path })
    }
    const failure = yield* readFile(file, report)
    if (failure !== undefined) broken.push(failure)
    report(file.bytes)
    before += file.bytes
  }
  if (broken.length > 0) throw new InputError('incomplete', broken.join(' '))
}

async function* readFile(
  file: InputFile,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Raw[], string | undefined> {
  if (file.origin === 'odd') {
    yield [{ rejected: 'unrecognised-file', where: file.path }]
    return undefined
  }
  const source = openSource(file.path, onBytes)
  let records = 0
  for await (const batch of readSource(source, file)) {
    for (const raw of batch) if ('record' in raw) records++
    if (batch.length <= BATCH_SIZE) yield batch
    else
      for (let from = 0; from < batch.length; from += BATCH_SIZE) yield batch.slice(from, from + BATCH_SIZE)
  }
  const sentence = source.broken()
  return sentence && `${sentence}; ${records} records were read before that.`
}

/** The records of one source, in batches as large as its chunks make them. */
export async function* readSource(
  source: Source,
  file: Pick<InputFile, 'path' | 'origin'>,
): AsyncGenerator<Raw[]> {
  const cut = () => source.broken() !== undefined
  const { head, whole, chunks } = await look(source.chunks)
  try {
    const format = recognise(head, whole)
    if (format.kind === 'json-lines') yield* readJsonLines(skip(chunks, format.start), file.path, cut)
    else if (format.kind === 'json') yield* readJson(skip(chunks, format.start), file.path, format.start, cut)
    else if (format.kind === 'csv') {
      yield* readCsv(skip(chunks, format.start), file.path, format.delimiter, cut)
    } else if (format.kind !== 'empty' && !cut()) {
      refuseNamed(file, format)
      yield [{ rejected: 'unrecognised-file', where: file.path }]
    }
  } finally {
    await chunks.return(undefined)
  }
}

async function checkNamed(file: InputFile): Promise<void> {
  const source = openSource(file.path, () => {})
  const { head, whole, chunks } = await look(source.chunks)
  await chunks.return(undefined)
  if (source.broken() === undefined) refuseNamed(file, recognise(head, whole))
}

function look(chunks: AsyncGenerator<Buffer>) {
  return peek(
    chunks,
    head =>
      head.length >= LOOK_BYTES_LONG_LINE ||
      (head.length >= LOOK_BYTES && (head.includes(0x0a) || head[0] === 0x5b)),
  )
}

function refuseNamed(file: Pick<InputFile, 'path' | 'origin'>, format: Format): void {
  if (file.origin !== 'named') return
  if (format.kind === 'csv-without-audit-data') {
    throw new InputError(
      'csv-without-audit-data',
      `"${file.path}" is a CSV file without an AuditData column; it has ${format.columns.map(quote).join(', ')}. ` +
        'Export it again from the Purview portal or with Search-UnifiedAuditLog and keep that column.',
    )
  }
  if (format.kind === 'unknown') {
    throw new InputError(
      'unrecognised-file',
      `"${file.path}" is not an audit log in a known form (JSON, JSON Lines, or CSV with an AuditData column; ` +
        `each also as .gz).${format.hint}`,
    )
  }
}

function quote(name: string): string {
  return `"${name}"`
}

/** Without the first bytes; they are known to lie within the first chunk. */
async function* skip(chunks: AsyncGenerator<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const chunk of chunks) {
    yield left > 0 ? chunk.subarray(left) : chunk
    left = 0
  }
}
