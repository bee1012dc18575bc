import { describe, expect, it } from 'vitest'
import { setUpPolling as setUp } from '../../test/chain/polled.ts'
import { flag } from '../../test/chain/records.ts'
import { MIDNIGHT } from '../../test/support/histories.ts'
import { OVERLAP } from '../model/checkpoint.ts'
import { FeedError } from '../model/errors.ts'
import { DAY, HOUR } from '../model/time.ts'
import { type FeedReport, feedReportName } from './poll.ts'

const MINUTES = 60

/** Everybody has one finding. */
const one = (n: number) => flag(n, { UserId: `user${n}@birchwood.example` })

const down = () => new FeedError('unavailable', 'The server is not available.')

describe('listing', () => {
  it('covers all that can be listed at first, in slices of a day, and then what is new', async () => {
    const { clock, feed, chain, checkpoint } = setUp()
    const first = clock.seconds()
    await chain.poll()
    expect(feed.slices).toHaveLength(7)
    expect(feed.slices[0]?.from).toBe(first - 7 * DAY + 15 * MINUTES)
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
    for (const day of [6, 5, 4, 3, 2, 1, 0]) feed.publish([one(day)], { created: created(day) })
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
    for (const n of [1, 2, 3]) feed.publish([one(n)], { created: clock.seconds() - 60 })
    feed.listFault = (_, page) => (page === 2 ? down() : undefined)
    expect((await chain.poll())[0]?.queued).toBe(2)
    feed.listFault = () => undefined
    expect((await chain.poll())[0]?.queued).toBe(1)
  })

  it('starts a slice over when a page link is refused, and gives up after the third time', async () => {
    const { clock, feed, chain, checkpoint } = setUp({ pageSize: 1 })
    await chain.poll()
    for (const n of [1, 2, 3]) feed.publish([one(n)])
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
    for (const n of [1, 2, 3]) feed.publish([one(n)], { created: clock.seconds() - n * 60 })
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

describe('feeds', () => {
  it('fail alone', async () => {
    const { feeds, chain, checkpoint } = setUp({ ids: ['Audit.Exchange', 'Audit.General'] })
    const [broken, sound] = feeds
    if (broken === undefined || sound === undefined) throw new Error('Two feeds')
    broken.listFault = down
    sound.publish([one(1)], { created: MIDNIGHT })
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
    const blob = feed.publish([one(1)], { created: clock.seconds() - 60 })
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
