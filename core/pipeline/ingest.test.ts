import { describe, expect, it } from 'vitest'
import { setUpIngest as setUp } from '../../test/chain/ingested.ts'
import { ongoing } from '../../test/chain/kit.ts'
import { expectedOf, expectPromisesKept, storedOf } from '../../test/chain/promises.ts'
import { flag } from '../../test/chain/records.ts'
import { FeedError } from '../model/errors.ts'
import { DAY, HOUR } from '../model/time.ts'
import { ingest } from './ingest.ts'

const MINUTES = 60

const broken = () => new FeedError('malformed', 'The answer is not a content blob.')

describe('a blob that is broken', () => {
  it('is tried five times, set aside and told about once; its siblings are finished first', async () => {
    const { feed, records, published, chain, states, round } = setUp(3)
    feed.fetchFault = ({ id }) => (id === published[1]?.id ? broken() : undefined)
    await chain.poll()
    const [message] = await chain.queue.receive(1, 60)
    if (message === undefined) throw new Error('There is a message')
    await expect(chain.ingest(message.body)).rejects.toThrow('not a content blob')
    expect(await states()).toEqual(['done', 'listed', 'done'])
    expect(await storedOf(chain)).toEqual(expectedOf(records.filter((_, n) => n !== 1)))
    await message.release(0)

    await chain.drain()
    expect(await states()).toEqual(['done', 'quarantined', 'done'])
    expect(feed.fetched.filter(id => id === published[1]?.id)).toHaveLength(5)
    expect(feed.fetched.filter(id => id === published[0]?.id)).toHaveLength(1)
    await round(5 * MINUTES)
    await round(HOUR)
    expect(feed.fetched).toHaveLength(7)
    expect((await chain.notices('teams')).map(({ headline }) => headline)).toEqual([
      'Some records of Audit.Exchange cannot be read',
    ])
  })

  it('takes no sibling along that was only put off', async () => {
    const { clock, feed, records, published, chain, states } = setUp(2)
    feed.fetchFault = ({ id }) =>
      id === published[0]?.id ? broken() : new FeedError('unavailable', 'Not now.')
    await chain.poll()
    await chain.drain()
    expect(await states()).toEqual(['quarantined', 'listed'])
    feed.fetchFault = () => undefined
    clock.pass(5 * MINUTES)
    await chain.poll()
    await chain.drain()
    expect(await states()).toEqual(['quarantined', 'done'])
    expect(await storedOf(chain)).toEqual(expectedOf(records.slice(1)))
  })

  it('is read after all when it was only cut off on the way', async () => {
    const { feed, records, chain } = setUp(2)
    let times = 3
    feed.fetchFault = () => (times-- > 0 ? broken() : undefined)
    await chain.poll()
    await chain.drain()
    await expectPromisesKept(chain, records)
  })

  it('is found to be no JSON by the reader too', async () => {
    const { clock, feed, chain, states } = setUp(0)
    feed.publish('[{"Id": 1}, {"Id"]', { created: clock.seconds() - 60 })
    await chain.poll()
    await chain.drain()
    expect(await states()).toEqual(['quarantined'])
  })
})

describe('a blob that is lost', () => {
  it('to its expiry is on record and told about', async () => {
    const { clock, feed, chain, states } = setUp(1)
    await chain.poll()
    clock.pass(8 * DAY)
    await chain.drain()
    expect(await states()).toEqual(['expired'])
    expect((await chain.ledgerOf(feed.id))[0]?.reason).toBe('content-expired')
    const [notice] = await chain.notices('teams')
    expect(notice).toMatchObject({
      headline: 'Some records of Audit.Exchange were not read',
      sentence: 'It has expired.',
    })
  })

  it('behind a foreign address is set aside at once and told about, and read when its own address comes', async () => {
    const { clock, feed, published, records, chain, states, round } = setUp(2)
    const [own] = published
    if (own === undefined) throw new Error('There is a blob')
    const { list } = feed
    feed.list = async function* (slice, signal) {
      for await (const blobs of list(slice, signal))
        yield blobs.map(blob => (blob.id === own.id ? { ...blob, uri: 'https://foreign.example/x' } : blob))
    }
    feed.fetchFault = ({ uri }) =>
      uri.startsWith('https://foreign.') ? new FeedError('foreign-origin', 'Another host.') : undefined
    for (let n = 0; n < 3; n++) await round(5 * MINUTES)
    expect((await states()).sort()).toEqual(['done', 'quarantined'])
    expect(feed.fetched.filter(id => id === own.id)).toHaveLength(1)
    expect((await chain.notices('teams')).map(({ sentence }) => sentence)).toEqual(['Another host.'])

    feed.list = list
    await round(clock.seconds())
    await expectPromisesKept(chain, records)
  })
})

