import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeTestFeed } from '../../test/chain/feed.ts'
import { makeChain, makeClock } from '../../test/chain/kit.ts'
import { expectPromisesKept } from '../../test/chain/promises.ts'
import { inTurns } from '../../test/chain/turns.ts'
import { MIDNIGHT, type RawRecord } from '../../test/support/histories.ts'
import { type Checkpoint, OVERLAP } from '../model/checkpoint.ts'
import { FeedError, StoreError } from '../model/errors.ts'
import { DAY, HOUR } from '../model/time.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeMemoryQueue } from '../stores/queue/memory.ts'
import type { IngestMessage } from './messages.ts'
import { checkpointName, type FeedReport, feedReportName } from './poll.ts'

const MINUTES = 60

const flag = (n: number): RawRecord => ({
  Id: `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`,
  CreationTime: new Date((MIDNIGHT + n) * 1000).toISOString().slice(0, 19),
  Operation: 'Flag',
  UserId: `user${n}@birchwood.example`,
  SessionId: 's1',
  Folders: [],
})

function setUp({ ids = ['Audit.Exchange'], pageSize = 2 } = {}) {
  const clock = makeClock()
  const feeds = ids.map(id => makeTestFeed(clock.seconds, { id, pageSize }))
  const [feed] = feeds
  if (feed === undefined) throw new Error('A test needs a feed')
  const chain = makeChain({ clock, feeds, sinkNames: ['teams'] })
  const checkpoint = async (id = feed.id) =>
    (await chain.state.read<Checkpoint>(checkpointName(id)))?.listedTo
  return { clock, feed, feeds, chain, checkpoint }
}

const down = () => new FeedError('unavailable', 'The server is not available.')

describe('listing', () => {
  it('covers all that can be listed at first, in slices of a day, and then what is new', async () => {
    const { clock, feed, chain, checkpoint } = setUp()
    const first = clock.seconds()
    await chain.poll()
    expect(feed.slices).toHaveLength(7)
    expect(feed.slices[0]?.from).toBe(first - 7 * DAY + 5 * MINUTES)
    expect(feed.slices.slice(1).map(({ from }) => from)).toEqual(feed.slices.slice(0, -1).map(({ to }) => to))
    expect(feed.slices.at(-1)?.to).toBe(first)
    expect(await checkpoint()).toBe(first)

    clock.pass(5 * MINUTES)
    await chain.poll()
    expect(feed.slices.slice(7)).toEqual([{ from: first - OVERLAP, to: first + 5 * MINUTES }])
  })

  it('moves the checkpoint over finished slices only, and goes on from there', async () => {
    const { clock, feed, chain, checkpoint } = setUp()
    const created = (day: number) => clock.seconds() - day * DAY - HOUR
    for (const day of [6, 5, 4, 3, 2, 1, 0]) feed.publish([flag(day)], { created: created(day) })
    feed.listFault = () => (feed.slices.length === 4 ? down() : undefined)
    const [report] = await chain.poll()
    expect(report?.problem?.kind).toBe('unavailable')
    expect(report?.queued).toBe(3)
    expect(await checkpoint()).toBe(feed.slices[2]?.to)

    feed.listFault = () => undefined
    const [second] = await chain.poll()
    expect(feed.slices[4]?.from).toBe((feed.slices[2]?.to ?? 0) - OVERLAP)
    expect(second?.queued).toBe(4)
    expect(second?.problem).toBeUndefined()
    await chain.drain()
    expect(new Set(feed.fetched).size).toBe(7)
  })

  it('keeps the blobs of the pages before a fault', async () => {
    const { clock, feed, chain } = setUp({ pageSize: 1 })
    for (const n of [1, 2, 3]) feed.publish([flag(n)], { created: clock.seconds() - 60 })
    feed.listFault = (_, page) => (page === 2 ? down() : undefined)
    expect((await chain.poll())[0]?.queued).toBe(2)
    feed.listFault = () => undefined
    expect((await chain.poll())[0]?.queued).toBe(1)
  })

  it('starts a slice over when a page link is refused, and gives up after the third time', async () => {
    const { clock, feed, chain, checkpoint } = setUp({ pageSize: 1 })
    await chain.poll()
    for (const n of [1, 2, 3]) feed.publish([flag(n)])
    clock.pass(MINUTES)
    const refused = new FeedError('page-rejected', 'The page is not valid.', { serverCode: 'AF20031' })
    let times = 2
    feed.listFault = (_, page) => (page === 1 && times-- > 0 ? refused : undefined)
    const [report] = await chain.poll()
    expect(report).toMatchObject({ queued: 3 })
    expect(report?.problem).toBeUndefined()

    const before = await checkpoint()
    clock.pass(MINUTES)
    feed.listFault = (_, page) => (page === 1 ? refused : undefined)
    const [stuck] = await chain.poll()
    expect(stuck?.problem).toMatchObject({ kind: 'page-rejected', code: 'AF20031' })
    expect(await checkpoint()).toBe(before)
  })

  it('queues nothing twice, although the overlap is listed again on every poll', async () => {
    const { clock, feed, chain } = setUp()
    for (const n of [1, 2, 3]) feed.publish([flag(n)], { created: clock.seconds() - n * 60 })
    await chain.poll()
    await chain.drain()
    for (let round = 0; round < 12; round++) {
      clock.pass(10 * MINUTES)
      expect((await chain.poll())[0]?.queued).toBe(0)
    }
    expect(feed.fetched).toHaveLength(3)
  })

  it('never moves the checkpoint back when the past is listed again', async () => {
    const { clock, feed, chain, checkpoint } = setUp()
    await chain.poll()
    clock.pass(HOUR)
    const before = await checkpoint()
    feed.listFault = slice => (slice.to === clock.seconds() ? down() : undefined)
    await chain.poll(7 * DAY)
    expect(await checkpoint()).toBe(before)
  })
})

