import { MINUTE, SECOND } from '../clock.ts'
import { CONTENT_TYPES, type TimelineEntry } from '../content.ts'
import type { Random } from '../random.ts'
import type { AuditRecord } from '../records/index.ts'
import { OPENS, SLOT } from './day.ts'
import type { Occurrence } from './scenario.ts'

const SETTLING = 60 * MINUTE
const MAX_RECORDS = 280

interface Blob extends TimelineEntry {
  readonly records: AuditRecord[]
}

/**
 * Packs what happened into blobs, the way Microsoft delivers it: 60 to 90 minutes after the event, in no order,
 * and every fiftieth record a second time in a later blob. A slot is 24 minutes, so its oldest record is at most
 * 60 + 24 + 4 + 1.5 minutes old when the blob can be listed.
 */
export function deliver(
  random: Random,
  midnight: number,
  occurrences: readonly Occurrence[],
): TimelineEntry[] {
  const blobs = CONTENT_TYPES.flatMap(contentType => {
    const own = occurrences.filter(occurrence => occurrence.contentType === contentType)
    const bySlot = Map.groupBy(own, ({ at }) => Math.floor((at - midnight - OPENS) / SLOT))
    const packed = [...bySlot]
      .sort(([a], [b]) => a - b)
      .flatMap(([slot, members]) => {
        const ready = midnight + OPENS + (slot + 1) * SLOT + SETTLING
        return cut(random, members).map((records): Blob => {
          const at = ready + random.int(0, 4 * 60) * SECOND
          return { at, contentType, records, availableAt: at + random.int(0, 90) * SECOND }
        })
      })
    return repeatSome(random, packed)
  })
  return blobs.sort((a, b) => a.availableAt - b.availableAt)
}

function cut(random: Random, members: readonly Occurrence[]): AuditRecord[][] {
  const mixed = random.shuffle(members).map(({ record }) => record)
  const pieces = Math.ceil(mixed.length / random.int(90, MAX_RECORDS))
  const size = Math.ceil(mixed.length / pieces)
  return Array.from({ length: pieces }, (_, i) => mixed.slice(i * size, (i + 1) * size))
}

/** Microsoft repeats itself: by design, and with the same record Id. */
function repeatSome(random: Random, blobs: readonly Blob[]): Blob[] {
  const originals = blobs.map(({ records }) => [...records])
  for (const [i, records] of originals.entries()) {
    const later = blobs[i + random.int(1, 3)]
    if (later) later.records.push(...records.filter(() => random.chance(0.02)))
  }
  return [...blobs]
}
