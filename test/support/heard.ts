import { makeParser, type Parse } from '../../core/feeds/normalise/parse.ts'
import type { AuditRecord } from '../../core/model/audit-record.ts'
import type { ContentBlob } from '../../core/model/content-blob.ts'
import type { Observation } from '../../core/model/observation.ts'
import { DAY, HOUR, iso, MINUTE, type Seconds } from '../../core/model/time.ts'
import { makeSilenceObserver } from '../../core/observers/silence/observer.ts'
import { makeSigns, unitedSigns } from '../../core/pipeline/rhythms.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { makeRhythms } from '../../core/stores/rhythms.ts'
import { makeState } from '../../core/stores/state.ts'
import type { Occurrence } from '../../emulator/index.ts'

export const FEEDS = ['Audit.Exchange', 'Audit.AzureActiveDirectory', 'Audit.General']
const SLOT = 24 * MINUTE
const DELAY = HOUR

interface Blob {
  readonly blob: ContentBlob
  readonly created: Seconds
  readonly records: object[]
}

/** What happened, in blobs of 24 minutes that become available an hour after. */
export function blobsOf(occurrences: Iterable<Occurrence>): Blob[] {
  const blobs = new Map<string, Blob>()
  for (const { at, contentType: feed, record } of occurrences) {
    if (!FEEDS.includes(feed)) continue
    const created = (Math.floor(at / 1000 / SLOT) + 1) * SLOT + DELAY
    const id = `${feed} ${created}`
    let known = blobs.get(id)
    if (known === undefined) {
      const blob = { feed, id, uri: id, created: iso(created), expires: undefined }
      known = { blob, created, records: [] }
      blobs.set(id, known)
    }
    known.records.push(record)
  }
  return [...blobs.values()].sort((a, b) => a.created - b.created)
}

/** Nothing is said before: looking would only take time. */
const KNOWN = 13 * DAY

/** Months differ by a few records, so each is read once. */
const known = new WeakMap<object, AuditRecord[]>()

function parsed(parse: Parse, raw: object): AuditRecord[] {
  const records = known.get(raw) ?? [parse(raw).record ?? []].flat()
  known.set(raw, records)
  return records
}

export interface Told extends Observation {
  /** When we said so. */
  readonly now: Seconds
}

/** Every so often all blobs become known and the observer looks: everything that it told. */
export async function listen(
  tenant: string,
  blobs: readonly Blob[],
  until: Seconds,
  step = HOUR,
): Promise<Told[]> {
  const tables = makeMemoryTables()
  const rhythms = makeRhythms(tables, 't')
  const parse = makeParser(tenant)
  const newest = new Map<string, string>()
  const first = blobs[0]?.created ?? 0
  let now = first
  const observer = makeSilenceObserver({
    feeds: FEEDS,
    rhythms,
    ledger: { async *entries() {} },
    state: makeState(tables, 't'),
    listed: async feed => ({ at: now, ...(newest.has(feed) && { newestBlob: newest.get(feed) ?? '' }) }),
  })
  const told: Told[] = []
  const signal = new AbortController().signal
  let next = 0
  for (; now <= until; now += step) {
    const read = []
    for (; (blobs[next]?.created ?? Number.POSITIVE_INFINITY) <= now; next++) {
      const { blob, records } = blobs[next] as Blob
      newest.set(blob.feed, blob.created)
      const signs = makeSigns(blob)
      for (const raw of records) for (const record of parsed(parse, raw)) signs.see(record)
      read.push(signs.seen)
    }
    await rhythms.note(unitedSigns(read))
    if (now < first + KNOWN) continue
    await observer.look(
      { now, all: true, wanted: [] },
      async seen => {
        told.push(...seen.map(one => ({ ...one, now })))
      },
      signal,
    )
  }
  return told
}
