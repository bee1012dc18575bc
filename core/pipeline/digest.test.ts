import { describe, expect, it } from 'vitest'
import { makeTestFeed } from '../../test/chain/feed.ts'
import { makeChain, makeClock } from '../../test/chain/kit.ts'
import { flag } from '../../test/chain/records.ts'
import { MIDNIGHT } from '../../test/support/histories.ts'
import { DAY, HOUR } from '../model/time.ts'
import { sendDigest } from './digest.ts'
import { DIGEST, lastWeek } from './digest-text.ts'

async function setUp() {
  const clock = makeClock()
  const feed = makeTestFeed(clock.seconds)
  const chain = makeChain({ clock, feeds: [feed], sinkNames: ['teams', 'webhook'] })
  const send = () => sendDigest({ ...chain, digest: true })
  const digests = async (sink = 'teams') =>
    (await chain.outbox.all(sink)).map(({ delivery }) => delivery.alert).filter(({ kind }) => kind === DIGEST)
  // The first sweep finds no week to tell of.
  expect(await send()).toBe(false)
  expect(await digests()).toEqual([])
  return { clock, feed, chain, send, digests }
}

/** The first moment of the next Monday at which a digest may go. */
const monday = (now: number) => lastWeek(now).to + 7 * DAY + 7 * HOUR

describe('the digest', () => {
  it('goes to every receiver once a week, from Monday morning on', async () => {
    const { clock, send, digests } = await setUp()
    clock.pass(monday(clock.seconds()) - clock.seconds() - 1)
    expect(await send()).toBe(false)
    clock.pass(1)
    expect([await send(), await send()]).toEqual([true, false])
    expect(await digests()).toHaveLength(1)
    expect(await digests('webhook')).toHaveLength(1)
    clock.pass(7 * DAY)
    expect(await send()).toBe(true)
  })

  it('written by two at once is one', async () => {
    const { clock, send, digests } = await setUp()
    clock.pass(monday(clock.seconds()) - clock.seconds())
    await Promise.all([send(), send()])
    expect(await digests()).toHaveLength(1)
  })

  it('counts what became available in the week, and what was posted of it', async () => {
    const { chain, clock, feed, send, digests } = await setUp()
    const records = [flag(1, { Folders: ['h1', 'h2'] }), flag(2, { Folders: ['m1', 'm2', 'm3'] })]
    feed.publish(records)
    feed.publish('<html>')
    clock.pass(60)
    await chain.poll()
    await chain.drain()
    clock.pass(monday(MIDNIGHT) - clock.seconds())
    await chain.poll()
    await send()
    const [digest] = await digests()
    const facts = Object.fromEntries(digest?.facts.map(({ name, value }) => [name, value]) ?? [])
    expect(digest?.sentence).toContain(`${records.length} audit records in 1 package `)
    expect(digest?.headline).toBe('We did not see or tell everything this week')
    expect(facts).toMatchObject({ 'Not read': '1 package', Feeds: 'Exchange' })
    expect(facts.Posted).toMatch(/^1 (medium|high|critical)$/)
  })

  it('names the time of which nothing can be known', async () => {
    const { chain, clock, send, digests } = await setUp()
    const at = clock.seconds()
    await chain.losses.note('Audit.Exchange', { kind: 'stopped', from: at, to: at + HOUR })
    // What nobody could have seen is nobody's fault.
    await chain.losses.note('Audit.Exchange', { kind: 'before-start', to: at })
    clock.pass(monday(clock.seconds()) - clock.seconds())
    await send()
    const [digest] = await digests()
    expect(digest?.headline).toBe('We did not see or tell everything this week')
    expect(digest?.facts.find(({ name }) => name === 'Lost')?.value).toMatch(
      /^Exchange from \S+ \S+ to \S+ \S+ UTC: the subscription was not running$/,
    )
  })

  it('is not written where nobody wants it or nobody can get it', async () => {
    const { chain, clock, digests } = await setUp()
    clock.pass(monday(clock.seconds()) - clock.seconds())
    expect(await sendDigest({ ...chain, digest: false })).toBe(false)
    expect(await sendDigest({ ...chain, sinks: [], digest: true })).toBe(false)
    expect(await digests()).toEqual([])
  })
})
