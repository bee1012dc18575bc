import { plain } from '../../core/sinks/text.ts'

export type Cell = string | number | undefined | readonly string[]

/** Longest text of a cell, in code points; a spreadsheet takes 32,767. */
const CELL = 4_000
/**
 * What a spreadsheet begins a formula with; some take the full-width forms too. `plain` has made blanks of tabs and line
 * ends, and cut them at the beginning.
 */
const FORMULA = /^[=+\-@＝＋－＠]/u

/**
 * RFC 4180, UTF-8 with the mark by which Excel knows it. Texts are quoted, all of them, so that a delimiter of another
 * country begins no cell either; one that would be a formula has an apostrophe before it. `report.json` has them as they were.
 */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${[columns, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('')}`
}

function cell(value: Cell): string {
  if (value === undefined || value === '') return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text =
    typeof value === 'string' ? plain(value, CELL) : plain(value.map(one => plain(one, 500)).join('; '), CELL)
  if (typeof value !== 'string' && value.length === 0) return ''
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}
