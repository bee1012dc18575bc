import type { TokenCredential } from '@azure/identity'
import { describe, expect, it } from 'vitest'
import { fakeClock, ongoing, thrownBy } from './loopback.test-kit.ts'
import { type Credential, makeTokenSource } from './token.ts'

const HOUR = 3_600_000
const SCOPE = 'https://manage.office.com/.default'

function makeTools(getToken?: Credential['getToken']) {
  const clock = fakeClock()
  const calls: string[] = []
  let credentials = 0
  const source = makeTokenSource({
    scope: SCOPE,
    now: clock.now,
    credential: () => {
      credentials++
      return {
        async getToken(scope, options) {
          calls.push(scope)
          if (getToken) return getToken(scope, options)
          return { token: `token-${calls.length}`, expiresOnTimestamp: clock.now() + HOUR }
        },
      }
    },
  })
  return { ...clock, calls, source, credentials: () => credentials }
}

it('takes the credentials of @azure/identity', () => {
  const make = (credential: TokenCredential): Credential => credential
  expect(make).toBeTypeOf('function')
})

it('gives up a credential that hangs and heeds no signal, and asks again', async () => {
  let hangs = true
  const source = makeTokenSource({
    scope: SCOPE,
    now: Date.now,
    timeoutMs: 20,
    credential: () => ({
      getToken: () =>
        hangs
          ? new Promise<never>(() => {})
          : Promise.resolve({ token: 'good', expiresOnTimestamp: Date.now() + HOUR }),
    }),
  })
  expect(await thrownBy(source.token(ongoing()))).toMatchObject({
    code: 'unavailable',
    message: 'The sign-in service did not answer in time.',
  })
  hangs = false
  expect(await source.token(ongoing())).toBe('good')
})

it('asks once for many callers at a time', async () => {
  const { source, calls } = makeTools()
  const tokens = await Promise.all(Array.from({ length: 20 }, () => source.token(ongoing())))
  expect(new Set(tokens)).toEqual(new Set(['token-1']))
  expect(calls).toEqual([SCOPE])
})

it('renews at 80 % of the life of a token', async () => {
  const { source, advance } = makeTools()
  expect(await source.token(ongoing())).toBe('token-1')
  advance(0.8 * HOUR - 1)
  expect(await source.token(ongoing())).toBe('token-1')
  advance(1)
  expect(await source.token(ongoing())).toBe('token-2')
})

it('goes on with a token that is still good when it cannot be renewed, and asks again a minute later', async () => {
  let up = true
  const tools = makeTools(async () => {
    if (!up) throw new Error('connect ECONNREFUSED 127.0.0.1:443')
    return { token: 'good', expiresOnTimestamp: tools.now() + HOUR }
  })
  const { source, calls, advance } = tools
  await source.token(ongoing())
  up = false
  advance(0.9 * HOUR)
  expect(await source.token(ongoing())).toBe('good')
  expect(await source.token(ongoing())).toBe('good')
  expect(calls).toHaveLength(2)
  advance(60_000)
  expect(await source.token(ongoing())).toBe('good')
  expect(calls).toHaveLength(3)
  advance(0.1 * HOUR)
  expect(await thrownBy(source.token(ongoing()))).toMatchObject({ code: 'unavailable' })
})

describe('forget', () => {
  it('makes a new credential, whose cache is empty', async () => {
    const { source, credentials } = makeTools()
    const first = await source.token(ongoing())
    source.forget(first)
    expect(await source.token(ongoing())).toBe('token-2')
    expect(credentials()).toBe(2)
  })

  it('of a token that is no longer in use changes nothing', async () => {
    const { source, calls } = makeTools()
    const first = await source.token(ongoing())
    source.forget(first)
    const second = await source.token(ongoing())
    source.forget(first)
    expect(await source.token(ongoing())).toBe(second)
    expect(calls).toHaveLength(2)
  })

  it('also discards what a request under way is going to bring', async () => {
    const arrivals: Array<(token: string) => void> = []
    const tools = makeTools(async () => {
      const token = await new Promise<string>(arrive => arrivals.push(arrive))
      return { token, expiresOnTimestamp: tools.now() + HOUR }
    })
    const early = tools.source.token(ongoing())
    tools.source.forget()
    const late = tools.source.token(ongoing())
    arrivals[1]?.('new')
    expect(await late).toBe('new')
    arrivals[0]?.('old')
    expect(await early).toBe('old')
    expect(await tools.source.token(ongoing())).toBe('new')
  })
})

it('returns at once to a caller whose run ends, and still serves the others', async () => {
  let arrive: ((token: string) => void) | undefined
  const tools = makeTools(async () => {
    const token = await new Promise<string>(resolve => {
      arrive = resolve
    })
    return { token, expiresOnTimestamp: tools.now() + HOUR }
  })
  const run = new AbortController()
  const impatient = tools.source.token(run.signal)
  const patient = tools.source.token(ongoing())
  run.abort()
  expect(await thrownBy(impatient)).toMatchObject({ name: 'FeedError', code: 'unavailable' })
  arrive?.('t')
  expect(await patient).toBe('t')
  expect(tools.calls).toHaveLength(1)
})

it('tries again after a failure', async () => {
  let count = 0
  const tools = makeTools(async () => {
    if (count++ === 0) throw new Error('AADSTS7000215: Invalid client secret provided.')
    return { token: 't', expiresOnTimestamp: tools.now() + HOUR }
  })
  expect(await thrownBy(tools.source.token(ongoing()))).toMatchObject({ code: 'unauthorized' })
  expect(await tools.source.token(ongoing())).toBe('t')
})

it('is unauthorized without a token', async () => {
  expect(await thrownBy(makeTools(async () => null).source.token(ongoing()))).toMatchObject({
    code: 'unauthorized',
  })
})
