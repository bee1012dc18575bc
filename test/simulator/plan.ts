import { HOUR, iso, MINUTE, type Seconds } from '../../core/model/time.ts'
import { makeRandom, type Random } from '../../emulator/index.ts'
import { MIDNIGHT, type RawRecord } from '../support/histories.ts'

/** When the simulated hours begin: two hours after the first thing happened. */
export const START: Seconds = MIDNIGHT + 2 * 3_600

export interface PlannedBlob {
  readonly records: readonly RawRecord[]
  /** `contentCreated`, and when a listing first shows it: much later for one that comes late. */
  readonly created: Seconds
  readonly availableAt: Seconds
  /** It can never be read. */
  readonly poison: boolean
  readonly feed: (typeof FEEDS)[number]
}

/** What a seed stands for. Plain data: the same seed is the same plan on every machine. */
export interface Plan {
  readonly seed: number
  readonly blobs: readonly PlannedBlob[]
  /** Processes that are alive at once. */
  readonly instances: number
  /** What each process’s clock is off by. */
  readonly skews: readonly Seconds[]
  /** Shares of calls that fail, of each kind. */
  readonly faults: {
    readonly storage: number
    readonly feed: number
    readonly sink: number
  }
  /** Receiver → from when to when it takes nothing. */
  readonly outages: Readonly<Record<string, readonly [from: Seconds, to: Seconds]>>
  /** A process dies at about every so many calls. */
  readonly deathEvery: number
  /** Timers and queue come round that often. */
  readonly step: Seconds
  /** For so long. */
  readonly wild: Seconds
  /** Besides: the process that does the how many-th write, to tables or queue, of them all does not survive it. */
  readonly death?: { readonly write: number; readonly when: 'before' | 'after' }
}

/** The second is read by the time of events, and has again what the first brought: under the same ids, and hours later. */
export const FEEDS = ['Audit.Exchange', 'graph-sign-ins'] as const
export const SINKS = ['teams', 'webhook'] as const

const PEOPLE = ['ada', 'ben', 'cleo'].map(name => `${name}@birchwood.example`)
const THINGS = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'h1', 'h2']

export function planOf(seed: number, size: { instances?: number; blobs?: number } = {}): Plan {
  const random = makeRandom(`simulator ${seed}`)
  const instances = size.instances ?? random.int(2, 8)
  const minutes = (from: number, to: number) => random.int(from, to) * MINUTE
  return {
    seed,
    blobs: blobsOf(random, size.blobs ?? random.int(6, 14)),
    instances,
    skews: Array.from({ length: instances }, () =>
      random.chance(0.5) ? 0 : random.int(-10 * MINUTE, 10 * MINUTE),
    ),
    faults: {
      storage: random.pick([0, 0.01, 0.03]),
      feed: random.pick([0, 0.05, 0.2]),
      sink: random.pick([0, 0.1, 0.3]),
    },
    outages: Object.fromEntries(
      SINKS.flatMap(sink => {
        if (random.chance(0.6)) return []
        const from = START + minutes(0, 120)
        return [[sink, [from, from + minutes(30, 300)]]]
      }),
    ),
    deathEvery: random.pick([40, 120, 400, NEVER]),
    step: random.pick([5, 10, 15]) * MINUTE,
    wild: 4 * HOUR,
  }
}

const NEVER = 1e9

/** An hour of one or two processes in which one thing goes wrong: a death at the how many-th write. */
export function deathPlan(seed: number, death: NonNullable<Plan['death']>): Plan {
  const plan = planOf(seed, { instances: 1 + (seed % 2), blobs: 3 })
  const blobs = plan.blobs.map(blob => ({ ...blob, availableAt: blob.created }))
  const faults = { storage: 0, feed: 0, sink: 0 }
  return { ...plan, blobs, faults, outages: {}, deathEvery: NEVER, step: 5 * MINUTE, wild: HOUR, death }
}

function blobsOf(random: Random, count: number): PlannedBlob[] {
  const blobs = Array.from({ length: count }, (_, n) => {
    const created = START - 40 * MINUTE + n * random.int(2, 9) * MINUTE
    const records = Array.from({ length: random.int(1, 5) }, () => recordBefore(random, created))
    const late = random.chance(0.15) ? random.int(60, 170) * MINUTE : 0
    return { records, created, availableAt: created + late, poison: random.chance(0.04), feed: FEEDS[0] }
  })
  // Microsoft repeats a record in a later blob, under the same id.
  const repeating = blobs.map((blob, n) => {
    const earlier = blobs[n - random.int(1, 3)]
    if (earlier === undefined || earlier.poison || !random.chance(0.5)) return blob
    return { ...blob, records: [...blob.records, ...random.sample(earlier.records, 1)] }
  })
  const share = random.pick([0, 0, 0.5])
  const again = repeating
    .filter(({ poison }) => !poison && random.chance(share))
    .map(blob => ({ ...blob, created: blob.created + random.int(5, 100) * MINUTE, feed: FEEDS[1] }))
    .map(blob => ({ ...blob, availableAt: blob.created }))
  return [...repeating, ...again]
}

function recordBefore(random: Random, at: Seconds): RawRecord {
  return {
    Id: random.guid(),
    CreationTime: iso(at - random.int(0, 40) * MINUTE - random.int(0, 59)).slice(0, 19),
    Operation: random.chance(0.1) ? 'Flag' : 'Read',
    UserId: random.pick(PEOPLE),
    SessionId: random.pick(['s1', 's2']),
    Folders: random.sample(THINGS, random.int(0, 3)),
  }
}