describe('ingest', () => {
  it('counts what cannot be read as a record, by reason, and reads its neighbours', async () => {
    const { clock, feed, chain } = setUp(0)
    const bad = ['x', {}, { Operation: 'Flag', CreationTime: '0001-01-01T00:00:00' }]
    feed.publish(JSON.stringify([flag(1), ...bad, flag(2)]), { created: clock.seconds() - 60 })
    await chain.poll()
    await chain.drain()
    const [entry] = await chain.ledgerOf(feed.id)
    expect(entry).toMatchObject({
      state: 'done',
      counts: {
        parsed: 5,
        evaluated: 2,
        duplicates: 0,
        rejected: { 'not-an-object': 1, 'no-operation': 1, 'no-time': 1 },
      },
    })
    expect(await storedOf(chain)).toEqual(expectedOf([flag(1), flag(2)]))
  })

  it('does not read decades of storage for one record with a wrong year', async () => {
    const { clock, tables, feed, chain } = setUp(0)
    const old = flag(2, { CreationTime: '1971-02-03T04:05:06' })
    const far = flag(3, { CreationTime: '9998-02-03T04:05:06' })
    feed.publish([flag(1), old, far], { created: clock.seconds() - 60 })
    await chain.poll()
    const before = tables.stats().reads
    await chain.drain()
    expect(tables.stats().reads - before).toBeLessThan(60)
    expect(await storedOf(chain)).toEqual(expectedOf([flag(1), old, far]))
  })

  it('shows what it read to whoever watches, also when a sibling is broken', async () => {
    const { feed, published, chain } = setUp(3)
    feed.fetchFault = ({ id }) => (id === published[0]?.id ? broken() : undefined)
    await chain.poll()
    const [message] = await chain.queue.receive(1, 60)
    const seen: string[] = []
    const onRead = ({ records }: { records: readonly { id: string }[] }) =>
      void seen.push(...records.map(({ id }) => id))
    await expect(
      ingest({ ...chain, onRead }, message?.body ?? { feed: '', blobs: [] }, ongoing()),
    ).rejects.toThrow()
    expect(seen).toHaveLength(2)
  })

  it('refuses a message of a feed that is not configured', async () => {
    const { chain } = setUp(0)
    await expect(chain.ingest({ feed: 'Audit.Other', blobs: [] })).rejects.toThrow(
      'No feed named Audit.Other is configured',
    )
  })

  it('tells of a finding in one alert a sink, and of the next finding of the actor in the same incident', async () => {
    const { clock, feed, chain } = setUp(1)
    await chain.poll()
    await chain.drain()
    feed.publish([flag(1), flag(DAY - 3 * HOUR, { UserId: 'ben@birchwood.example' })], {
      created: clock.seconds() - 30,
    })
    clock.pass(MINUTES)
    await chain.poll()
    await chain.drain()
    const incidents = await chain.incidentsOf()
    expect(incidents.map(({ actor, told }) => [actor, told.revision])).toEqual(
      expect.arrayContaining([
        ['ada@birchwood.example', 1],
        ['ben@birchwood.example', 1],
      ]),
    )
    expect(await chain.outbox.all('teams')).toHaveLength(2)
  })
})

describe('a message of many records', () => {
  it('is finished part by part: what was judged before a death stays done and is not read again', async () => {
    const { chain, clock, feed, states } = setUp(0)
    const records = Array.from({ length: 8 }, (_, n) => flag(n))
    const published = records.map(record =>
      feed.publish(new Array(1_500).fill(record), { created: clock.seconds() - 60 }),
    )
    await chain.poll()
    const [message] = await chain.queue.receive(1, 60)
    if (message === undefined) throw new Error('There is a message')
    let dies = true
    feed.fetchFault = ({ id }) => {
      if (dies && id === published[7]?.id) throw new RangeError('The process is out of memory.')
      return undefined
    }
    await expect(chain.ingest(message.body)).rejects.toThrow('out of memory')
    expect((await states()).filter(state => state === 'done')).toHaveLength(6)

    dies = false
    await message.release(0)
    await chain.drain()
    await expectPromisesKept(chain, records)
    expect(feed.fetched.filter(id => id === published[0]?.id)).toHaveLength(1)
  })
})
