import { describe, expect, it } from 'vitest'
import { setUpPolling as setUp } from '../../test/chain/polled.ts'
import { FeedError } from '../model/errors.ts'
import { DAY } from '../model/time.ts'

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
