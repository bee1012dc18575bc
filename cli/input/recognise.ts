import { jsonVerifier } from 'stream-json/core/utils/verifier.js'
import { auditDataColumn, cells, readHeader } from './csv-rows.ts'
import { looksLikePage } from './unwrap.ts'

/** `start`: bytes before the content (byte-order mark, what PowerShell or Excel put above a CSV header). */
export type Format =
  | { kind: 'empty' }
  | { kind: 'json-lines' | 'json'; start: number }
  | { kind: 'csv'; start: number; delimiter: string }
  | { kind: 'csv-without-audit-data'; columns: string[] }
  | { kind: 'unknown'; hint: string }

const LOOKED_AT_LINES = 50
/** `Export-Csv` of Windows PowerShell writes the first line, Excel understands the second. */
const PREAMBLE = /^(?:\s*(?:#TYPE [^\n]*|sep=.\r?)\n)+/i

/**
 * What a file is, by its beginning. JSON Lines is told from other JSON by this: every line parses on its own, or
 * the text is broken as one piece of JSON and some line is whole all the same.
 * @param whole whether `head` is the whole file
 */
export function recognise(head: Buffer, whole: boolean): Format {
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const text = head.toString('utf8', mark)
  const first = text.trimStart()[0]
  if (first === undefined) return whole ? { kind: 'empty' } : { kind: 'unknown', hint: '' }

  if (first !== '{' && first !== '[') {
    const preamble = PREAMBLE.exec(text)?.[0] ?? ''
    const header = readHeader(lines(text.slice(preamble.length), whole, 1)[0] ?? '')
    if (auditDataColumn(header.columns) >= 0) {
      return { kind: 'csv', start: mark + Buffer.byteLength(preamble), delimiter: header.delimiter }
    }
  }
  const json = recogniseJson(text, whole, first)
  if (json !== undefined) return { kind: json, start: mark }
  return recogniseOther(text, whole)
}

function recogniseJson(text: string, whole: boolean, first: string): 'json' | 'json-lines' | undefined {
  const looked = lines(text, whole, LOOKED_AT_LINES)
  const parsed = looked.map(parse)
  const lineByLine = first !== '[' && !looksLikePage(parsed[0])
  if (lineByLine && looked.length > 0 && parsed.every(value => value !== undefined)) return 'json-lines'
  const valid = isJson(text)
  const bracket = first === '{' || first === '['
  if (valid && bracket) return 'json'
  const someObject = parsed.some(
    value => typeof value === 'object' && value !== null && !Array.isArray(value),
  )
  // An array that breaks off later is still an array: its elements are worth more than its lines.
  if (someObject && !(first === '[' && isJson(looked[0] ?? ''))) return 'json-lines'
  return bracket ? 'json' : undefined
}

function recogniseOther(text: string, whole: boolean): Format {
  if (text.startsWith('PK\x03\x04'))
    return { kind: 'unknown', hint: ' It is a ZIP archive: unpack it first.' }
  const [top, second] = lines(text, whole, 2)
  const header = readHeader(top ?? '')
  const named =
    header.columns.length > 1 && header.columns.every(name => name.trim() !== '' && name.length < 80)
  const alike = second === undefined || cells(second, header.delimiter).length === header.columns.length
  if (named && alike && !text.includes('\0')) {
    return { kind: 'csv-without-audit-data', columns: header.columns.map(name => name.trim()) }
  }
  return { kind: 'unknown', hint: '' }
}

/** The first complete lines that are not blank. */
function lines(text: string, whole: boolean, limit: number): string[] {
  const found: string[] = []
  let from = 0
  while (found.length < limit && from < text.length) {
    const newline = text.indexOf('\n', from)
    if (newline < 0 && !whole) break
    const line = text.slice(from, newline < 0 ? undefined : newline).trim()
    if (line !== '') found.push(line)
    if (newline < 0) break
    from = newline + 1
  }
  return found
}

/** Whether the text is the beginning of JSON values, one after another. */
function isJson(text: string): boolean {
  try {
    jsonVerifier({ jsonStreaming: true })(text)
    return true
  } catch {
    return false
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
