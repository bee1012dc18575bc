import { describe, expect, it } from 'vitest'
import { silent } from '../../log.ts'
import { FeedError } from '../../model/errors.ts'
import { DAY, HOUR } from '../../model/time.ts'
import { thrownBy } from '../../net/loopback.test-kit.ts'
import { doubt, ensureCapability, type KnownCapability } from './capability.ts'

const START = Date.UTC(2026, 10, 20, 9) / 1000

function setUp(known?: KnownCapability) {
  let kept = known
  let at = START
  let failure: FeedError | undefined
  let probes = 0
  const memory = {
    recall: async () => kept,
    remember: async (value: KnownCapability) => {
      kept = value
    },
  }
  const deps = {
    feed: 'graph-sign-ins',
    memory,
    now: () => at,
    log: silent,
    probe: async () => {
      probes++
      if (failure !== undefined) throw failure
    },
  }
  return {
    memory,
    ensure: () => ensureCapability(deps),
    probes: () => probes,
    pass: (seconds: number) => {
      at += seconds
    },
    fail: (code?: FeedError['code']) => {
      failure = code === undefined ? undefined : new FeedError(code, `As ${code} does.`)
    },
  }
}

describe('a feed that works', () => {
  it('is probed once a day, and has worked since the first time', async () => {
    const { ensure, pass, probes } = setUp()
    expect(await ensure()).toMatchObject({ state: 'works', checkedAt: START, since: START })
    pass(DAY - 1)
    await ensure()
    expect(probes()).toBe(1)
    pass(1)
    expect(await ensure()).toMatchObject({ state: 'works', checkedAt: START + DAY, since: START })
    expect(probes()).toBe(2)
  })

  it.each(['unavailable', 'unauthorized', 'permission-missing', 'malformed'] as const)(
    'is probed again at once after %s',
    async code => {
      const { ensure, memory, probes } = setUp()
      await ensure()
      await doubt(memory, new FeedError(code, 'Oh.'))
      await ensure()
      await ensure()
      expect(probes()).toBe(2)
    },
  )

  it.each(['throttled', 'page-rejected'] as const)('is not doubted after %s', async code => {
    const { ensure, memory, probes } = setUp()
    await ensure()
    await doubt(memory, new FeedError(code, 'Oh.'))
    await ensure()
    expect(probes()).toBe(1)
  })

  it.each(['unavailable', 'malformed', 'unauthorized', 'wrong-tenant', 'rejected'] as const)(
    'and is then met with %s stops its listing, and is nothing to tell the operator',
    async code => {
      const { ensure, fail, memory } = setUp()
      await ensure()
      await doubt(memory, new FeedError('unavailable', 'Oh.'))
      fail(code)
      expect(await thrownBy(ensure())).toMatchObject({ name: 'FeedError', code: 'unavailable' })
      fail()
      expect(await ensure()).toMatchObject({ state: 'works', since: START })
    },
  )

  it('has worked since then again when it did not for a few days, and anew after a week', async () => {
    const { ensure, fail, memory, pass } = setUp()
    await ensure()
    for (const [days, since] of [
      [3, START],
      [8, START + 11 * DAY],
    ] as const) {
      await doubt(memory, new FeedError('unavailable', 'Oh.'))
      fail('permission-missing')
      expect(await ensure()).toMatchObject({ state: 'permission-missing' })
      pass(days * DAY)
      fail()
      expect(await ensure()).toMatchObject({ state: 'works', since })
    }
  })
})

describe('a feed that never worked', () => {
  it.each([
    ['permission-missing', 'permission-missing', HOUR],
    ['not-licensed', 'not-licensed', HOUR],
    ['not-in-cloud', 'not-in-cloud', HOUR],
    ['unauthorized', 'refused', HOUR],
    ['consent-missing', 'refused', HOUR],
    ['rejected', 'refused', HOUR],
    ['unavailable', 'unreachable', HOUR / 4],
    ['throttled', 'unreachable', HOUR / 4],
    ['malformed', 'unreachable', HOUR / 4],
  ] as const)('for %s is %s, no failure, and looked at again after %i s', async (code, state, after) => {
    const { ensure, fail, pass, probes } = setUp()
    fail(code)
    expect(await ensure()).toMatchObject({ state, detail: `As ${code} does.` })
    pass(after - 1)
    await ensure()
    expect(probes()).toBe(1)
    pass(1)
    fail()
    expect(await ensure()).toMatchObject({ state: 'works', since: START + after })
  })
})

it('lets a fault of ours through', async () => {
  const { memory } = setUp()
  const deps = { feed: 'x', memory, now: () => START, log: silent }
  const probe = async () => {
    throw new TypeError('A fault of ours')
  }
  expect(await thrownBy(ensureCapability({ ...deps, probe }))).toBeInstanceOf(TypeError)
})
