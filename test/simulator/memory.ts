import { FeedError, SinkError, StoreError } from '../../core/model/errors.ts'
import { HOUR, MINUTE } from '../../core/model/time.ts'
import type { IngestMessage } from '../../core/pipeline/messages.ts'
import type { Sink } from '../../core/sinks/sink.ts'
import type { LedgerEntry } from '../../core/stores/ledger.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { OUTBOX } from '../../core/stores/outbox.ts'
import { makeMemoryQueue } from '../../core/stores/queue/memory.ts'
import { makeRandom, type Random } from '../../emulator/index.ts'
import { makeTestFeed } from '../chain/feed.ts'
import { type Chain, makeChain } from '../chain/kit.ts'
import {
  Death,
  type Fate,
  FEED_FAILURES,
  type Life,
  mortalFeed,
  mortalQueue,
  mortalSink,
  mortalTables,
} from './mortal.ts'
import { FEEDS, type Plan, SINKS, START } from './plan.ts'

/** What receivers got, and what of it only a death or a lost answer can explain. */
export interface Posted {
  readonly sink: string
  readonly alert: string
  readonly incident: string
  readonly revision: number
}

export interface Run {
  readonly plan: Plan
  /** The last process, which lived to see everything done. */
  readonly chain: Chain
  readonly posted: readonly Posted[]
  /** Ids of blobs that can never be read. */
  readonly poison: ReadonlySet<string>
  readonly deaths: number
  /** Sends whose answer never arrived, or could not be written down: the receiver may have the alert, and we cannot know. */
  readonly unknownSends: number
}

/** The time it takes, undisturbed, until the slowest retry has come round: in small steps, then in large ones. */
const CALM = { soon: 2 * HOUR, all: 14 * HOUR, steps: [15 * MINUTE, HOUR] } as const

/** Plays a seed on stores in memory. Every call of every process waits for its turn, in an order of the seed’s choosing. */
export async function playInMemory(plan: Plan): Promise<Run> {
  const random = makeRandom(`memory ${plan.seed}`)
  const turns = makeTurns(random.fork('turns'))
  let time = START
  let wild = true
  let deaths = 0
  let unknownSends = 0
  let writes = 0
  const tables = makeMemoryTables({ now: () => time * 1000 })
  const queue = makeMemoryQueue<IngestMessage>(() => time)
  const feeds = FEEDS.filter(id => plan.blobs.some(({ feed }) => feed === id)).map(id =>
    makeTestFeed(() => time, { id, pageSize: random.int(1, 3) }),
  )
  const poison = new Set<string>()
  for (const { availableAt, created, feed, poison: bad, records } of plan.blobs) {
    const blob = feeds.find(({ id }) => id === feed)?.publish(records, { created, availableAt })
    if (bad && blob !== undefined) poison.add(blob.id)
  }
  for (const feed of feeds)
    feed.fetchFault = ({ id }) => (poison.has(id) ? new FeedError('malformed', 'No JSON.') : undefined)
  const posted: Posted[] = []
  const receivers: Sink[] = SINKS.map(id => ({
    id,
    async send({ id: alert, incident, revision }) {
      const [from = 0, to = 0] = plan.outages[id] ?? []
      if (wild && time >= from && time < to) throw new SinkError('retry', 'The receiver is down.')
      posted.push({ sink: id, alert, incident, revision })
    },
  }))

  function born(slot: number): { chain: Chain; life: Life } {
    const own = random.fork(`life ${slot} ${deaths}`)
    const skew = plan.skews[slot] ?? 0
    const life: Life = {
      // With nobody beside it, a process need not wait.
      turn: () => (wild ? turns.next() : Promise.resolve()),
      dead: false,
      fateOf(kind, table) {
        const { death } = plan
        if (wild && (kind === 'write' || kind === 'queue') && ++writes === death?.write)
          return `dies ${death.when}`
        const fate = wild ? fateOf(plan, own, kind) : 'goes through'
        if (fate.startsWith('fails') && (table === OUTBOX || (kind === 'sink' && fate.endsWith('after'))))
          unknownSends++
        return fate
      },
    }
    const seconds = () => time + skew
    const clock = { seconds, now: () => seconds() * 1000, pass: () => {} }
    const chain = makeChain({
      clock,
      feeds: feeds.map(feed => mortalFeed(feed, life, own.pick(FEED_FAILURES))),
      tables: mortalTables(tables, life),
      queue: mortalQueue(queue, life),
      sinks: receivers.map(sink => mortalSink(sink, life)),
    })
    return { chain, life }
  }

  /** Looks at what is stored, and waits for nobody. */
  const observer = () => {
    const clock = { seconds: () => time, now: () => time * 1000, pass: () => {} }
    return makeChain({ clock, feeds, tables, queue, sinks: receivers })
  }

  let processes = plan.skews.map((_, slot) => born(slot))
  for (; time < START + plan.wild; time += plan.step) {
    const work = processes.flatMap(({ chain }) => stepsOf(chain, random))
    await turns.run(Promise.allSettled(work.map(step => survived(step()))).then(rethrown))
    processes = processes.map((one, slot) => {
      if (!one.life.dead) return one
      deaths++
      return born(slot)
    })
  }
  wild = false
  const { chain } = born(0)
  time = Math.ceil(time / HOUR) * HOUR
  const [small, large] = CALM.steps
  const watched = observer()
  const round = async () => {
    await chain.poll(6 * HOUR)
    // Takes up what was set aside because its processes died once too often.
    if (time % HOUR === 0) await chain.sweep()
    await drain(chain, 32)
    await chain.deliver()
  }
  const end = time + CALM.all
  for (const soon = time + CALM.soon; time < end; time += time < soon ? small : large) {
    await round()
    if (await isAtRest(watched, plan, poison)) break
  }
  // Nothing may come of what is over.
  time = end
  await round()
  return { plan, chain: watched, posted, poison, deaths, unknownSends }
}

