import { describe, expect, it } from 'vitest'
import { makeTestFeed } from '../../test/chain/feed.ts'
import { everything, makeChain, makeClock, TENANT } from '../../test/chain/kit.ts'
import { expectedOf, storedOf } from '../../test/chain/promises.ts'
import { flag } from '../../test/chain/records.ts'
import { makeTestSink, sampleAlert } from '../../test/chain/sink.ts'
import type { RawRecord } from '../../test/support/histories.ts'
import { LOOK_BACK } from '../model/checkpoint.ts'
import { FeedError } from '../model/errors.ts'
import { DAY, dayOf, HOUR, iso } from '../model/time.ts'
import { lateLine } from '../sinks/clock.ts'
import { LEDGER } from '../stores/ledger.ts'
import { periodTable } from '../stores/periods.ts'
import { RETENTION } from '../stores/retention.ts'
import { TALLIES } from '../stores/tallies.ts'

function setUp() {
  const clock = makeClock()
  const feed = makeTestFeed(clock.seconds)
  // A flag is a low finding, and here all of them are posted.
  const config = { alertFrom: 'low' } as const
  const chain = makeChain({ clock, feeds: [feed], sinkNames: ['teams'], config })
  const record = (at: number) => ({
    Id: `00000000-0000-4000-8000-${at.toString().padStart(12, '0')}`,
    CreationTime: iso(at),
    Operation: 'Flag',
    UserId: 'ada@birchwood.example',
  })
  /** A blob created so long ago that shows itself only now. */
  const late = (age: number) =>
    feed.publish([record(clock.seconds() - age)], { created: clock.seconds() - age })
  return { clock, feed, chain, late, record }
}

describe('listing again', () => {
  it('finds blobs that appeared behind the overlap of the polls', async () => {
    const { clock, chain, feed, late } = setUp()
    await chain.sweep()
    clock.pass(3 * HOUR)
    late(10 * HOUR)
    expect((await chain.poll())[0]?.queued).toBe(0)
    const { relisted, feeds } = await chain.sweep()
    expect([relisted, feeds[0]?.queued]).toEqual([DAY, 1])
    await chain.drain()
    expect(feed.fetched).toHaveLength(1)
  })

  it('goes back all seven days once a day, one day every three hours, and not at all otherwise', async () => {
    const { clock, chain, feed, late } = setUp()
    const rounds: number[] = []
    for (let hour = 0; hour <= 24; hour++) {
      // Timers go off some seconds sooner or later.
      const jitter = hour % 3 === 0 ? -40 : 20
      clock.pass(jitter)
      if (hour === 1) late(3 * DAY)
      if (hour === 24) expect(await chain.ledgerOf(feed.id)).toEqual([])
      rounds.push((await chain.sweep()).relisted / HOUR)
      clock.pass(HOUR - jitter)
    }
    const [day, nothing, week] = [24, 0, 168]
    const three = [day, nothing, nothing]
    expect(rounds).toEqual([week, nothing, nothing, ...Array(7).fill(three).flat(), week])
    expect(await chain.ledgerOf(feed.id)).toHaveLength(1)
  })

  it('goes on in a new process where the old one stopped', async () => {
    const { clock, chain, feed } = setUp()
    await chain.sweep()
    const again = makeChain({ clock, feeds: [feed], tables: chain.tables, sinkNames: ['teams'] })
    clock.pass(HOUR)
    expect((await again.sweep()).relisted).toBe(0)
    clock.pass(2 * HOUR)
    expect((await again.sweep()).relisted).toBe(DAY)
  })

  it('makes up for a long round that a feed did not get through, of that feed alone', async () => {
    const clock = makeClock()
    const [feed, other] = ['Audit.Exchange', 'Audit.General'].map(id => makeTestFeed(clock.seconds, { id }))
    if (feed === undefined || other === undefined) throw new Error('There are two feeds')
    const chain = makeChain({ clock, feeds: [feed, other], sinkNames: ['teams'] })
    feed.listFault = () => new FeedError('unavailable', 'Not now.')
    expect((await chain.sweep()).feeds).toHaveLength(2)
    feed.listFault = () => undefined
    clock.pass(HOUR)
    const { relisted, feeds } = await chain.sweep()
    expect([relisted, feeds.map(one => one.feed)]).toEqual([LOOK_BACK, [feed.id]])
    clock.pass(HOUR)
    expect((await chain.sweep()).relisted).toBe(0)
  })

  it('evaluates a late blob into the window it belongs to, and the card says that it is late', async () => {
    const { clock, feed } = setUp()
    const sink = makeTestSink()
    const chain = makeChain({ clock, feeds: [feed], sinks: [sink] })
    const begun = clock.seconds()
    const read = (n: number): RawRecord => flag(n, { Operation: 'Read', Folders: [`m${n}`] })
    // Three messages are nothing, six within a quarter of an hour are something.
    const [early, late] = [[0, 1, 2].map(read), [3, 4, 5].map(read)]
    feed.publish(early, { created: begun - HOUR })
    feed.publish(late, { created: begun - HOUR + 60, availableAt: begun + 9 * HOUR })
    const round = async () => {
      await chain.poll()
      await chain.sweep()
      await chain.drain()
      await chain.deliver()
      clock.pass(HOUR)
    }
    for (let hour = 0; hour < 9; hour++) await round()
    expect(await storedOf(chain)).toEqual([])
    for (let hour = 0; hour < 4; hour++) await round()
    expect(await storedOf(chain)).toEqual(expectedOf([...early, ...late]))
    const [card, ...more] = sink.taken
    if (card === undefined) throw new Error('There is a card')
    expect(more).toEqual([])
    expect(lateLine(card.alert.clock, card.posted)).toMatch(/^Late: .*, since the records were read late\.$/)
  })

  it('does not read again what was read', async () => {
    const { clock, chain, feed, late } = setUp()
    for (const age of [1, 20 * HOUR, 6 * DAY]) late(age)
    for (let day = 0; day < 3; day++) {
      await chain.sweep()
      await chain.drain()
      clock.pass(DAY)
    }
    expect(feed.fetched).toHaveLength(3)
  })
})