describe('a blob on its way to the queue', () => {
  it('is sent again when its message went astray, and not before that is likely', async () => {
    const { clock, feed, chain } = setUp()
    feed.publish([flag(1)], { created: clock.seconds() - 60 })
    await chain.poll()
    for (const message of await chain.queue.receive(9, 9)) await message.done()
    clock.pass(29 * MINUTES)
    expect((await chain.poll())[0]?.queued).toBe(0)
    clock.pass(MINUTES)
    expect((await chain.poll())[0]?.queued).toBe(1)
    await chain.drain()
    expect(feed.fetched).toHaveLength(1)
  })

  it('is not lost by a death between the ledger and the queue', async () => {
    const clock = makeClock()
    const feed = makeTestFeed(clock.seconds, { pageSize: 10 })
    const records = Array.from({ length: 20 }, (_, n) => flag(n))
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
      listedTo: clock.seconds() - DAY + 5 * MINUTES,
    })
    for (let round = 0; round < 8; round++) {
      clock.pass(5 * MINUTES)
      await chain.poll()
      await chain.drain()
    }
    await expectPromisesKept(chain, records)
  })
})

describe('what the operator hears', () => {
  it('a gap of more than seven days, once, also while the feed cannot be listed yet', async () => {
    const { clock, feed, chain } = setUp()
    await chain.poll()
    const seen = clock.seconds()
    clock.pass(8 * DAY)
    feed.listFault = down
    for (let round = 0; round < 3; round++) {
      await chain.poll()
      clock.pass(5 * MINUTES)
    }
    feed.listFault = () => undefined
    for (let round = 0; round < 3; round++) {
      await chain.poll()
      clock.pass(5 * MINUTES)
    }
    const notices = await chain.notices('teams')
    expect(notices.map(({ headline }) => headline)).toEqual(['A gap in Audit.Exchange: records were lost'])
    expect(notices[0]?.sentence).toContain(`${new Date(seen * 1000).toISOString().slice(0, 19)}Z`)
  })

  it('nothing about seven days without a poll that can still be listed', async () => {
    const { clock, chain } = setUp()
    await chain.poll()
    clock.pass(7 * DAY - 10 * MINUTES)
    await chain.poll()
    expect(await chain.notices('teams')).toEqual([])
  })

  it.each([
    ['disabled', 1],
    ['expired', 1],
    ['absent', 0],
  ] as const)('a subscription that was %s and had to be started: %i times', async (was, times) => {
    const { clock, feed, chain } = setUp()
    feed.subscriptions.push({ state: 'started', was })
    for (let round = 0; round < 3; round++) {
      await chain.poll()
      clock.pass(5 * MINUTES)
    }
    expect(await chain.notices('teams')).toHaveLength(times)
  })

  it('a missing permission, once a day and once for all feeds', async () => {
    const { clock, feeds, chain } = setUp({ ids: ['Audit.Exchange', 'Audit.General'] })
    for (const feed of feeds)
      feed.listFault = () => new FeedError('consent-missing', 'ActivityFeed.Read is missing.')
    for (let round = 0; round < 4; round++) {
      await chain.poll()
      clock.pass(5 * MINUTES)
    }
    const notices = await chain.notices('teams')
    expect(notices.map(({ sentence }) => sentence)).toEqual([
      'Audit.Exchange, Audit.General: ActivityFeed.Read is missing.',
    ])
    clock.pass(DAY)
    await chain.poll()
    expect(await chain.notices('teams')).toHaveLength(2)
  })

  it('nothing about an outage, which passes', async () => {
    const { feed, chain } = setUp()
    feed.listFault = down
    await chain.poll()
    expect(await chain.notices('teams')).toEqual([])
  })
})

describe('feeds', () => {
  it('fail alone', async () => {
    const { feeds, chain, checkpoint } = setUp({ ids: ['Audit.Exchange', 'Audit.General'] })
    const [broken, sound] = feeds
    if (broken === undefined || sound === undefined) throw new Error('Two feeds')
    broken.listFault = down
    sound.publish([flag(1)], { created: MIDNIGHT })
    const reports = await chain.poll()
    expect(reports.map(({ feed, queued, problem }) => [feed, queued, problem?.code])).toEqual([
      ['Audit.Exchange', 0, 'unavailable'],
      ['Audit.General', 1, undefined],
    ])
    expect(await checkpoint('Audit.Exchange')).toBeUndefined()
    await chain.drain()
    expect(sound.fetched).toHaveLength(1)
  })

  it('remember when they last went well and what was the newest they saw', async () => {
    const { clock, feed, chain } = setUp()
    const blob = feed.publish([flag(1)], { created: clock.seconds() - 60 })
    await chain.poll()
    const listedOk = clock.seconds()
    clock.pass(HOUR)
    feed.listFault = down
    await chain.poll()
    expect(await chain.state.read<FeedReport>(feedReportName(feed.id))).toMatchObject({
      at: clock.seconds(),
      listedOk,
      newestBlob: blob.created,
      problem: { kind: 'unavailable' },
    })
  })
})

describe('two polls at once', () => {
  it('do no harm, however their calls mix', async () => {
    const records = Array.from({ length: 5 }, (_, n) => flag(n))
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
