import { describe, expect, it } from 'vitest'
import { setUpIngest } from '../../test/chain/ingested.ts'
import { expectPromisesKept } from '../../test/chain/promises.ts'
import { flag } from '../../test/chain/records.ts'
import { FeedError } from '../model/errors.ts'
import { DAY, HOUR, parseWireTime } from '../model/time.ts'
import { health } from './health.ts'
import { drop, quarantined, release } from './quarantine.ts'
import { pauseAfter } from './unfinished.ts'

const broken = () => new FeedError('malformed', 'The answer is not a content blob.', { serverCode: 'AF1' })

/** Three blobs, the second of which is set aside. */
async function setUp() {
  const world = setUpIngest(3)
  const { chain, clock, feed, published } = world
  const [, sick] = published
  if (sick === undefined) throw new Error('There are three blobs')
  feed.fetchFault = ({ id }) => (id === sick.id ? broken() : undefined)
  await chain.poll()
  await chain.drain()
  const hour = async () => {
    clock.pass(HOUR)
    await chain.poll()
    await chain.sweep()
    await chain.drain()
  }
  const tries = () => feed.fetched.filter(id => id === sick.id).length
  const entry = async () => (await chain.ledgerOf(feed.id)).find(({ blob }) => blob.id === sick.id)
  const [row] = await quarantined(chain)
  if (row === undefined) throw new Error('A blob is set aside')
  return { ...world, sick, hour, tries, entry, id: row.id }
}

describe('a blob that was set aside', () => {
  it('is tried again with growing pauses until it expires, and told about at the beginning and the end', async () => {
    const { chain, clock, sick, states, hour, tries, entry } = await setUp()
    expect(await entry()).toMatchObject({ state: 'quarantined', reason: 'AF1' })
    const begun = clock.seconds()
    const at: number[] = []
    while (clock.seconds() < (parseWireTime(sick.expires) ?? 0)) {
      const before = tries()
      await hour()
      if (tries() > before) at.push((clock.seconds() - begun) / HOUR)
    }
    expect(at).toEqual([1, 3, 7, 15, 31, 55, 79, 103, 127, 151])
    await hour()
    expect(await states()).toEqual(['done', 'expired', 'done'])
    expect((await chain.notices('teams')).map(({ headline }) => headline).sort()).toEqual([
      'Some records of Audit.Exchange cannot be read',
      'Some records of Audit.Exchange were not read',
    ])
  })

  it('is evaluated as if nothing had been, once it can be read', async () => {
    const { chain, feed, records, hour } = await setUp()
    await hour()
    feed.fetchFault = () => undefined
    for (let n = 0; n < 2; n++) await hour()
    await expectPromisesKept(chain, records)
    expect(await quarantined(chain)).toEqual([])
  })

  it('travels alone, and what is new is read while it fails', async () => {
    const { chain, clock, feed, sick, records, hour } = await setUp()
    const fresh = flag(60)
    feed.publish([fresh], { created: clock.seconds() - 30 })
    clock.pass(HOUR)
    await chain.poll()
    await chain.sweep()
    const messages = await chain.queue.receive(10, 0)
    const bodies = messages.map(({ body }) => [body.blobs.map(({ id }) => id), body.retry])
    expect(bodies).toContainEqual([[sick.id], true])
    expect(bodies).toHaveLength(2)
    await chain.drain()
    feed.fetchFault = () => undefined
    for (let n = 0; n < 2; n++) await hour()
    await expectPromisesKept(chain, [...records, fresh])
  })

  it('waits longer each time also where every try kills the process', async () => {
    const { chain, clock, sick, entry } = await setUp()
    for (let tried = 1; tried <= 4; tried++) {
      clock.pass(pauseAfter(tried - 1))
      await chain.sweep()
      const [message] = await chain.queue.receive(1, 60)
      expect(message?.body).toMatchObject({ blobs: [{ id: sick.id }], retry: true })
      // What the host does after the fifth death.
      if (message !== undefined) await chain.quarantine(message.body)
      await message?.done()
      expect(await entry()).toMatchObject({ state: 'quarantined', retries: tried })
    }
    expect(await chain.notices('teams')).toHaveLength(1)
  })

  it('keeps its reason and its place during an outage, which counts for no try', async () => {
    const { feed, hour, entry } = await setUp()
    feed.fetchFault = () => new FeedError('unavailable', 'Not now.')
    for (let n = 0; n < 3; n++) {
      await hour()
      expect(await entry()).toMatchObject({ state: 'quarantined', reason: 'AF1', retries: 0 })
    }
  })

  it('is not read by a message that was sent before', async () => {
    const { chain, feed, published, tries } = await setUp()
    const before = tries()
    await chain.ingest({ feed: feed.id, blobs: published })
    expect(tries()).toBe(before)
  })
})

describe('an operator', () => {
  it('releases a blob, which is then tried like a new one', async () => {
    const { chain, feed, records, id, states } = await setUp()
    await release(chain, id)
    expect(await states()).toEqual(['done', 'listed', 'done'])
    feed.fetchFault = () => undefined
    await chain.drain()
    await expectPromisesKept(chain, records)
  })

  it('drops a blob for a reason, and nobody asks about it any more', async () => {
    const { chain, clock, feed, sick, entry, hour, id, tries } = await setUp()
    const healthy = async () => (await health({ ...chain, feedIds: [feed.id] })).ok
    expect(await healthy()).toBe(false)
    await drop(chain, sick.id, 'seen in Purview')
    expect(await entry()).toMatchObject({
      state: 'quarantined',
      dropped: { reason: 'seen in Purview', at: clock.seconds() },
    })
    expect(await healthy()).toBe(true)
    const before = tries()
    for (let n = 0; n < 4; n++) await hour()
    expect(tries()).toBe(before)
    clock.pass(7 * DAY)
    await hour()
    expect(await entry()).toMatchObject({ state: 'quarantined' })
    await release(chain, id)
    expect(await entry()).toMatchObject({ state: 'listed' })
  })

  it('is told what is set aside where an id is not', async () => {
    const { chain, published } = await setUp()
    await expect(release(chain, published[0]?.id ?? '')).rejects.toMatchObject({
      problems: [expect.stringMatching(/^No blob .* is set aside/)],
    })
  })
})

describe('a blob that was listed and never read', () => {
  it('is sent again by a sweep, also where no listing is due', async () => {
    const { chain, clock, feed, records } = setUpIngest(2)
    await chain.sweep()
    for (const message of await chain.queue.receive(10, 60)) await message.done()
    clock.pass(HOUR)
    feed.list = async function* () {}
    await chain.sweep()
    await chain.drain()
    await expectPromisesKept(chain, records)
  })
})
