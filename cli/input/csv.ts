import { Parser } from 'csv-parse'
import { auditDataColumn, csvOptions, readLostRows } from './csv-rows.ts'
import { makeWindow } from './csv-window.ts'
import { MAX_RECORD_BYTES, type Raw } from './types.ts'
import { takeAuditData } from './unwrap.ts'

const SLICE_BYTES = 64 * 1024

/** The AuditData column of a CSV export; the first row names the columns. `row` in messages counts from that one. */
export async function* readCsv(
  chunks: AsyncIterable<Buffer>,
  file: string,
  delimiter: string,
  cut: () => boolean,
): AsyncGenerator<Raw[]> {
  const rows = makeRows(file, delimiter)
  let parser = makeParser(delimiter)
  let unread = makeWindow()

  const feed = async (bytes: Buffer) => {
    unread.add(bytes)
    await write(parser, bytes)
  }
  const takeRows = () => {
    for (let row = read(parser); row !== null; row = read(parser)) {
      const end = row.info.bytes_records
      rows.take(row.record, () => unread.text(end))
      unread.drop(end)
    }
  }

  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
      await feed(chunk.subarray(from, from + SLICE_BYTES))
      takeRows()
      if (unread.size() > MAX_RECORD_BYTES) {
        rows.giveUp('too-long')
        parser.destroy()
        parser = makeParser(delimiter)
        unread = makeWindow()
        // What grows like this is a quoted cell: the new parser starts inside one, and so finds its end.
        await feed(Buffer.from('"'))
      }
      if (rows.size() > 0) yield rows.drain()
    }
  }
  if (cut()) {
    parser.destroy()
    return
  }
  const closed = await end(parser)
  takeRows()
  if (!closed) {
    rows.giveUp('malformed-csv-row')
    rows.takeLost(unread.text())
  }
  if (rows.size() > 0) yield rows.drain()
}

/** Rows to records; the first one is the header. */
function makeRows(file: string, delimiter: string) {
  let out: Raw[] = []
  let column = -1
  let columns = 0
  let count = 0
  let inTail = false // the next row is the rest of one that was given up

  const takeCells = (cells: readonly string[]): boolean => {
    count++
    const where = `${file} row ${count}`
    const cell = cells[column]
    const taken: Raw[] = []
    if (cell === undefined) taken.push({ rejected: 'malformed-csv-row', where })
    else takeAuditData(cell, where, taken)
    const bad = taken.some(raw => 'rejected' in raw && raw.rejected.startsWith('malformed'))
    if (bad && cells.length !== columns) out.push({ rejected: 'malformed-csv-row', where })
    else out.push(...taken)
    return !bad && cells.length === columns
  }
  const takeLost = (text: string) => {
    for (const cells of readLostRows(text, delimiter, columns)) takeCells(cells)
  }

  return {
    take(cells: readonly string[], text: () => string) {
      if (columns === 0) {
        count++
        column = auditDataColumn(cells)
        columns = cells.length
      } else if (inTail || !takeCells(cells)) takeLost(text())
      inTail = false
    },
    takeLost,
    giveUp(rejected: string) {
      if (!inTail) out.push({ rejected, where: `${file} row ${++count}` })
      inTail = true
    },
    size: () => out.length,
    drain(): Raw[] {
      const drained = out
      out = []
      return drained
    },
  }
}

interface Row {
  record: string[]
  /** `bytes_records`: bytes given to the parser up to the end of this row, line end included. */
  info: { bytes_records: number }
}

function makeParser(delimiter: string): Parser {
  // Rows are read after every write, so the stream's own limit (16 rows) would only stall the write.
  const unlimited = { readableHighWaterMark: 2 ** 30 }
  const parser = new Parser({ ...csvOptions(delimiter), info: true, ...unlimited })
  parser.on('error', () => {}) // the only one is told by end()
  return parser
}

function read(parser: Parser): Row | null {
  return parser.read()
}

function write(parser: Parser, bytes: Buffer): Promise<void> {
  return new Promise(resolve => parser.write(bytes, () => resolve()))
}

/** False when the last quote was never closed. */
function end(parser: Parser): Promise<boolean> {
  return new Promise(resolve => {
    parser.once('error', () => resolve(false))
    parser.once('finish', () => resolve(true))
    parser.end()
  })
}
