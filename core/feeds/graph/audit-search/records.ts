import { valueTooDeep } from '../../../json/depth.ts'
import type { Slice } from '../../../model/checkpoint.ts'
import { parseWireTime } from '../../../model/time.ts'
import { isObject } from '../../../model/values.ts'
import type { GraphPage } from '../transport.ts'

/** Characters handed out at once. Parsed they take several times that, and a small instance has to hold them. */
const MOST_TEXT = 32 * 1024 * 1024

export interface Found {
  /** An array of records, in an order that depends on them alone. */
  readonly text: string
  /** There were more than fit. */
  readonly more: boolean
}

/**
 * The records of a search as the Management API writes them, which is what `auditData` holds. Those of another time are
 * left out: they belong to the span next door, and one with a wrong year must not teach.
 */
export async function recordsIn(pages: AsyncIterable<GraphPage['entries']>, span: Slice): Promise<Found> {
  const bodies = new Set<string>()
  let length = 0
  for await (const entries of pages)
    for (const entry of entries) {
      const body = bodyOf(entry)
      const at = isObject(body) ? parseWireTime(body.CreationTime) : undefined
      if (at !== undefined && (at < span.from || at >= span.to)) continue
      const text = JSON.stringify(body)
      if (bodies.has(text)) continue
      length += text.length
      if (length > MOST_TEXT) return { text: textOf(bodies), more: true }
      bodies.add(text)
    }
  return { text: textOf(bodies), more: false }
}

function textOf(bodies: ReadonlySet<string>): string {
  return `[${[...bodies].sort().join(',\n')}]`
}

/** What cannot be read stays as it is, but for what nests too deep to be written: the parser rejects and counts both. */
function bodyOf(entry: unknown): unknown {
  const body = bodyIn(entry)
  return valueTooDeep(body) ? null : body
}

function bodyIn(entry: unknown): unknown {
  const data = isObject(entry) ? entry.auditData : undefined
  if (isObject(data)) return data
  if (typeof data !== 'string') return entry ?? null
  try {
    return JSON.parse(data)
  } catch {
    return entry
  }
}
