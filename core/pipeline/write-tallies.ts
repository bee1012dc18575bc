import type { Log } from '../log.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import type { Detection, TenantFacts } from '../model/detection.ts'
import type { Tallies } from '../stores/tallies.ts'
import type { Count } from './count.ts'
import { note, type Touched, traitsOf } from './touched.ts'

/** A blob that was fetched, parsed and counted. */
export interface ReadBlob {
  readonly blob: ContentBlob
  /** Names blob and content: the key of its tallies. */
  readonly source: string
  readonly count: Pick<Count, 'owners' | 'finish'>
}

interface Deps {
  readonly detections: readonly Detection[]
  readonly log: Log
}

/** Domains of the mailbox owners in blobs that are judged together. */
export function ownersIn(read: readonly ReadBlob[]): ReadonlySet<string> {
  return new Set(read.flatMap(({ count }) => [...count.owners]))
}

/** Stores what each blob said. Tallies are written before any window is read. */
export async function writeTallies(
  { detections, log }: Deps,
  tallies: Pick<Tallies, 'write'>,
  read: readonly ReadBlob[],
  facts: TenantFacts,
): Promise<Touched> {
  const touched: Touched = new Map()
  const traits = traitsOf(detections)
  for (const { source, count } of read) {
    const { failures, subjects } = count.finish(facts)
    for (const [detection, times] of failures)
      log.error(`Detection ${detection} failed on ${times} records and said nothing about them.`)
    await tallies.write(source, subjects)
    note(touched, subjects, traits)
  }
  return touched
}
