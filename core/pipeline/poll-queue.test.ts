import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeTestFeed } from '../../test/chain/feed.ts'
import { makeChain, makeClock, ongoing } from '../../test/chain/kit.ts'
import { setUpPolling as setUp } from '../../test/chain/polled.ts'
import { expectPromisesKept } from '../../test/chain/promises.ts'
import { flag } from '../../test/chain/records.ts'
import { inTurns } from '../../test/chain/turns.ts'
import type { Checkpoint } from '../model/checkpoint.ts'
import { StoreError } from '../model/errors.ts'
import { DAY, HOUR } from '../model/time.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeMemoryQueue } from '../stores/queue/memory.ts'
import type { IngestMessage } from './messages.ts'
import { checkpointName, recover } from './poll.ts'

const MINUTES = 60

/** Everybody has one finding. */
const one = (n: number) => flag(n, { UserId: `user${n}@birchwood.example` })

describe('a blob on its way to the queue', () => {
  it('is sent again when its message went astray, and not before that is likely', async () => {
    const { clock, feed, chain } = setUp()
    feed.publish([one(1)], { created: clock.seconds() - 60 })
    await chain.poll()
    for (const message of await chain.queue.receive(9, 9)) await message.done()
    clock.pass(29 * MINUTES)
    expect((await chain.poll())[0]?.queued).toBe(0)
    clock.pass(MINUTES)
    expect((await chain.poll())[0]?.queued).toBe(1)
    await chain.drain()
    expect(feed.fetched).toHaveLength(1)
  })

  it('comes after those of the days before, also of feeds that have more to list', async () => {
    const clock = makeClock()
    const days = [5, 4, 3, 2, 1]
    const feeds = [1, 30].map((blobs, n) => {
      const feed = makeTestFeed(clock.seconds, { id: `feed${n}`, pageSize: 4 })
      for (const day of days)
        for (let i = 0; i < blobs; i++)
          feed.publish([one(i)], { created: clock.seconds() - day * DAY + HOUR })
      return feed
    })
    const chain = makeChain({ clock, feeds, sinkNames: ['teams'] })
    await chain.poll()
    const messages = await chain.queue.receive(1_000, 9)
    const created = messages.flatMap(({ body }) => body.blobs.map(blob => blob.created))
    expect(created).toHaveLength(155)
    expect(created).toEqual(created.toSorted())
  })

  it('is not lost by a death between the ledger and the queue', async () => {
    const clock = makeClock()
    const feed = makeTestFeed(clock.seconds, { pageSize: 10 })
    const records = Array.from({ length: 20 }, (_, n) => one(n))
    for (const record of records) feed.publish([record], { created: clock.seconds() - 60 })
    const inner = makeMemoryQueue<IngestMessage>(clock.seconds)
    let sends = 0
    const queue = {
      ...inner,
      async send(message: IngestMessage) {
        if (++sends === 2) throw new StoreError('unavailable', 'The queue did not answer.')
        await inner.send(message)
      },
    }
    const chain = makeChain({ clock, feeds: [feed], queue, sinkNames: ['teams'] })
    await expect(chain.poll()).rejects.toThrow('did not answer')
    expect(await chain.state.read<Checkpoint>(checkpointName(feed.id))).toMatchObject({
      listedTo: clock.seconds() - DAY + 15 * MINUTES,
    })
    for (let round = 0; round < 8; round++) {
      clock.pass(5 * MINUTES)
      await chain.poll()
      await chain.drain()
    }
    await expectPromisesKept(chain, records)
  })
})

describe('two polls at once', () => {
  it('do no harm, however their calls mix', async () => {
    const records = Array.from({ length: 5 }, (_, n) => one(n))
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async scheduler => {
        const clock = makeClock()
        const tables = makeMemoryTables()
        const feed = makeTestFeed(clock.seconds)
        for (const record of records) feed.publish([record], { created: clock.seconds() - 60 })
        const queue = makeMemoryQueue<IngestMessage>(clock.seconds)
        const options = { clock, feeds: [feed], queue, sinkNames: ['teams'] }
        const racing = () => makeChain({ ...options, tables: inTurns(tables, scheduler) }).poll()
        await scheduler.waitFor(Promise.all([racing(), racing()]))
        const chain = makeChain({ ...options, tables })
        await chain.drain()
        clock.pass(HOUR)
        await chain.poll()
        await chain.drain()
        await expectPromisesKept(chain, records)
      }),
      { numRuns: 40, seed: 1 },
    )
  })
})

describe('taking up what a killed process left', () => {
  it('queues at once whatever was not finished in seven days, and nothing that was', async () => {
    const { clock, feed, chain } = setUp()
    for (const day of [0, 2, 6]) feed.publish([one(day)], { created: clock.seconds() - day * DAY - HOUR })
    await chain.poll()
    const [first, ...lost] = await chain.queue.receive(9, 9)
    await chain.ingest(first?.body ?? { feed: '', blobs: [] })
    for (const message of [first, ...lost]) await message?.done()
    clock.pass(MINUTES)
    expect((await chain.poll())[0]?.queued).toBe(0)
    expect((await recover(chain, ongoing()))[0]?.queued).toBe(2)
    await chain.drain()
    expect(feed.fetched).toHaveLength(3)
  })
})