describe('what can no longer be read', () => {
  it('is put on record as expired and told about once', async () => {
    const { clock, chain, feed, late } = setUp()
    feed.fetchFault = () => new FeedError('unavailable', 'Not now.')
    late(HOUR)
    for (let day = 0; day < 9; day++) {
      await chain.sweep()
      await chain.drain()
      clock.pass(DAY)
    }
    const [entry] = await chain.ledgerOf(feed.id)
    expect(entry).toMatchObject({ state: 'expired', reason: 'unavailable' })
    expect((await chain.notices('teams')).map(({ sentence }) => sentence)).toEqual([
      '1 package of audit records from Audit.Exchange could not be read in all the time that Microsoft kept them.',
    ])
  })

  it('is not given up while the server still has it', async () => {
    const { clock, chain, feed } = setUp()
    const { list } = feed
    feed.list = async function* (slice, signal) {
      for await (const blobs of list(slice, signal))
        yield blobs.map(blob => ({ ...blob, expires: iso(clock.seconds() + 20 * DAY) }))
    }
    feed.fetchFault = () => new FeedError('unavailable', 'Not now.')
    feed.publish([], { created: clock.seconds() - HOUR })
    for (let day = 0; day < 14; day++) {
      await chain.sweep()
      await chain.drain()
      expect((await chain.ledgerOf(feed.id)).map(({ state }) => state)).toEqual([
        day < 13 ? 'listed' : 'expired',
      ])
      clock.pass(DAY)
    }
  })
})

describe('retention', () => {
  it('drops tables of a week once all its days are past, and never before', async () => {
    const { clock, chain, feed, record } = setUp()
    const begun = clock.seconds()
    feed.publish([record(begun - HOUR)], { created: begun - HOUR })
    await chain.poll()
    await chain.drain()
    const [ledger, tallies] = [periodTable(LEDGER, begun - HOUR), periodTable(TALLIES, begun - HOUR)]
    const weekEnds = (Math.floor(dayOf(begun - HOUR) / 7) + 1) * 7 * DAY
    for (let day = 0; day < 40; day++) {
      const now = clock.seconds()
      await chain.sweep()
      const names = await chain.tables.names('')
      expect(names.includes(ledger)).toBe(weekEnds > now - RETENTION.ledger)
      expect(names.includes(tallies)).toBe(weekEnds > now - RETENTION.tallies)
      clock.pass(DAY)
    }
  })

  it('drops findings and ended deliveries after half a year, and keeps what is still to be sent', async () => {
    const { clock, chain, feed, record } = setUp()
    feed.publish([record(clock.seconds() - HOUR)], { created: clock.seconds() - HOUR })
    await chain.poll()
    await chain.drain()
    const [told] = await chain.outbox.all('teams')
    if (told === undefined) throw new Error('An alert is waiting')
    await chain.outbox.update(told, { state: 'done' })
    await chain.outbox.add('teams', sampleAlert('waiting'), clock.seconds())

    clock.pass(RETENTION.findings - DAY)
    await chain.sweep()
    expect(await everything(chain.findings.since(0, 4e9))).toHaveLength(1)
    expect(await chain.outbox.all('teams')).toHaveLength(3)
    clock.pass(2 * DAY)
    await chain.sweep()
    expect(await everything(chain.findings.since(0, 4e9))).toHaveLength(0)
    const left = await chain.outbox.all('teams')
    expect(left.map(({ delivery }) => delivery.alert.incident)).toContain('waiting')
    expect(left.map(({ delivery }) => delivery.alert.id)).not.toContain(told.delivery.alert.id)
  })

  it('leaves tables alone that are not ours to drop', async () => {
    const { chain } = setUp()
    await chain.tables.table('ledgerbackup').put(TENANT, [{ row: 'r', value: 1 }])
    await chain.tables.table('tallies2020').put(TENANT, [{ row: 'r', value: 1 }])
    await chain.sweep()
    expect(await chain.tables.names('')).toEqual(expect.arrayContaining(['ledgerbackup', 'tallies2020']))
  })
})