/** Every blob was read, or cannot be, and nothing is on its way: rounds to come would find nothing to do. */
async function isAtRest({ feeds, ledgerOf, outbox, queue }: Chain, { blobs }: Plan, poison: Run['poison']) {
  if ((await queue.size()) > 0) return false
  const entries = (await Promise.all(feeds.map(({ id }) => ledgerOf(id)))).flat()
  const isOver = ({ blob, state }: LedgerEntry) => state === (poison.has(blob.id) ? 'quarantined' : 'done')
  if (entries.length < blobs.length || !entries.every(isOver)) return false
  const kept = (await Promise.all(SINKS.map(sink => outbox.all(sink)))).flat()
  return kept.every(({ delivery: { state } }) => state !== 'pending')
}

function fateOf({ deathEvery, faults }: Plan, random: Random, kind: Parameters<Life['fateOf']>[0]): Fate {
  if (random.chance(1 / deathEvery)) return random.chance(0.5) ? 'dies before' : 'dies after'
  const share = kind === 'feed' ? faults.feed : kind === 'sink' ? faults.sink : faults.storage
  if (!random.chance(share)) return 'goes through'
  return random.chance(0.5) ? 'fails before' : 'fails after'
}

/** What the timers and the queue have a process do within a few minutes: sometimes one twice at once, sometimes nothing. */
function stepsOf(chain: Chain, random: Random): (() => Promise<unknown>)[] {
  const all = [
    ...(random.chance(0.35) ? [() => chain.poll()] : []),
    ...(random.chance(0.6) ? [() => drain(chain, random.int(1, 4))] : []),
    ...(random.chance(0.6) ? [() => drain(chain, random.int(1, 4))] : []),
    ...(random.chance(0.35) ? [() => chain.deliver()] : []),
    ...(random.chance(0.06) ? [() => chain.sweep()] : []),
  ]
  const again = all.filter(() => random.chance(0.1))
  return random.shuffle([...all, ...again])
}

/** Tries a message gets before it is set aside: `maxDequeueCount` of the host. */
const TRIES = 5

/** A few messages, as the host has them worked off. Hidden for less time than the next step takes: others may get them. */
async function drain(chain: Chain, count: number): Promise<void> {
  for (const message of await chain.queue.receive(count, 2 * MINUTE)) {
    try {
      await chain.ingest(message.body)
      await message.done()
    } catch (error) {
      if (error instanceof Death) throw error
      if (message.attempt < TRIES) continue
      await chain.quarantine(message.body)
      await message.done()
    }
  }
}

/** What ends a step in the cloud ends it here; anything else is a fault of the product. */
async function survived(step: Promise<unknown>): Promise<void> {
  try {
    await step
  } catch (error) {
    if (!(error instanceof Death) && !(error instanceof StoreError)) throw error
  }
}

function rethrown(outcomes: readonly PromiseSettledResult<unknown>[]): void {
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
}

/** Hands out turns one at a time, in random order among those who wait. */
function makeTurns(random: Random) {
  const waiting: (() => void)[] = []
  return {
    next: () => new Promise<void>(resolve => void waiting.push(resolve)),
    async run(work: Promise<unknown>): Promise<void> {
      let over = false
      const end = work.finally(() => {
        over = true
      })
      end.catch(() => {})
      while (!over) {
        // Whoever is on the way to its next call shall have got there.
        await new Promise(setImmediate)
        const [one] = waiting.splice(random.int(0, Math.max(0, waiting.length - 1)), 1)
        one?.()
      }
      await end
    },
  }
}
