import { expect, it } from 'vitest'
import { makeTestFeed } from '../../test/chain/feed.ts'
import { makeChain, makeClock } from '../../test/chain/kit.ts'

function setUp() {
  const clock = makeClock()
  const feed = makeTestFeed(clock.seconds, { pageSize: 10 })
  const chain = makeChain({ clock, feeds: [feed], sinkNames: ['teams', 'webhook'] })
  const blobs = [1, 2, 3].map(() => feed.publish([], { created: clock.seconds() - 60 }))
  return { clock, feed, chain, message: { feed: feed.id, blobs } }
}

it('sets aside what is still to do of a message and tells every sink once', async () => {
  const { clock, feed, chain, message } = setUp()
  await chain.poll()
  const [first, second] = await chain.ledgerOf(feed.id)
  if (first === undefined || second === undefined) throw new Error('Three blobs are listed')
  await chain.ledger.end(feed.id, [
    { ...first, state: 'done' },
    { ...second, resendAt: clock.seconds() + 300, reason: 'throttled' },
  ])
  expect(await chain.quarantine(message)).toBe(1)
  expect((await chain.ledgerOf(feed.id)).map(({ state, reason }) => [state, reason])).toEqual([
    ['done', undefined],
    ['listed', 'throttled'],
    ['quarantined', 'unreadable after every try'],
  ])
  expect(await chain.quarantine(message)).toBe(0)
  for (const sink of chain.sinks) {
    const [notice, ...more] = await chain.notices(sink)
    expect(notice?.sentence).toMatch(/^1 package of audit records from Audit.Exchange could not be read/)
    expect(more).toEqual([])
  }
})

it('puts blobs on record that the ledger does not know, such as those of a message older than it', async () => {
  const { feed, chain, message } = setUp()
  expect(await chain.quarantine(message)).toBe(3)
  expect(await chain.ledgerOf(feed.id)).toHaveLength(3)
})
