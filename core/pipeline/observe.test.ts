import { describe, expect, it } from 'vitest'
import { type Clock, makeChain, makeClock, ongoing, TENANT } from '../../test/chain/kit.ts'
import { makeObservationFeed } from '../feeds/observations.ts'
import { silent } from '../log.ts'
import { FeedError } from '../model/errors.ts'
import type { Observation } from '../model/observation.ts'
import { HOUR } from '../model/time.ts'
import type { Observer, Task } from '../observers/observer.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeObservations } from '../stores/observations.ts'
import { makeState } from '../stores/state.ts'
import { makeWanted } from '../stores/wanted.ts'
import { capabilityOf, observe } from './observe.ts'

const seen = (identity: string, at = 0): Observation => ({
  operation: 'DomainFound',
  at,
  identity: [identity],
})

interface Scripted {
  readonly id?: string
  readonly every?: number
  readonly look?: Observer['look']
  readonly wants?: Observer['wants']
}

function setUp(clock: Clock, scripted: readonly Scripted[]) {
  const tables = makeMemoryTables()
  const tasks: (Task & { id: string })[] = []
  const observers = scripted.map(
    ({ id = 'domains', every = HOUR, look = async () => {}, wants }): Observer => ({
      id,
      every,
      ...(wants && { wants }),
      async look(task, tell, signal) {
        tasks.push({ id, ...task })
        await look(task, tell, signal)
      },
    }),
  )
  const deps = {
    tenant: TENANT,
    observers,
    observations: makeObservations(tables, TENANT),
    wanted: makeWanted(tables, TENANT),
    state: makeState(tables, TENANT),
    now: clock.now,
    log: silent,
  }
  return { ...deps, tables, tasks, round: () => observe(deps, ongoing()) }
}

describe('an observer', () => {
  it('looks at everything when it is due, and not before', async () => {
    const clock = makeClock()
    const { round, tasks } = setUp(clock, [{ every: HOUR }])
    await round()
    clock.pass(HOUR - 1)
    expect(await round()).toEqual([])
    clock.pass(1)
    await round()
    expect(tasks.map(({ all }) => all)).toEqual([true, true])
  })

  it('is asked once for what is wanted several times, and again for what is wanted while it looks', async () => {
    const clock = makeClock()
    const wishes: (() => Promise<void>)[] = []
    const { round, tasks, wanted } = setUp(clock, [{ look: async () => await wishes.pop()?.() }])
    await round()
    clock.pass(60)
    await wanted.ask('domains', ['a', 'b'], clock.seconds() - 5)
    await wanted.ask('domains', ['a'], clock.seconds())
    wishes.push(() => wanted.ask('domains', ['a'], clock.seconds() + 1))
    await round()
    clock.pass(60)
    await round()
    await round()
    expect(tasks.map(({ all, wanted: subjects }) => [all, subjects])).toEqual([
      [true, []],
      [false, ['a', 'b']],
      [false, ['a']],
    ])
  })

  it('that fails leaves the others alone, keeps what was wanted, and is not asked again at once if it was refused', async () => {
    const clock = makeClock()
    const refusal = () => Promise.reject(new FeedError('permission-missing', 'Grant it.'))
    const { round, tasks, wanted } = setUp(clock, [{ id: 'refused', look: refusal }, { id: 'allowed' }])
    await wanted.ask('refused', ['a'], clock.seconds())
    const [first] = await round()
    expect(first).toMatchObject({ observer: 'refused', problem: { kind: 'permission-missing' } })
    expect(first && capabilityOf(first)).toMatchObject({ state: 'permission-missing', detail: 'Grant it.' })
    clock.pass(HOUR - 1)
    await round()
    clock.pass(1)
    await round()
    expect(tasks.map(({ id, wanted: subjects }) => [id, subjects])).toEqual([
      ['refused', ['a']],
      ['allowed', []],
      ['refused', ['a']],
      ['allowed', []],
    ])
  })

  it('that could not be answered is asked again at the next round', async () => {
    const clock = makeClock()
    const outage = () => Promise.reject(new FeedError('unavailable', 'Down.'))
    const { round, tasks } = setUp(clock, [{ look: outage }])
    await round()
    await round()
    expect(tasks).toHaveLength(2)
  })
})

describe('what observers tell', () => {
  it('is read as a feed, and twice under one identity it is one record', async () => {
    const clock = makeClock()
    const told = [seen('a', 5), seen('b', 6)]
    const { observations, round, tables } = setUp(clock, [{ every: 60, look: (_, tell) => tell(told) }])
    const read: string[] = []
    const feed = makeObservationFeed(observations)
    const chain = makeChain({ clock, feeds: [feed], tables })
    for (let n = 0; n < 2; n++) {
      await round()
      clock.pass(60)
    }
    await chain.poll()
    for (const entry of await chain.ledgerOf(feed.id))
      for (const { Id, Operation, UserId } of JSON.parse(await feed.fetch(entry.blob, ongoing())))
        read.push(`${Operation} ${UserId} ${Id}`)
    await chain.drain()
    expect(read).toHaveLength(4)
    expect(new Set(read).size).toBe(2)
    expect((await chain.ledgerOf(feed.id)).map(({ state, counts }) => [state, counts?.parsed])).toEqual([
      ['done', 2],
      ['done', 2],
    ])
  })
})

describe('a record', () => {
  it('that somebody wants to look into is passed on', async () => {
    const clock = makeClock()
    const { observations, observers, tables, tasks, wanted, round } = setUp(clock, [
      { wants: ({ operation, mailbox }) => (operation === 'InboxRuleFound' ? mailbox : undefined) },
    ])
    await round()
    const feed = makeObservationFeed(observations)
    const chain = makeChain({ clock, feeds: [feed], tables, observers, wanted })
    const mailbox = 'ada@birchwood.example'
    const body = {
      Operation: 'InboxRuleFound',
      CreationTime: '2026-11-20T10:00:00',
      MailboxOwnerUPN: mailbox,
    }
    await observations.add([body, { ...body, Operation: 'DomainFound' }], clock.seconds())
    clock.pass(60)
    await chain.poll()
    await chain.drain()
    await round()
    expect(tasks.map(({ wanted: subjects }) => subjects)).toEqual([[], [mailbox]])
  })
})
