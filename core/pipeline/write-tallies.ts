import type { Subjects } from '../engine/collect.ts'
import type { Log } from '../log.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import type { Detection, TenantFacts } from '../model/detection.ts'
import { obtain } from '../model/maps.ts'
import { unitedSource } from '../stores/source.ts'
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

/**
 * Stores what the blobs said, in one row a subject and day: whoever is in many blobs is read back often. Blobs that come again in other
 * company are stored again, and the union is the same. Tallies are written before any window is read.
 */
export async function writeTallies(
  { detections, log }: Deps,
  tallies: Pick<Tallies, 'isFar' | 'write'>,
  read: readonly ReadBlob[],
  facts: TenantFacts,
): Promise<Touched> {
  const together: Subjects = new Map()
  for (const [n, { count }] of read.entries()) {
    const { failures, subjects } = count.finish(facts)
    for (const [detection, times] of failures)
      log.error(`Detection ${detection} failed on ${times} records and said nothing about them.`)
    for (const [subject, all] of subjects) {
      const shelf = obtain(together, subject, () => new Map())
      // Side by side: reading unites them.
      for (const [id, one] of all) shelf.set(`${n}.${id}`, one)
    }
  }
  const source = unitedSource(read.map(({ source }) => source))
  const traits = traitsOf(detections, tallies.isFar)
  const touched: Touched = new Map()
  for (const lot of lotsOf(together)) {
    await tallies.write(source, lot)
    note(touched, lot, traits)
  }
  return touched
}

/** Subjects whose rows fill a transaction or two. */
const LOT = 100

/** Takes away what it hands out. Stored, the tallies of a few thousand records take a megabyte; on the way there they take eighty. */
function* lotsOf(subjects: Subjects): Iterable<Subjects> {
  while (subjects.size > 0) {
    const lot: Subjects = new Map([...subjects].slice(0, LOT))
    for (const subject of lot.keys()) subjects.delete(subject)
    yield lot
  }
}
