import { describe, expect, it } from 'vitest'
import { FeedError } from '../model/errors.ts'
import { runSignal } from './deadline.ts'
import type { Reply } from './exchange.ts'
import { fakeClock, inTurn, ongoing, START, serve, thrownBy } from './loopback.test-kit.ts'
import { makeSender, type Outcome, type SenderDeps } from './send.ts'
import { sleep } from './sleep.ts'

function decide({ status, body }: Reply): Outcome<string> {
  if (status === 200) return { ok: body }
  if (status === 429) return { error: new FeedError('throttled', 'Slow down.') }
  if (status >= 500) return { error: new FeedError('unavailable', 'Broken.') }
  return { error: new FeedError('rejected', `Status ${status}.`) }
}

function makeTools(more: Partial<SenderDeps> = {}) {
  const clock = fakeClock()
  const sender = makeSender({ now: clock.now, sleep: clock.sleep, random: () => 0.5, ...more })
  const get = (url: string, options: Partial<Parameters<typeof sender.send>[2]> = {}) =>
    sender.send({ method: 'GET', url }, decide, { signal: ongoing(), ...options })
  return { ...clock, sender, get }
}

describe('retries', () => {
  it('tries again after half of a doubling ceiling when the random number is a half', async () => {
    const { origin } = await serve(
      inTurn({ status: 500 }, { status: 502 }, { status: 503 }, { body: 'fine' }),
    )
    const { get, waits } = makeTools()
    expect(await get(origin)).toBe('fine')
    expect(waits).toEqual([500, 1000, 2000])
  })

  it('ends with the last error when the attempts are used up', async () => {
    const { origin, requests } = await serve(inTurn({ status: 500 }))
    const { get } = makeTools()
    expect(await thrownBy(get(origin, { retries: 2 }))).toMatchObject({
      name: 'FeedError',
      code: 'unavailable',
    })
    expect(requests).toHaveLength(3)
  })

  it('does not repeat what its reaction does not allow to repeat', async () => {
    const { origin, requests } = await serve(inTurn({ status: 400 }))
    expect(await thrownBy(makeTools().get(origin))).toMatchObject({ code: 'rejected' })
    expect(requests).toHaveLength(1)
  })

  it('lets a fault in the reading of a reply through as it is', async () => {
    const { origin, requests } = await serve(inTurn({}))
    const { sender } = makeTools()
    const broken = () => {
      throw new TypeError('A fault of ours')
    }
    const error = await thrownBy(sender.send({ method: 'GET', url: origin }, broken, { signal: ongoing() }))
    expect(error).toBeInstanceOf(TypeError)
    expect(requests).toHaveLength(1)
  })
})

describe('Retry-After', () => {
  it.each(['999999999', '9'.repeat(400)])('of %s s is an hour: nobody silences us for good', async asked => {
    const { origin, requests } = await serve(
      inTurn({ status: 429, headers: { 'Retry-After': asked } }, { body: 'fine' }),
    )
    const { advance, get } = makeTools()
    expect(await thrownBy(get(origin))).toMatchObject({ code: 'throttled', retryAfterMs: 3_600_000 })
    advance(3_600_000)
    expect(await get(origin)).toBe('fine')
    expect(requests).toHaveLength(2)
  })

  it('is kept exactly when given in seconds', async () => {
    const { origin } = await serve(
      inTurn({ status: 429, headers: { 'Retry-After': '17' } }, { body: 'fine' }),
    )
    const { get, waits } = makeTools()
    expect(await get(origin)).toBe('fine')
    expect(waits).toEqual([17_000])
  })

  it('is measured from the Date of the reply when given as a date, whatever our clock says', async () => {
    const headers = { Date: 'Fri, 20 Nov 2026 12:00:00 GMT', 'Retry-After': 'Fri, 20 Nov 2026 12:00:21 GMT' }
    const { origin } = await serve(inTurn({ status: 503, headers }, { body: 'fine' }))
    const { get, waits } = makeTools()
    expect(await get(origin)).toBe('fine')
    expect(waits).toEqual([21_000])
  })

  it('beyond the deadline of the run is not slept but handed on', async () => {
    const { origin, requests } = await serve(inTurn({ status: 429, headers: { 'Retry-After': '120' } }))
    const { get, waits } = makeTools()
    const error = await thrownBy(get(origin, { signal: runSignal(START + 119_000, START) }))
    expect(error).toMatchObject({ code: 'throttled', retryAfterMs: 120_000 })
    expect(requests).toHaveLength(1)
    expect(waits).toEqual([])
  })

  it('within the deadline of the run is slept even when it is longer than the usual patience', async () => {
    const { origin } = await serve(
      inTurn({ status: 429, headers: { 'Retry-After': '120' } }, { body: 'fine' }),
    )
    const { get, waits } = makeTools({ patienceMs: 1000 })
    expect(await get(origin, { signal: runSignal(START + 121_000, START) })).toBe('fine')
    expect(waits).toEqual([120_000])
  })

  it('is set on an error that is not repeated because the back-off does not fit', async () => {
    const { origin } = await serve(inTurn({ status: 500 }))
    const { get } = makeTools()
    const error = await thrownBy(get(origin, { signal: runSignal(START + 400, START) }))
    expect(error).toMatchObject({ code: 'unavailable', retryAfterMs: 500 })
  })
})

