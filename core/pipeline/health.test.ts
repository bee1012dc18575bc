import { expect, it } from 'vitest'
import { makeTestFeed } from '../../test/chain/feed.ts'
import { makeChain, makeClock } from '../../test/chain/kit.ts'
import { makeTestSink, sampleAlert } from '../../test/chain/sink.ts'
import { FeedError, SinkError } from '../model/errors.ts'
import { HOUR } from '../model/time.ts'
import { health } from './health.ts'

function setUp() {
  const clock = makeClock()
  const feed = makeTestFeed(clock.seconds)
  const sink = makeTestSink()
  const chain = makeChain({ clock, feeds: [feed], sinks: [sink] })
  return { clock, feed, sink, chain, now: () => health({ ...chain, feedIds: [feed.id] }) }
}

it('is not good before a feed was ever listed, and good afterwards', async () => {
  const { chain, feed, clock, now } = setUp()
  expect(await now()).toMatchObject({ ok: false, feeds: [{ feed: 'Audit.Exchange', ok: false }] })
  feed.publish([], { created: clock.seconds() - 60 })
  await chain.poll()
  await chain.drain()
  expect(await now()).toMatchObject({
    ok: true,
    feeds: [{ ok: true, blobs: { listed: 1, done: 1, pending: 0, quarantined: 0, expired: 0 } }],
    sinks: [{ sink: 'teams', ok: true, pending: 0, parked: 0 }],
  })
})

it('turns bad when a feed was not listed for an hour, and says why', async () => {
  const { chain, feed, clock, now } = setUp()
  await chain.poll()
  feed.listFault = () => new FeedError('unavailable', 'The server is down.', { serverCode: 'AF50000' })
  await chain.poll()
  expect(await now()).toMatchObject({ ok: true, feeds: [{ problem: 'AF50000: The server is down.' }] })
  clock.pass(HOUR)
  expect(await now()).toMatchObject({ ok: false })
})

it('turns bad when the doctor finds something red, and passes on what it says', async () => {
  const { chain, feed } = setUp()
  await chain.poll()
  const examined = (state: 'yellow' | 'red') => ({
    ...{ state, at: '2026-11-20T09:00:00Z' },
    checks: [{ check: 'sign-in', id: 'secret-expired', state, what: 'The password has expired.' }],
  })
  for (const state of ['yellow', 'red'] as const) {
    const doctor = { brief: async () => examined(state) }
    expect(await health({ ...chain, feedIds: [feed.id], doctor })).toMatchObject({
      ok: state === 'yellow',
      doctor: examined(state),
    })
  }
})

it('turns bad when a blob was set aside', async () => {
  const { chain, feed, clock, now } = setUp()
  feed.publish('no JSON', { created: clock.seconds() - 60 })
  await chain.poll()
  await chain.drain()
  expect(await now()).toMatchObject({ ok: false, feeds: [{ ok: false, blobs: { quarantined: 1 } }] })
})

it('turns bad when a sink keeps failing or has refused an alert', async () => {
  const { chain, sink, clock, now } = setUp()
  await chain.poll()
  await chain.outbox.add('teams', sampleAlert('one'), clock.seconds())
  sink.fault = () => new SinkError('retry', 'Not now.')
  for (const wait of [30, 60]) {
    await chain.deliver()
    clock.pass(wait)
    expect(await now()).toMatchObject({ ok: true, sinks: [{ ok: true, pending: 1 }] })
  }
  await chain.deliver()
  expect(await now()).toMatchObject({ ok: false, sinks: [{ ok: false, pending: 1 }] })
  clock.pass(HOUR / 2)
  sink.fault = () => new SinkError('park', 'Never.')
  await chain.deliver()
  expect(await now()).toMatchObject({ ok: false, sinks: [{ ok: false, pending: 0, parked: 1 }] })
})
