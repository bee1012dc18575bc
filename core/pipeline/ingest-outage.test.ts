import { describe, expect, it } from 'vitest'
import { setUpIngest as setUp } from '../../test/chain/ingested.ts'
import { expectPromisesKept } from '../../test/chain/promises.ts'
import { MIDNIGHT } from '../../test/support/histories.ts'
import { FeedError } from '../model/errors.ts'

const MINUTES = 60

describe('an outage of the feed', () => {
  it.each(['unavailable', 'throttled', 'unauthorized', 'rejected'] as const)(
    'of hours (%s) sets nothing aside and uses up no try',
    async code => {
      const { feed, records, chain, states, round } = setUp(3)
      feed.fetchFault = () => new FeedError(code, 'Not now.')
      for (let minutes = 0; minutes < 5 * 60; minutes += 5) await round(5 * MINUTES)
      expect(await states()).toEqual(['listed', 'listed', 'listed'])
      expect(await chain.queue.size()).toBe(0)
      expect(await chain.notices('teams')).toEqual([])

      feed.fetchFault = () => undefined
      // The overlap of a poll no longer names them; the next sweep does.
      await chain.sweep()
      await chain.drain()
      await expectPromisesKept(chain, records)
    },
  )

  it('that is over soon is made up for by the next poll after five minutes', async () => {
    const { clock, feed, records, chain, round } = setUp(2)
    feed.fetchFault = () => new FeedError('unavailable', 'Not now.')
    await round(5 * MINUTES - 1)
    feed.fetchFault = () => undefined
    await round(1)
    expect(feed.fetched).toHaveLength(2)
    await round(0)
    expect(clock.seconds()).toBe(MIDNIGHT + 7_500)
    await expectPromisesKept(chain, records)
  })

  it('that names its end is waited for', async () => {
    const { feed, records, chain, round } = setUp(1)
    feed.fetchFault = () => new FeedError('throttled', 'Later.', { retryAfterMs: 40 * MINUTES * 1000 })
    await round(39 * MINUTES)
    await round(MINUTES)
    expect(feed.fetched).toHaveLength(1)
    feed.fetchFault = () => undefined
    await round(0)
    await expectPromisesKept(chain, records)
  })

  it('puts off the blobs it hits and no others', async () => {
    const { feed, published, chain, states } = setUp(3)
    feed.fetchFault = ({ id }) =>
      id === published[1]?.id ? new FeedError('throttled', 'Not now.', { serverCode: 'AF429' }) : undefined
    await chain.poll()
    const [message] = await chain.queue.receive(1, 60)
    if (message === undefined) throw new Error('There is a message')
    expect(await chain.ingest(message.body)).toMatchObject({ blobs: 2, records: 2, rejected: 0, deferred: 1 })
    expect(await states()).toEqual(['done', 'listed', 'done'])
    expect((await chain.ledgerOf(feed.id))[1]?.reason).toBe('AF429')
  })
})