describe('without a deadline on the signal', () => {
  it('waits as long as the patience allows and no longer', async () => {
    const { origin } = await serve(inTurn({ status: 429, headers: { 'Retry-After': '61' } }))
    const { get, waits } = makeTools()
    expect(await thrownBy(get(origin))).toMatchObject({ retryAfterMs: 61_000 })
    expect(waits).toEqual([])
  })
})

describe('what the transport reports', () => {
  it('is repeated after a timeout', async () => {
    let count = 0
    const { origin } = await serve(() => (count++ === 0 ? undefined : { body: 'fine' }))
    expect(await makeTools().get(origin, { timeoutMs: 60 })).toBe('fine')
  })

  it('is told and not repeated when the answer is too large', async () => {
    const { origin, requests } = await serve(inTurn({ body: 'x'.repeat(1001) }))
    const error = await thrownBy(makeTools().get(origin, { maxBytes: 1000 }))
    expect(error).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('limit of 1000 bytes'),
    })
    expect(requests).toHaveLength(1)
  })

  it('is rejected when there is no address', async () => {
    expect(await thrownBy(makeTools().get('nonsense'))).toMatchObject({ code: 'rejected' })
  })
})

describe('abort', () => {
  it('ends a wait at once, with the error that caused the wait', async () => {
    const { origin, requests } = await serve(inTurn({ status: 429, headers: { 'Retry-After': '50' } }))
    const run = new AbortController()
    const { get } = makeTools({
      sleep: (ms, signal) => {
        const waiting = sleep(ms, signal)
        run.abort()
        return waiting
      },
    })
    const error = await thrownBy(get(origin, { signal: run.signal }))
    expect(error).toMatchObject({ code: 'throttled', retryAfterMs: 50_000 })
    expect(requests).toHaveLength(1)
  })

  it('ends a request that is under way, and is a FeedError too', async () => {
    const run = new AbortController()
    const { origin } = await serve(() => {
      run.abort()
      return undefined
    })
    const error = await thrownBy(makeTools().get(origin, { signal: run.signal }))
    expect(error).toMatchObject({ name: 'FeedError', code: 'unavailable' })
    expect(String(error)).toContain('The run ended')
  })

  it('before the start sends nothing', async () => {
    const { origin, requests } = await serve(inTurn({}))
    expect(await thrownBy(makeTools().get(origin, { signal: AbortSignal.abort() }))).toBeInstanceOf(FeedError)
    expect(requests).toEqual([])
  })
})

describe('the shared pause', () => {
  it('holds other calls back until the throttled one may go on', async () => {
    const { origin, requests } = await serve(({ url }) =>
      url === '/first' && requests.length === 1
        ? { status: 429, headers: { 'Retry-After': '30' } }
        : { body: url },
    )
    const { get, waits, now } = makeTools()
    const error = await thrownBy(get(`${origin}/first`, { retries: 0 }))
    expect(error).toMatchObject({ code: 'throttled', retryAfterMs: 30_000 })
    expect(await get(`${origin}/second`)).toBe('/second')
    expect(waits).toEqual([30_000])
    expect(now()).toBe(START + 30_000)
  })

  it('stops other calls whose run ends before it, without sending them', async () => {
    const { origin, requests } = await serve(inTurn({ status: 429, headers: { 'Retry-After': '30' } }))
    const { get, advance } = makeTools()
    await thrownBy(get(origin, { retries: 0 }))
    advance(5_000)
    const error = await thrownBy(get(origin, { signal: runSignal(START + 10_000, START + 5_000) }))
    expect(error).toMatchObject({ code: 'throttled', retryAfterMs: 25_000 })
    expect(requests).toHaveLength(1)
  })

  it('is not begun by a server that is merely broken', async () => {
    const { origin } = await serve(inTurn({ status: 500 }, { body: 'fine' }))
    const { get, waits } = makeTools()
    await thrownBy(get(origin, { retries: 0 }))
    expect(await get(origin)).toBe('fine')
    expect(waits).toEqual([])
  })
})
