import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeTestFeed, type TestFeed } from '../../test/chain/feed.ts'
import { makeChain, makeClock } from '../../test/chain/kit.ts'
import { flag } from '../../test/chain/records.ts'
import { LOOK_BACK } from '../model/checkpoint.ts'
import { FeedError } from '../model/errors.ts'
import { DAY, HOUR } from '../model/time.ts'
import { RETENTION } from '../stores/retention.ts'
import { isComplete, ledgerReport } from './ledger-report.ts'

function setUp() {
  const clock = makeClock()
  const feed = makeTestFeed(clock.seconds, { pageSize: 3 })
  const chain = makeChain({ clock, feeds: [feed], sinkNames: ['teams'] })
  const report = (from: number, to: number) => ledgerReport(chain, feed.id, { from, to })
  return { clock, feed, chain, report, start: clock.seconds() }
}

const MARGIN = 15 * 60

describe('every blob', () => {
  const entry = fc.oneof(
    fc.nat(5).map(n => flag(n)),
    fc.constantFrom<unknown>(7, {}, [], { Operation: 'Flag', CreationTime: 'never' }, { Operation: 'Flag' }),
  )
  const fate = fc.constantFrom('read', 'broken', 'expired', 'down', 'hidden')

  it('is done, pending, quarantined or expired, and of what is done: parsed = evaluated + duplicates + rejected', async () => {
    const blobs = fc.array(fc.record({ entries: fc.array(entry, { maxLength: 8 }), fate }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(blobs, fc.tuple(fc.nat(7), fc.nat(7)), async (given, [from, length]) => {
        const { clock, feed, chain, report, start } = setUp()
        const published = given.map(({ entries, fate }, n) => ({
          fate,
          entries,
          blob: feed.publish(JSON.stringify(entries), {
            created: start - 600 + n * 60,
            ...(fate === 'hidden' && { availableAt: start + DAY }),
          }),
        }))
        feed.fetchFault = faultOf(published)
        await chain.poll()
        await chain.drain()
        clock.pass(60)

        const bounds = { from: start - 600 + from * 60, to: start - 600 + (from + length) * 60 }
        const inside = published.filter((_, n) => n >= from && n < from + length)
        const sum = (...fates: string[]) => inside.filter(({ fate }) => fates.includes(fate)).length
        const { blobs, records } = await report(bounds.from, bounds.to)
        expect(blobs).toEqual({
          listed: inside.length - sum('hidden'),
          done: sum('read'),
          pending: sum('down'),
          quarantined: sum('broken'),
          dropped: 0,
          expired: sum('expired'),
        })
        expect(blobs.listed).toBe(blobs.done + blobs.pending + blobs.quarantined + blobs.expired)

        const read = inside.filter(({ fate }) => fate === 'read').map(({ entries }) => entries)
        expect(records.parsed).toBe(read.reduce((total, { length }) => total + length, 0))
        const good = read.map(entries => entries.flatMap(one => idOf(one) ?? []))
        expect(records.evaluated).toBe(good.reduce((total, ids) => total + new Set(ids).size, 0))
        for (const { counts } of await chain.ledgerOf(feed.id)) {
          if (counts === undefined) continue
          const rejected = Object.values(counts.rejected).reduce((total, times) => total + times, 0)
          expect(counts.parsed).toBe(counts.evaluated + counts.duplicates + rejected)
        }
      }),
      { numRuns: 60 },
    )
  })

  const idOf = (one: unknown) =>
    typeof one === 'object' && one !== null && 'Id' in one ? String(one.Id) : undefined

  function faultOf(published: readonly { fate: string; blob: { id: string } }[]): TestFeed['fetchFault'] {
    const fates = new Map(published.map(({ fate, blob }) => [blob.id, fate]))
    return ({ id }) => {
      const fate = fates.get(id)
      if (fate === 'broken') return new FeedError('malformed', 'Broken.')
      if (fate === 'down') return new FeedError('unavailable', 'Not now.')
      return fate === 'expired' ? new FeedError('content-expired', 'Too late.') : undefined
    }
  }
})

describe('what was lost', () => {
  it('is what came before the first start by more than 7 days', async () => {
    const { chain, report, start } = setUp()
    await chain.poll()
    const lost = [{ kind: 'before-start', to: start - LOOK_BACK + MARGIN }]
    expect(await report(start - 8 * DAY, start)).toMatchObject({ listedTo: start, lost })
    const { lost: none } = await report(start - DAY, start)
    expect(none).toEqual([])
  })

  it('is all there was before a subscription was first started', async () => {
    const { feed, chain, report, start } = setUp()
    feed.subscriptions.push({ state: 'started', was: 'absent' })
    await chain.poll()
    expect((await report(start - DAY, start)).lost).toEqual([{ kind: 'before-start', to: start }])
    expect(await chain.notices('teams')).toEqual([])
  })

  it('is what a stopped subscription could not collect, since it was last seen running', async () => {
    const { clock, feed, chain, report, start } = setUp()
    await chain.poll()
    clock.pass(2 * HOUR)
    feed.subscriptions.push({ state: 'cooling', retryAfterMs: 1_000 }, { state: 'started', was: 'disabled' })
    await chain.poll()
    clock.pass(HOUR)
    await chain.poll()
    const lost = [{ kind: 'stopped', from: start, to: start + 3 * HOUR }]
    expect((await report(start, start + DAY)).lost).toEqual(lost)
    expect((await report(start - DAY, start)).lost).toEqual([])
  })

  it('is a stop where the subscription has vanished without a trace', async () => {
    const { clock, feed, chain, report, start } = setUp()
    await chain.poll()
    clock.pass(HOUR)
    feed.subscriptions.push({ state: 'started', was: 'absent' })
    await chain.poll()
    expect((await report(start, start + DAY)).lost).toMatchObject([{ kind: 'stopped', from: start }])
  })

  it('is on record before the subscription is started again, and grows while it cannot be', async () => {
    const { clock, feed, chain, report, start } = setUp()
    await chain.poll()
    const { subscribe } = feed
    feed.subscribe = async (_, stopped) => {
      await stopped?.('expired')
      throw new FeedError('unavailable', 'It died here.')
    }
    for (let hour = 1; hour <= 2; hour++) {
      clock.pass(HOUR)
      await chain.poll()
      const lost = [{ kind: 'stopped', from: start, to: start + hour * HOUR }]
      expect((await report(start, start + DAY)).lost).toEqual(lost)
    }
    feed.subscribe = subscribe
    clock.pass(HOUR)
    await chain.poll()
    expect((await report(start, start + DAY)).lost).toMatchObject([{ to: start + 2 * HOUR }])
  })

  it('is what was written while auditing was off, which ends with the first listing', async () => {
    const { clock, feed, chain, report, start } = setUp()
    await chain.poll()
    feed.listFault = () => new FeedError('audit-off', 'Auditing is off.')
    for (let round = 0; round < 3; round++) {
      clock.pass(HOUR)
      await chain.poll()
    }
    expect((await report(start, start + DAY)).lost).toEqual([{ kind: 'auditing-off', from: start }])
    feed.listFault = () => undefined
    clock.pass(HOUR)
    await chain.poll()
    const lost = [{ kind: 'auditing-off', from: start, to: start + 4 * HOUR }]
    expect((await report(start, start + DAY)).lost).toEqual(lost)
  })

  it('is what nobody polled for more than 7 days, all of it, however long the first listing takes', async () => {
    const { clock, feed, chain, report, start } = setUp()
    await chain.poll()
    clock.pass(9 * DAY)
    feed.listFault = () => new FeedError('unavailable', 'Not now.')
    await chain.poll()
    clock.pass(HOUR)
    feed.listFault = () => undefined
    await chain.poll()
    const to = start + 9 * DAY + HOUR - LOOK_BACK + MARGIN
    expect((await report(start, clock.seconds())).lost).toEqual([{ kind: 'not-polled', from: start, to }])
  })

  it('is what the ledger no longer knows', async () => {
    const { chain, clock, report } = setUp()
    await chain.poll()
    clock.pass(30 * DAY)
    const kept = clock.seconds() - RETENTION.ledger
    const { lost } = await report(kept - 1, clock.seconds())
    expect(lost.filter(({ kind }) => kind === 'forgotten')).toEqual([{ kind: 'forgotten', to: kept }])
    expect((await report(kept, clock.seconds())).lost).toEqual([])
  })
})

it('an interval is complete once all of it was listed, read, and nothing is missing', async () => {
  const { clock, feed, chain, report, start } = setUp()
  feed.publish([flag(1)], { created: start - 60 })
  await chain.poll()
  const complete = async () => isComplete(await report(start - HOUR, start))
  expect(await complete()).toBe(false)
  await chain.drain()
  expect(await complete()).toBe(true)
  expect(isComplete(await report(start - HOUR, start + 1))).toBe(false)
  clock.pass(HOUR)
  feed.subscriptions.push({ state: 'started', was: 'disabled' })
  await chain.poll()
  expect(isComplete(await report(start - HOUR, start))).toBe(true)
  expect(isComplete(await report(start - HOUR, start + 60))).toBe(false)
})
