import { HOUR, MINUTE, type Seconds } from '../../../core/model/time.ts'
import { type Fault, type GraphLog, makeRandom, type Random } from '../../../emulator/index.ts'
import { type Happenings, happeningsOf } from './happenings.ts'
import { START, WILD } from './hours.ts'
import type { Death, Step } from './orders.ts'
import { faultsOf } from './tenant-faults.ts'

/** What a receiver does with a post, besides taking it. */
export interface Manners {
  /** Takes nothing then. */
  readonly outages: readonly (readonly [from: Seconds, to: Seconds])[]
  /** Shares of the posts. `silent`: 202, and then nothing. `torn`: taken, but the line breaks before the answer. */
  readonly busy: number
  readonly refused: number
  readonly silent: number
  readonly torn: number
}

export interface Wave {
  /** From the one before. */
  readonly after: Seconds
  /** What each process does in it, by slot. */
  readonly steps: readonly (readonly Step[])[]
  /** Texts that somebody puts on the queue. */
  readonly garbage: readonly string[]
}

/** What a seed stands for. Plain data: the same seed is the same plan on every machine. */
export interface Plan extends Happenings {
  readonly seed: number
  readonly faults: readonly Fault[]
  readonly manners: Readonly<Record<Receiver, Manners>>
  /** What each process’s clock is off by. */
  readonly skews: readonly Seconds[]
  readonly storageFaults: number
  readonly waves: readonly Wave[]
  readonly tokenLife: Seconds
  readonly pageSize: number
  readonly graphPageSize: number
  /** Logs of Graph that are read. */
  readonly logs: readonly GraphLog[]
}

export const RECEIVERS = ['teams', 'webhook'] as const
export type Receiver = (typeof RECEIVERS)[number]

export function planOf(seed: number): Plan {
  const random = makeRandom(`processes ${seed}`)
  const instances = random.int(2, 8)
  const logs = random.sample<GraphLog>(['directoryAudits', 'signIns'], random.pick([1, 1, 2]))
  return {
    seed,
    ...happeningsOf(random, logs),
    logs,
    faults: faultsOf(random),
    manners: { teams: mannersOf(random), webhook: mannersOf(random) },
    skews: Array.from({ length: instances }, () =>
      random.chance(0.5) ? 0 : random.int(-10 * MINUTE, 10 * MINUTE),
    ),
    storageFaults: random.pick([0, 0.01, 0.04]),
    waves: wavesOf(random, instances),
    tokenLife: random.pick([20 * MINUTE, HOUR]),
    pageSize: random.int(2, 6),
    graphPageSize: random.pick([2, 5, 100]),
  }
}

/** How the process of a slot that was born so many times before ends, if it does. */
export function deathOf(seed: number, slot: number, births: number): Death | undefined {
  const random = makeRandom(`death ${seed} ${slot} ${births}`)
  if (random.chance(0.45)) return undefined
  const of = random.pick(['write', 'write', 'call'] as const)
  return { of, at: random.int(1, of === 'write' ? 60 : 20), when: random.pick(['before', 'after'] as const) }
}

function mannersOf(random: Random): Manners {
  const from = START + random.int(0, 90) * MINUTE
  return {
    outages: random.chance(0.5) ? [[from, from + random.int(60, 300) * MINUTE]] : [],
    busy: random.pick([0, 0.1, 0.3]),
    refused: random.pick([0, 0.1, 0.3]),
    silent: random.pick([0, 0, 0.3]),
    torn: random.pick([0, 0.4]),
  }
}

const GARBAGE = ['garbage', '{"feed":7}', 'bm90IGpzb24=', '{"feed":"Audit.Exchange","blobs":[{}]}']

/** Timers and the queue over the hours. The ingest processes are all; timers are one process’s, and sometimes two’s at once. */
function wavesOf(random: Random, instances: number): Wave[] {
  const count = random.int(4, 6)
  return Array.from({ length: count }, (_, n) => {
    const steps = Array.from({ length: instances }, (): Step[] => [])
    const give = (step: Step) => steps[random.int(0, instances - 1)]?.push(step)
    for (const kind of ['poll', 'deliver'] as const) {
      give({ kind })
      if (random.chance(0.2)) give({ kind })
    }
    if (random.chance(0.12)) give({ kind: 'sweep' })
    if (random.chance(0.1)) give({ kind: 'observe' })
    for (const own of steps)
      if (random.chance(0.6))
        own.push({ kind: 'ingest', count: random.int(1, 3), hide: random.pick([30, 120, 600]) })
    return {
      after: n === 0 ? 0 : Math.round((WILD / count) * (0.4 + random.int(0, 10) / 10)),
      steps: steps.map(own => random.shuffle(own)),
      garbage: random.chance(0.06) ? [random.pick(GARBAGE)] : [],
    }
  })
}
