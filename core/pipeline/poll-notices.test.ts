import { describe, expect, it } from 'vitest'
import { observedBy } from '../../test/chain/observed.ts'
import { setUpPolling as setUp } from '../../test/chain/polled.ts'
import { FeedError } from '../model/errors.ts'
import { DAY, HOUR } from '../model/time.ts'

const MINUTES = 60

const down = () => new FeedError('unavailable', 'The server is not available.')

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
    clock.pass(7 * DAY - 20 * MINUTES)
    await chain.poll()
    expect(await chain.notices('teams')).toEqual([])
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

  it('nothing for a day of a permission lost where the feed worked before: that is told as a finding', async () => {
    const { clock, feed, chain } = setUp()
    await chain.poll()
    feed.listFault = () => new FeedError('consent-missing', 'ActivityFeed.Read is missing.')
    for (let hour = 0; hour < 23; hour++) {
      clock.pass(HOUR)
      await chain.poll()
    }
    expect(await chain.notices('teams')).toEqual([])
    expect(await observedBy(chain)).toEqual(['OwnPermissionRemoved'])
    clock.pass(HOUR)
    await chain.poll()
    expect(await chain.notices('teams')).toHaveLength(1)
  })

  it('nothing about an outage, which passes', async () => {
    const { feed, chain } = setUp()
    feed.listFault = down
    await chain.poll()
    expect(await chain.notices('teams')).toEqual([])
  })
})

describe('a subscription that had to be started', () => {
  const stops = ['SubscriptionStopped', 'SubscriptionRestarted']

  it('is told as running again once somebody else has started it while we had to wait', async () => {
    const { clock, feed, chain } = setUp()
    await chain.poll()
    const subscribe = feed.subscribe
    feed.subscribe = async (_signal, stopped) => {
      await stopped?.('disabled')
      return { state: 'cooling', retryAfterMs: 60_000 }
    }
    for (let round = 0; round < 2; round++) {
      clock.pass(5 * MINUTES)
      await chain.poll()
      expect(await observedBy(chain)).toEqual(['SubscriptionStopped'])
    }
    feed.subscribe = subscribe
    await chain.poll()
    expect(await observedBy(chain)).toEqual(stops)
  })

  it.each([
    ['disabled', false, stops],
    ['expired', false, stops],
    ['absent', false, []],
    ['absent', true, stops],
  ] as const)('as it was %s (after it had worked: %s) is told as %j', async (was, worked, told) => {
    const { clock, feed, chain } = setUp()
    if (worked) await chain.poll()
    clock.pass(5 * MINUTES)
    feed.subscriptions.push({ state: 'started', was })
    for (let round = 0; round < 3; round++) {
      await chain.poll()
      clock.pass(5 * MINUTES)
    }
    expect(await observedBy(chain)).toEqual(told)
    expect(await chain.notices('teams')).toEqual([])
  })

  it('is told as stopped and running again though somebody died between starting and telling', async () => {
    const { clock, feed, chain } = setUp()
    await chain.poll()
    clock.pass(5 * MINUTES)
    const subscribe = feed.subscribe
    feed.subscribe = async (_signal, stopped) => {
      feed.subscribe = subscribe
      await stopped?.('disabled')
      throw new Error('killed')
    }
    await expect(chain.poll()).rejects.toThrow('killed')
    for (let round = 0; round < 2; round++) {
      clock.pass(5 * MINUTES)
      await chain.poll()
    }
    expect(await observedBy(chain)).toEqual(stops)
  })
})
