import { describe, expect, it } from 'vitest'
import { setUpDelivery as setUp } from '../../test/chain/delivered.ts'
import { ongoing } from '../../test/chain/kit.ts'
import { makeTestSink } from '../../test/chain/sink.ts'
import { silent } from '../log.ts'
import { SinkError } from '../model/errors.ts'
import { HOUR } from '../model/time.ts'
import { deliver, waitAfter } from './deliver.ts'

const MINUTE = 60

const ids = (sink: ReturnType<typeof makeTestSink>) => sink.taken.map(({ alert }) => alert.id)
const later = (retryAfterMs?: number) => new SinkError('retry', 'Not now.', { retryAfterMs })

describe('a sink that takes what it gets', () => {
  it('gets every alert once, with the time of posting', async () => {
    const { clock, chain, sink, add, stateOf, minutes } = setUp()
    await add('one')
    await add('two')
    expect(await chain.deliver()).toEqual({ sent: 2, waiting: 0, parked: 0 })
    await minutes(5)
    expect(ids(sink)).toEqual(['one-1', 'two-1'])
    expect(sink.taken[0]?.posted).toBe(clock.seconds() - 5 * MINUTE)
    expect(await stateOf('one-1')).toMatchObject({ state: 'done', attempts: 1 })
  })

  it('sees what people call the tenant', async () => {
    const { chain, sink, add } = setUp()
    await add('one')
    await deliver({ ...chain, sinks: [sink], tenantName: 'Birchwood' }, ongoing())
    expect(sink.taken[0]?.alert.tenantName).toBe('Birchwood')
  })
})

describe('a sink that is down', () => {
  it('for hours loses nothing and is asked less and less often', async () => {
    const { clock, chain, sink, add, minutes } = setUp()
    const since = clock.seconds()
    sink.fault = () => later()
    await add('one')
    await minutes(7 * 60)
    await add('two')
    await minutes(5)
    sink.fault = () => undefined
    await minutes(2 * 60)
    expect(ids(sink).sort()).toEqual(['one-1', 'two-1'])
    const tries = sink.asked.slice(0, 6).map(at => (at - since) / MINUTE)
    expect(tries).toEqual([0, 1, 2, 4, 8, 16])
    expect(await chain.deliver()).toEqual({ sent: 0, waiting: 0, parked: 0 })
  })

  it('is asked again after 30 seconds, then twice as late each time, up to an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 500].map(waitAfter)).toEqual([
      30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600,
    ])
  })

  it('names the time at which it wants to be asked, and is not asked before', async () => {
    const { clock, sink, add, minutes } = setUp()
    const since = clock.seconds()
    sink.fault = () => (sink.asked.length < 2 ? later(2 * HOUR * 1000) : undefined)
    await add('one')
    await minutes(3 * 60)
    expect(sink.asked.map(at => at - since)).toEqual([0, 2 * HOUR])
  })

  it('asks for quiet for all its alerts, also those that come meanwhile', async () => {
    const { clock, sink, add, minutes } = setUp()
    const since = clock.seconds()
    sink.fault = () => (sink.asked.length < 2 ? later(20 * MINUTE * 1000) : undefined)
    await add('one')
    await add('two')
    await minutes(5)
    await add('three')
    await minutes(15)
    expect(sink.asked.map(at => at - since)).toEqual([0])
    await minutes(1)
    expect(ids(sink).sort()).toEqual(['one-1', 'three-1', 'two-1'])
  })

  it('is asked for one alert a run, and for those never tried before those that failed', async () => {
    const { sink, add, minutes } = setUp()
    sink.fault = ({ incident }) => (incident === 'one' ? later() : undefined)
    await add('one')
    await add('two')
    await minutes(1)
    expect(sink.asked).toHaveLength(1)
    await minutes(1)
    expect(ids(sink)).toEqual(['two-1'])
  })

  it('cannot make us come sooner than the ladder says', async () => {
    const { clock, sink, add, minutes } = setUp()
    const since = clock.seconds()
    sink.fault = () => (sink.asked.length < 5 ? later(1) : undefined)
    await add('one')
    await minutes(30)
    expect(sink.asked.map(at => (at - since) / MINUTE)).toEqual([0, 1, 2, 4, 8])
  })

  it('does not hold up another sink', async () => {
    const [broken, sound] = [makeTestSink('teams'), makeTestSink('webhook')]
    broken.fault = () => later()
    const { chain, add } = setUp({ sinks: [broken, sound] })
    await add('one')
    expect(await chain.deliver()).toEqual({ sent: 1, waiting: 1, parked: 0 })
    expect(ids(sound)).toEqual(['one-1'])
  })
})

describe('an alert that is refused for good', () => {
  it('is parked with the reason, said in the log, and not in the way of others', async () => {
    const { clock, chain, sink, add, stateOf, minutes } = setUp()
    sink.fault = ({ id }) => (id === 'one-1' ? new SinkError('park', 'Too large.') : undefined)
    await add('one')
    await add('two')
    const lines: string[] = []
    const log = { ...silent, error: (line: string) => void lines.push(line) }
    expect(await deliver({ ...chain, sinks: [sink], log }, ongoing())).toMatchObject({ sent: 1, parked: 1 })
    await minutes(3 * 60)
    expect(sink.asked).toHaveLength(2)
    expect(await stateOf('one-1')).toMatchObject({
      state: 'parked',
      problem: 'Too large.',
      endedAt: clock.seconds() - 180 * MINUTE,
    })
    expect(lines).toEqual(['Sink teams refused alert one-1 for good: Too large.'])
  })
})

describe('the alerts of one incident', () => {
  it('are one card when the second comes before the first went out', async () => {
    const { sink, add, stateOf, minutes } = setUp()
    await add('one')
    await add('one', 2, 'It is now high.')
    await minutes(3)
    expect(ids(sink)).toEqual(['one-2'])
    expect(sink.taken[0]?.alert.change).toBeUndefined()
    expect(await stateOf('one-1')).toMatchObject({ state: 'superseded' })
  })

  it('say what changed when the first was shown', async () => {
    const { sink, add, minutes } = setUp()
    await add('one')
    await minutes(1)
    await add('one', 2, 'It is now high.')
    await minutes(1)
    expect(sink.taken.map(({ alert }) => [alert.id, alert.change])).toEqual([
      ['one-1', undefined],
      ['one-2', 'It is now high.'],
    ])
  })

  it('are told by the newest after an outage, whatever came meanwhile', async () => {
    const { sink, add, minutes } = setUp()
    sink.fault = () => later()
    for (const revision of [1, 2, 3, 10, 11]) {
      await add('one', revision, revision === 1 ? undefined : `News ${revision}.`)
      await minutes(10)
    }
    sink.fault = () => undefined
    await minutes(90)
    expect(sink.taken.map(({ alert }) => [alert.id, alert.change])).toEqual([['one-11', undefined]])
  })
})

it('a run that is to end begins nothing new', async () => {
  const { chain, sink, add } = setUp()
  await add('one')
  expect(await deliver({ ...chain, sinks: [sink] }, AbortSignal.abort())).toMatchObject({
    sent: 0,
    waiting: 1,
  })
  expect(sink.asked).toEqual([])
})
