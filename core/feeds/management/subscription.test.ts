import { describe, expect, it } from 'vitest'
import { silent } from '../../log.ts'
import { FeedError } from '../../model/errors.ts'
import { START, thrownBy } from '../../net/loopback.test-kit.ts'
import { makeMemoryTables } from '../../stores/memory.ts'
import { makeState } from '../../stores/state.ts'
import type { SubscriptionRow } from './outcomes.ts'
import { ensureSubscribed, type SubscribeDeps } from './subscription.ts'

const MINUTE = 60_000

function makeTools(rows: readonly SubscriptionRow[], more: Partial<SubscribeDeps> = {}, notBefore?: number) {
  const done: string[] = []
  let kept = notBefore
  const deps: SubscribeDeps = {
    contentType: 'Audit.Exchange',
    now: () => START,
    log: silent,
    list: async () => rows,
    start: async () => {
      done.push('start')
      return 'started'
    },
    state: {
      change: async next => {
        const value = next(kept === undefined ? undefined : { notBefore: kept })
        if (value === undefined) return false
        done.push('remember')
        kept = value.notBefore
        return true
      },
    },
    ...more,
  }
  return { subscribe: () => ensureSubscribed(deps), done, kept: () => kept }
}

const row = (status?: string): SubscriptionRow => ({ contentType: 'Audit.Exchange', status })

it.each([row('enabled'), row(), { contentType: 'audit.exchange', status: 'enabled' }])(
  'starts nothing while the list says %j',
  async listed => {
    const { subscribe, done } = makeTools([listed])
    expect(await subscribe()).toEqual({ state: 'enabled' })
    expect(done).toEqual([])
  },
)

it.each([
  ['absent', [{ contentType: 'Audit.General', status: 'enabled' }]],
  ['disabled', [row('disabled')]],
  ['expired', [row('expired')]],
] as const)('starts what is %s, and writes the cool-down down before it asks', async (was, rows) => {
  const { subscribe, done, kept } = makeTools(rows)
  expect(await subscribe()).toEqual({ state: 'started', was })
  expect(done).toEqual(['remember', 'start'])
  expect(kept()).toBe(START + 15 * MINUTE)
})

describe('the cool-down', () => {
  it('is kept without asking the server', async () => {
    const { subscribe, done } = makeTools([], {}, START + 4 * MINUTE)
    expect(await subscribe()).toEqual({ state: 'cooling', retryAfterMs: 4 * MINUTE })
    expect(done).toEqual([])
  })

  it('is written down by one of many who ask at once, and the others do not start', async () => {
    const state = makeState(makeMemoryTables(), 't')
    const { subscribe, done } = makeTools([], { state: { change: next => state.change('cool-down', next) } })
    const answers = await Promise.all([subscribe(), subscribe(), subscribe()])
    expect(answers.map(answer => answer.state).toSorted()).toEqual(['cooling', 'cooling', 'started'])
    expect(done).toEqual(['start'])
    expect(answers).toContainEqual({ state: 'cooling', retryAfterMs: 15 * MINUTE })
  })

  it('ends at the time written down', async () => {
    expect(await makeTools([], {}, START).subscribe()).toMatchObject({ state: 'started' })
  })

  it.each([
    [new FeedError('start-cooldown', 'Too early.', { retryAfterMs: 896_000 }), 896_000],
    [new FeedError('subscription-disabled', 'Still off.'), 15 * MINUTE],
  ])('is taken from the refusal: %s', async (refusal, retryAfterMs) => {
    const start = async () => {
      throw refusal
    }
    const { subscribe, kept } = makeTools([], { start })
    expect(await subscribe()).toEqual({ state: 'cooling', retryAfterMs })
    expect(kept()).toBe(START + retryAfterMs)
  })
})

it('counts already enabled as enabled', async () => {
  expect(await makeTools([], { start: async () => 'already-enabled' }).subscribe()).toEqual({
    state: 'enabled',
  })
})

it('hands on any other refusal', async () => {
  const refusal = new FeedError('consent-missing', 'No.')
  const start = async () => {
    throw refusal
  }
  expect(await thrownBy(makeTools([], { start }).subscribe())).toBe(refusal)
})

it('does not start when the cool-down cannot be written down', async () => {
  const { subscribe, done } = makeTools([], {
    state: {
      change: async () => {
        throw new Error('503')
      },
    },
  })
  expect(await thrownBy(subscribe())).toMatchObject({ name: 'FeedError', code: 'unavailable' })
  expect(done).toEqual([])
})
