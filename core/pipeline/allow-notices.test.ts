import { describe, expect, it } from 'vitest'
import { probe } from '../../test/support/histories.ts'
import { DAY, HOUR, type Seconds } from '../model/time.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeOutbox } from '../stores/outbox.ts'
import { makeState } from '../stores/state.ts'
import { type AllowEntry, allowEntry } from '../tuning/allow-schema.ts'
import { announceAllowed } from './allow-notices.ts'

const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000
const said = { reason: 'Reads every mailbox each night', owner: 'it@birchwood.example' }
const backup = allowEntry({ ...said, detection: 'probe', app: 'a1', from: '2026-11-20', until: '2026-12-20' })

/** Announces as a sweep does, every hour from one time to another. */
function setUp(sinks = ['teams', 'webhook']) {
  const tables = makeMemoryTables()
  const outbox = makeOutbox(tables, 't')
  const state = makeState(tables, 't')
  const announce = (now: Seconds, allow: readonly AllowEntry[], to = sinks) =>
    announceAllowed({
      tenant: 't',
      sinks: to,
      outbox,
      state,
      now: () => now * 1000,
      allow,
      catalogue: [probe],
    })
  const told = async (sink = 'teams') =>
    (await outbox.all(sink))
      .map(({ delivery }) => delivery)
      .sort((a, b) => a.createdAt - b.createdAt)
      .map(({ createdAt, alert }) => ({ at: createdAt, ...alert }))
  return {
    tables,
    outbox,
    announce,
    told,
    headlines: async (sink?: string) => (await told(sink)).map(({ headline }) => headline),
    hourly: async (from: Seconds, to: Seconds, allow: readonly AllowEntry[]) => {
      for (let now = from; now < to; now += HOUR) await announce(now, allow)
    },
  }
}

describe('an allow entry is told of', () => {
  it('when it starts, three days before its end and when it ended, to every sink, each once', async () => {
    const { hourly, told, headlines } = setUp()
    await hourly(at('2026-11-19'), at('2026-12-25'), [backup])
    expect((await told()).map(one => [one.at, one.headline])).toEqual([
      [at('2026-11-20'), 'Findings are allowed from now on'],
      [at('2026-12-18'), 'An allow entry is about to end'],
      [at('2026-12-21'), 'An allow entry has ended'],
    ])
    expect(await headlines('webhook')).toHaveLength(3)
  })

  it('with who and why and until when, as a notice to the operator', async () => {
    const { announce, told } = setUp()
    await announce(at('2026-11-20'), [backup])
    expect(await told()).toMatchObject([
      {
        kind: 'Health',
        severity: 'medium',
        sentence:
          'Findings of probe (Probe) with application a1 are kept and not posted, until 2026-12-20.' +
          ' Reason: Reads every mailbox each night. Owner: it@birchwood.example.',
        steps: [expect.stringContaining('waxseal.config.json'), expect.any(String)],
      },
    ])
  })

  it.each<[Partial<AllowEntry>, string]>([
    [
      { actor: 'ada@x.example', mailbox: 'ben@x.example' },
      'Findings of any kind by ada@x.example in ben@x.example are',
    ],
    [{ detection: 'gone', network: '192.0.2.0/24' }, 'Findings of gone from 192.0.2.0/24 are'],
  ])('in words: %j', async (matchers, words) => {
    const { announce, told } = setUp()
    await announce(at('2026-11-20'), [allowEntry({ ...said, ...matchers, until: '2026-12-20' })])
    expect((await told())[0]?.sentence).toContain(words)
  })

  it('in one notice, where it starts within three days of its end', async () => {
    const { hourly, headlines } = setUp()
    const short = allowEntry({ ...said, actor: 'ada@x.example', from: '2026-11-20', until: '2026-11-21' })
    await hourly(at('2026-11-20'), at('2026-11-25'), [short])
    expect(await headlines()).toEqual(['Findings are allowed from now on', 'An allow entry has ended'])
  })

  it('when somebody takes it out before its end, and again when it comes back', async () => {
    const { announce, headlines } = setUp()
    await announce(at('2026-11-20'), [backup])
    await announce(at('2026-11-25'), [])
    await announce(at('2026-11-26'), [])
    await announce(at('2026-11-27'), [backup])
    expect(await headlines()).toEqual([
      'Findings are allowed from now on',
      'An allow entry was taken out',
      'Findings are allowed from now on',
    ])
  })

  it('no more once it has ended and is taken out', async () => {
    const { announce, headlines } = setUp()
    await announce(at('2026-12-01'), [backup])
    await announce(at('2026-12-21'), [backup])
    await announce(at('2026-12-22'), [])
    expect(await headlines()).toEqual(['Findings are allowed from now on', 'An allow entry has ended'])
  })

  it('not at all, where it was over before anybody heard of it', async () => {
    const { hourly, headlines } = setUp()
    await hourly(at('2026-12-25'), at('2026-12-27'), [backup])
    expect(await headlines()).toEqual([])
  })

  it('once there is somebody to tell', async () => {
    const { announce, headlines } = setUp()
    await announce(at('2026-11-20'), [backup], [])
    await announce(at('2026-11-24'), [backup])
    expect(await headlines()).toEqual(['Findings are allowed from now on'])
  })

  it('once, where the same entry stands in the file twice', async () => {
    const { announce, headlines } = setUp()
    await announce(at('2026-11-20'), [backup, backup])
    expect(await headlines()).toEqual(['Findings are allowed from now on'])
  })
})

it('a death between telling and noting it tells again under the same id', async () => {
  const outboxOf = async (when: 'before' | 'after') => {
    const tables = makeMemoryTables({ failAt: (_, { table }) => table === 'state' && once(), when })
    let times = 0
    function once() {
      times++
      return times === 1
    }
    const outbox = makeOutbox(tables, 't')
    const deps = { tenant: 't', sinks: ['teams'], outbox, state: makeState(tables, 't'), allow: [backup] }
    const now = () => (at('2026-11-20') + DAY / 2) * 1000
    await expect(announceAllowed({ ...deps, now })).rejects.toThrow('failed, as the test asked for')
    await announceAllowed({ ...deps, now })
    return await outbox.all('teams')
  }
  expect(await outboxOf('before')).toHaveLength(1)
  expect(await outboxOf('after')).toHaveLength(1)
})
