import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setUpDelivery as setUp } from '../../test/chain/delivered.ts'
import { makeChain, ongoing } from '../../test/chain/kit.ts'
import { makeTestSink } from '../../test/chain/sink.ts'
import { inTurns } from '../../test/chain/turns.ts'
import { StoreError } from '../model/errors.ts'
import { HOUR } from '../model/time.ts'
import { makeMemoryTables, type WriteOp } from '../stores/memory.ts'
import { deliver } from './deliver.ts'

const MINUTE = 60

const ids = (sink: ReturnType<typeof makeTestSink>) => sink.taken.map(({ alert }) => alert.id)

describe('two timers at once', () => {
  it('send an alert once, however their calls mix', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async scheduler => {
        const tables = makeMemoryTables()
        const sink = makeTestSink()
        const { clock, chain, add } = setUp({ tables, sinks: [sink] })
        await add('one')
        await add('two')
        const racing = () =>
          makeChain({ clock, feeds: [], tables: inTurns(tables, scheduler), sinks: [sink] }).deliver()
        await scheduler.waitFor(Promise.all([racing(), racing(), racing()]))
        clock.pass(HOUR)
        await chain.deliver()
        expect(ids(sink).sort()).toEqual(['one-1', 'two-1'])
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})

describe('a run in which storage fails for one sink', () => {
  it('ends after the other sinks have done', async () => {
    const sinks = [makeTestSink('teams'), makeTestSink('webhook')] as const
    const { chain, add } = setUp({ sinks })
    await add('one')
    const { all } = chain.outbox
    const failing = {
      ...chain.outbox,
      all: async (sink: string) => {
        if (sink === 'teams') throw new StoreError('unavailable', 'Storage did not answer.')
        return all(sink)
      },
    }
    await expect(deliver({ ...chain, outbox: failing, sinks }, ongoing())).rejects.toThrow('did not answer')
    expect(ids(sinks[1])).toEqual(['one-1'])
    expect((await chain.outbox.get('webhook', 'one-1'))?.delivery.state).toBe('done')
  })
})

describe('a death while sending', () => {
  const dying = (isDeath: (op: WriteOp) => boolean, when: 'before' | 'after') => {
    let died = false
    const failAt = (_: number, op: WriteOp) => {
      if (died || op.kind !== 'replace' || !isDeath(op)) return false
      died = true
      return true
    }
    return { failAt, when }
  }

  it('between accepted and recorded repeats the alert once, two minutes later, under the same id', async () => {
    const sink = makeTestSink()
    const { chain, clock, add, minutes } = setUp({
      memory: dying(() => sink.taken.length > 0, 'before'),
      sinks: [sink],
    })
    await add('one')
    await expect(chain.deliver()).rejects.toThrow('as the test asked')
    clock.pass(MINUTE)
    await minutes(1)
    expect(sink.taken).toHaveLength(1)
    await minutes(10)
    expect(ids(sink)).toEqual(['one-1', 'one-1'])
  })

  it.each(['before', 'after'] as const)(
    '%s the claim is written repeats nothing and loses nothing',
    async when => {
      const sink = makeTestSink()
      const { chain, add, minutes } = setUp({ memory: dying(() => true, when), sinks: [sink] })
      await add('one')
      await expect(chain.deliver()).rejects.toThrow('as the test asked')
      await minutes(5)
      expect(ids(sink)).toEqual(['one-1'])
    },
  )

  it('leaves a claim that a deliverer alone with its storage need not wait for', async () => {
    const sink = makeTestSink()
    const { chain, add } = setUp({ memory: dying(() => true, 'after'), sinks: [sink] })
    await add('one')
    await expect(chain.deliver()).rejects.toThrow('as the test asked')
    expect(await chain.deliver()).toMatchObject({ waiting: 1 })
    expect(await deliver({ ...chain, sinks: [sink], alone: true }, ongoing())).toMatchObject({ sent: 1 })
  })

  it('after it was recorded repeats nothing', async () => {
    const sink = makeTestSink()
    const { chain, add, minutes } = setUp({
      memory: dying(() => sink.taken.length > 0, 'after'),
      sinks: [sink],
    })
    await add('one')
    await expect(chain.deliver()).rejects.toThrow('as the test asked')
    await minutes(5)
    expect(ids(sink)).toEqual(['one-1'])
  })
})

describe('an instance whose clock is ten minutes ahead', () => {
  it('does not take for abandoned what another has claimed a moment ago', async () => {
    const { chain, clock, add } = setUp()
    const fast = { ...chain, now: () => clock.now() + 10 * MINUTE * 1000 }
    const slow = makeTestSink()
    const other = makeTestSink()
    await add('one')
    slow.send = async () => void (await deliver({ ...fast, sinks: [other] }, ongoing()))
    await deliver({ ...chain, sinks: [slow] }, ongoing())
    expect(other.taken).toEqual([])
  })
})
