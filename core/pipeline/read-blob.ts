import type { Parse } from '../feeds/normalise/parse.ts'
import { valueTooDeep } from '../json/depth.ts'
import { makeElements } from '../json/elements.ts'
import { readJson } from '../json/read.ts'
import type { AuditRecord } from '../model/audit-record.ts'
import { FeedError } from '../model/errors.ts'
import { memberOf } from '../model/tally.ts'
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
    throw malformed(where)
  }
  const records: AuditRecord[] = []
  const clerk = makeClerk(parse, record => records.push(record))
  for (const raw of Array.isArray(contents) ? contents : [contents])
    if (valueTooDeep(raw)) clerk.reject('too-deep')
    else clerk.take(raw)
  return { records, counts: clerk.counts() }
}

export function malformed(where = ''): FeedError {
  return new FeedError('malformed', `The blob is not JSON${where}; it was probably cut off on the way`)
}

/** A raw record, or why it was given up while it was read. */
type Entry = { readonly value: unknown } | { readonly rejected: string }

/**
 * The same of a blob too large to be held: records are handed to `add` as they come, and one that is longer than can be
 * held is rejected. `undefined` for a body that is no JSON; what was added before counts for nothing then.
 */
export async function readPieces(
  bytes: AsyncIterable<Uint8Array>,
  parse: Parse,
  add: (record: AuditRecord) => void,
): Promise<BlobCounts | undefined> {
  const clerk = makeClerk(parse, add)
  const elements = makeElements<Entry>({
    take: (value, _, out) => out.push({ value }),
    reject: rejected => ({ rejected }),
    isPage: () => false,
  })
  let isWhole = true
  const stopped = () => {
    isWhole = false
  }
  for await (const entries of readJson(withoutMark(bytes), elements, { several: false, stopped }))
    for (const entry of entries)
      if ('value' in entry) clerk.take(entry.value)
      else clerk.reject(entry.rejected)
  return isWhole ? clerk.counts() : undefined
}

const MARK = Buffer.from('\uFEFF')

async function* withoutMark(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of bytes) {
    if (head === undefined) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < MARK.length) continue
    yield head.indexOf(MARK) === 0 ? head.subarray(MARK.length) : head
    head = undefined
  }
  if (head !== undefined) yield head
}

/** Counts what is parsed. Repeated records are told by a number of their id: a large blob has many. */
function makeClerk(parse: Parse, add: (record: AuditRecord) => void) {
  const ids = new Set<number>()
  const rejected: Record<string, number> = {}
  let [parsed, duplicates] = [0, 0]
  const reject = (reason: string) => {
    parsed++
    rejected[reason] = (rejected[reason] ?? 0) + 1
  }
  return {
    reject,
    take(raw: unknown) {
      const { record, rejected: reason } = parse(raw)
      if (record === undefined) return reject(reason)
      parsed++
      const before = ids.size
      if (ids.add(memberOf(record.id)).size === before) duplicates++
      add(record)
    },
    counts: (): BlobCounts => ({ parsed, evaluated: ids.size, duplicates, rejected }),
  }
}
