import { quietDay, type Scenario, takeover } from '../emulator/index.ts'

const DAY = 86_400_000
const FIRST_DAY = Date.UTC(2026, 5, 1)

export interface WireRecord {
  readonly Id: string
  readonly CreationTime: string
}

/** The records of a scenario, each once, in order of delivery. */
function recordsOf({ timeline }: Scenario, contentType?: string): WireRecord[] {
  const blobs = timeline.filter(blob => contentType === undefined || blob.contentType === contentType)
  const records = blobs.flatMap(blob => blob.records as readonly WireRecord[])
  return [...new Map(records.map(record => [record.Id, record])).values()]
}

/**
 * A working day of fifty people: about 7,500 records of 1.3 KB of all content types. One day in ten is a robbed one.
 * Ids and messages differ from day to day, the people do not.
 */
export function workingDay(index: number): WireRecord[] {
  const make = index % 10 === 1 ? takeover : quietDay
  return recordsOf(make({ seed: index + 1, day: FIRST_DAY + index * DAY }))
}

/** Working days until there are at least `count` records, each as the bytes of its JSON. */
export function recordBytes(count: number): Buffer[] {
  const bytes: Buffer[] = []
  for (let index = 0; bytes.length < count; index++)
    for (const record of workingDay(index)) bytes.push(Buffer.from(JSON.stringify(record)))
  return bytes
}

/**
 * Blobs of mail activity (Audit.Exchange) of one quiet day, in order of time, `size` records each. Every fifty
 * mailboxes are a department with a domain of its own.
 */
export function mailboxBlobs(of: { mailboxes: number; size: number; day: number; seed: number }): string[] {
  const records = Array.from({ length: of.mailboxes / 50 }, (_, n) => {
    const scenario = quietDay({ seed: of.seed * 1_000 + n, day: of.day })
    const text = JSON.stringify(recordsOf(scenario, 'Audit.Exchange'))
    return JSON.parse(
      text.replaceAll(/@birchwood\.example/gi, n === 0 ? '$&' : `@unit${n}.birchwood.example`),
    ) as WireRecord[]
  }).flat()
  records.sort((a, b) => (a.CreationTime < b.CreationTime ? -1 : 1))
  const blobs: string[] = []
  for (let i = 0; i + of.size <= records.length; i += of.size)
    blobs.push(JSON.stringify(records.slice(i, i + of.size)))
  return blobs
}
