import type { Options } from 'csv-parse'
import { parse } from 'csv-parse/sync'

const DELIMITERS = [',', ';', '\t', '|']
const COLUMN = 'auditdata'
// The search below parses the rest again at each newline.
const MAX_LOST_BYTES = 1024 * 1024
const MAX_LOST_TRIES = 50

export interface Header {
  delimiter: string
  columns: string[]
}

/** No error is fatal to a row's siblings with these: quotes in the wrong place are text, any number of cells will do. */
export function csvOptions(delimiter: string): Options {
  return {
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }
}

export function auditDataColumn(columns: readonly string[]): number {
  return columns.findIndex(name => name.trim().toLowerCase() === COLUMN)
}

/** A header line cut at the delimiter that yields an AuditData column, or else the most columns. */
export function readHeader(line: string): Header {
  const headers = DELIMITERS.map(delimiter => ({ delimiter, columns: cells(line, delimiter) }))
  const best = headers.reduce((a, b) => (b.columns.length > a.columns.length ? b : a))
  return headers.find(header => auditDataColumn(header.columns) >= 0) ?? best
}

/** The cells of one line, without an error: an unclosed quote gives none. */
export function cells(line: string, delimiter: string): string[] {
  return rows(line, delimiter)[0] ?? []
}

/**
 * The good rows inside a bad one. A quote that was never closed (AuditData cut off in mid-record) takes the next
 * row with it, up to that row's first quote; both then come out as one row with too many cells.
 */
export function readLostRows(text: string, delimiter: string, columns: number): string[][] {
  if (text.length > MAX_LOST_BYTES) return []
  let newline = text.indexOf('\n')
  for (let tries = 0; newline >= 0 && tries < MAX_LOST_TRIES; tries++) {
    const found = rows(text.slice(newline + 1), delimiter)
    if (found.length > 0 && found.every(row => row.length === columns)) return found
    newline = text.indexOf('\n', newline + 1)
  }
  return []
}

function rows(text: string, delimiter: string): string[][] {
  try {
    return parse(text, csvOptions(delimiter))
  } catch {
    return []
  }
}
