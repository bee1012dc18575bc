import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StoreError } from '../../core/model/errors.ts'
import { HOUR, iso } from '../../core/model/time.ts'
import type { IngestMessage } from '../../core/pipeline/messages.ts'
import { LEDGER } from '../../core/stores/ledger.ts'
import { type MemoryOptions, makeMemoryTables } from '../../core/stores/memory.ts'
import type { Tables } from '../../core/stores/port.ts'
import { delivery, MIDNIGHT, type RawRecord } from '../support/histories.ts'
import { makeTestFeed } from './feed.ts'
import { type Chain, makeChain, makeClock } from './kit.ts'
import { expectPromisesKept } from './promises.ts'
import { inTurns } from './turns.ts'

const SINKS = ['teams', 'webhook']

interface World {
  readonly records: readonly RawRecord[]
  readonly blobs: readonly (readonly RawRecord[])[]
  /** Blobs behind this one become available after the others were judged. */
  readonly late: number
  readonly pageSize: number
}

/** The same records closer together, so that more of them meet in a window. */
function squeezed(record: RawRecord, by: number): RawRecord {
  const at = Math.round((Date.parse(`${record.CreationTime}Z`) / 1000 - MIDNIGHT) / by)
  return { ...record, CreationTime: iso(MIDNIGHT + at).slice(0, 19) }
}

const world: fc.Arbitrary<World> = fc
  .tuple(delivery, fc.constantFrom(1, 4, 12))
  .map(([{ records, blobs }, by]) => ({
    records: records.map(record => squeezed(record, by)),
    blobs: blobs.map(blob => blob.map(record => squeezed(record, by))),
  }))
  .chain(({ records, blobs }) =>
    fc.record({
      records: fc.constant(records),
      blobs: fc.shuffledSubarray(blobs, { minLength: blobs.length }),
      late: fc.nat(blobs.length),
      pageSize: fc.integer({ min: 1, max: 3 }),
    }),
  )

/** A page of a listing becomes a message, so the page size says how blobs travel together. */
function open({ blobs, late, pageSize }: World, tables: Tables) {
  const clock = makeClock()
  const feed = makeTestFeed(clock.seconds, { pageSize })
  blobs.forEach((blob, index) => {
    const availableAt = clock.seconds() + (index < late ? -60 : 6 * HOUR)
    feed.publish(blob, { created: MIDNIGHT + 3_600 + index, availableAt })
  })
  return { clock, feed, chain: makeChain({ clock, feeds: [feed], tables, sinkNames: SINKS }) }
}

async function messagesOf({ queue }: Chain): Promise<IngestMessage[]> {
  const messages = await queue.receive(100, 60)
  for (const message of messages) await message.done()
  return messages.map(({ body }) => body)
}

/** Runs a step until storage lets it through: what the queue and the timer do after a death. */
async function untilDone(step: () => Promise<unknown>, afterwards: () => void = () => {}): Promise<void> {
  for (;;) {
    try {
      await step()
      return
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      afterwards()
    }
  }
}

/** Lists and reads everything, with the late blobs in a second round. */
async function live(given: World, tables: Tables): Promise<Chain> {
  const { clock, chain } = open(given, tables)
  for (let round = 0; round < 2; round++) {
    await untilDone(
      () => chain.poll(24 * HOUR),
      // What died between the ledger and the queue is sent again once it counts as gone astray.
      () => clock.pass(31 * 60),
    )
    for (const message of await messagesOf(chain)) await untilDone(() => chain.ingest(message))
    clock.pass(7 * HOUR)
  }
  return chain
}

describe('what the chain stores depends on the records alone', () => {
  it('however they are cut into blobs, ordered, repeated and delayed', async () => {
    await fc.assert(
      fc.asyncProperty(world, async given => {
        await expectPromisesKept(await live(given, makeMemoryTables()), given.records)
      }),
      { numRuns: 400, seed: 1 },
    )
  })

  it('and stays as it is when everything is read a second time', async () => {
    await fc.assert(
      fc.asyncProperty(world, async given => {
        const tables = makeMemoryTables()
        const chain = await live(given, tables)
        const before = await contentsOf(chain)
        for (const name of await tables.names(LEDGER)) await tables.drop(name)
        await chain.poll(24 * HOUR)
        const messages = await messagesOf(chain)
        for (const message of messages.reverse()) await chain.ingest(message)
        await expectPromisesKept(chain, given.records)
        expect(await contentsOf(chain)).toEqual(before)
      }),
      { numRuns: 150, seed: 1 },
    )
  })

  it('when two instances read at once, each other’s blobs and the same ones', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.scheduler(), async (given, scheduler) => {
        await expectPromisesKept(await race(given, scheduler), given.records)
      }),
      { numRuns: 500, seed: 1 },
    )
  })

  it.each(['before', 'after'] as const)('when it dies %s any one write and is tried again', async when => {
    await fc.assert(
      fc.asyncProperty(world, async given => {
        for (let death = 1, died = true; died; death++) {
          died = false
          const failAt = (write: number) => {
            died ||= write === death
            return write === death
          }
          await expectPromisesKept(await live(given, makeMemoryTables({ failAt, when })), given.records)
        }
      }),
      { numRuns: 20, seed: 1 },
    )
  })

  it('when two instances read at once and die now and then', async () => {
    const deaths = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.scheduler(),
        deaths,
        fc.constantFrom('before' as const, 'after' as const),
        async (given, scheduler, numbers, when) => {
          const options: MemoryOptions = { failAt: write => numbers.includes(write), when }
          await expectPromisesKept(await race(given, scheduler, options), given.records)
        },
      ),
      { numRuns: 500, seed: 1 },
    )
  })
})

/** Two instances on one storage. Both get all messages, one of them in the opposite order, and every call waits its turn. */
async function race(given: World, scheduler: fc.Scheduler, options: MemoryOptions = {}): Promise<Chain> {
  const tables = makeMemoryTables(options)
  const { clock, chain } = open({ ...given, late: given.blobs.length }, tables)
  await untilDone(
    () => chain.poll(24 * HOUR),
    () => clock.pass(31 * 60),
  )
  const messages = await messagesOf(chain)
  const instance = async (own: readonly IngestMessage[]) => {
    const { feeds, sinks } = chain
    const other = makeChain({ clock, feeds, tables: inTurns(tables, scheduler), sinkNames: sinks })
    for (const message of own) await untilDone(() => other.ingest(message))
  }
  await scheduler.waitFor(Promise.all([instance(messages), instance([...messages].reverse())]))
  return chain
}

async function contentsOf(chain: Chain) {
  const outbox = await Promise.all(chain.sinks.map(sink => chain.outbox.all(sink)))
  return { incidents: await chain.incidentsOf(), outbox }
}
