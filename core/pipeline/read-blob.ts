import type { Parse } from '../feeds/normalise/parse.ts'
import type { AuditRecord } from '../model/audit-record.ts'
import { FeedError } from '../model/errors.ts'
import type { BlobCounts } from '../stores/ledger.ts'

export interface BlobContents {
  readonly records: readonly AuditRecord[]
  readonly counts: BlobCounts
}

/**
 * Reads a blob: an array of records (one object alone has been seen too). What cannot be read is counted by
 * reason and never stops its neighbours. Throws `FeedError` `malformed` for a body that is no JSON, such as one
 * that was cut off on the way: worth fetching again.
 */
export function readBlob(text: string, parse: Parse): BlobContents {
  let contents: unknown
  try {
    contents = JSON.parse(text)
  } catch (cause) {
    // The cause quotes the body, which must not travel into a log.
    const where = cause instanceof SyntaxError ? ` after ${text.length} characters` : ''
    throw new FeedError('malformed', `The blob is not JSON${where}; it was probably cut off on the way`)
  }
  const records: AuditRecord[] = []
  const rejected: Record<string, number> = {}
  const entries: readonly unknown[] = Array.isArray(contents) ? contents : [contents]
  for (const raw of entries) {
    const parsed = parse(raw)
    if (parsed.record !== undefined) records.push(parsed.record)
    else rejected[parsed.rejected] = (rejected[parsed.rejected] ?? 0) + 1
  }
  const evaluated = new Set(records.map(({ id }) => id)).size
  const duplicates = records.length - evaluated
  return { records, counts: { parsed: entries.length, evaluated, duplicates, rejected } }
}
