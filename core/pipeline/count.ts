import { makeCollector } from '../engine/collect.ts'
import type { Log } from '../log.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import type { Detection, TenantFacts } from '../model/detection.ts'
import type { Tallies } from '../stores/tallies.ts'
import type { BlobContents } from './read-blob.ts'
import { note, type Touched, traitsOf } from './touched.ts'

/** A blob that was fetched and parsed. */
export interface ReadBlob {
  readonly blob: ContentBlob
  /** Names blob and content: the key of its tallies. */
  readonly source: string
  readonly contents: BlobContents
}

interface Deps {
  readonly detections: readonly Detection[]
  readonly log: Log
}

/** Counts each blob by itself and stores what it said. Tallies are written before any window is read. */
export async function writeTallies(
  { detections, log }: Deps,
  tallies: Tallies,
  read: readonly ReadBlob[],
  facts: TenantFacts,
): Promise<Touched> {
  const touched: Touched = new Map()
  const traits = traitsOf(detections)
  for (const { source, contents } of read) {
    const collector = makeCollector(detections, facts)
    for (const record of contents.records) collector.add(record)
    for (const [detection, times] of collector.failures)
      log.error(`Detection ${detection} failed on ${times} records and said nothing about them.`)
    await tallies.write(source, collector.subjects)
    note(touched, collector.subjects, traits)
  }
  return touched
}
