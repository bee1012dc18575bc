import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Feed } from '../../core/feeds/feed.ts'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import type { ContentBlob } from '../../core/model/content-blob.ts'
import { FeedError, StoreError } from '../../core/model/errors.ts'
import type { IngestMessage } from '../../core/pipeline/messages.ts'
import type { Queue, Tables } from '../../core/stores/port.ts'
import { makeState } from '../../core/stores/state.ts'
import { MINUTE, makeRandom } from '../../emulator/index.ts'
import { type Chain, facts, makeChain, ongoing, TENANT } from '../chain/kit.ts'
import { storedOf } from '../chain/promises.ts'
import { census } from '../support/census.ts'
import { diary, expectTaught } from '../support/diary.ts'
import { type Expected, oracle } from '../support/oracle.ts'
import { dying } from './dying.ts'
import { type FeedKind, type FeedWorld, NOON, openFeedWorld } from './feed.worlds.ts'

export interface FeedContract {
  readonly kinds: readonly FeedKind[]
  /** Storage that has never been used. */
  storage(world: FeedWorld): { tables: Tables; queue: Queue<IngestMessage> }
  /** How many of all the places to fail at are tried: every n-th. */
  readonly every: number
}

/** Minutes after noon at which the timers of a process go off. */
const ROUNDS = [0, 30, 60, 90, 150, 210, 270]
/** In which what failed before is taken up. Of a sign-in that fails each round asks for one alone, so it takes some. */
const CALM = Array.from({ length: 12 }, (_, n) => 280 + n * 10)
/** Whoever dies in the last of those rounds leaves messages unsent; they are sent again after half an hour. */
const AFTERWARDS = CALM.map(minutes => minutes + 150)

/** What every feed does, seen at the far end of the pipeline: whatever happens on the way, what happened is told once. */
export function feedContract({ kinds, storage, every }: FeedContract): void {
  const worlds: FeedWorld[] = []
  const open = async () => {
    const world = await openFeedWorld(kinds)
    worlds.push(world)
    return world
  }
  afterEach(async () => {
    vi.unstubAllGlobals()
    await Promise.all(worlds.splice(0).map(({ tenant }) => tenant.stop()))
  })

  test('tells what happened, once, asking no more often than it may', async () => {
    const world = await open()
    const asked = watchRequests(world)
    const chain = await play(world, storage(world))
    await expectTold(world, chain)
    expectUnhurried(asked)
    expectFewSearches(world)
    const { badRanges, gaps, startsInCoolDown, tokensLeaked, withoutPublisher } = world.tenant.audit()
    expect({ badRanges, startsInCoolDown, tokensLeaked, withoutPublisher }).toEqual({
      badRanges: [],
      startsInCoolDown: [],
      tokensLeaked: 0,
      withoutPublisher: {},
    })
    expect(gaps.filter(({ open }) => !open)).toEqual([])
  })

  test('gives the same text for the same blob, and the same blobs for the same time', async () => {
    const world = await open()
    const { tables } = storage(world)
    const feeds = world.feeds(makeState(tables, TENANT), tables)
    for (const feed of feeds) await feed.subscribe(ongoing())
    world.clock.set(NOON + 270 * MINUTE)
    const to = NOON / 1000 + 271 * 60
    for (const feed of feeds) {
      const list = async () => {
        const ids = new Map<string, string>()
        for await (const page of feed.list({ from: to - 86_400, to }, ongoing()))
          for (const blob of page) ids.set(blob.id, await fetched(world, feed, blob))
        return ids
      }
      const once = await list()
      expect(once.size).toBeGreaterThan(4)
      expect([...once.values()].some(text => JSON.parse(text).length > 2)).toBe(true)
      expect(new Map([...(await list())].sort())).toEqual(new Map([...once].sort()))
    }
  })

  test('does not care in which order blobs are read, or how often', async () => {
    const world = await open()
    const random = makeRandom('order')
    const chain = await play(world, storage(world), undefined, async one => {
      const taken = await one.queue.receive(100, 3_600)
      const messages = taken.map(({ body }) => body)
      for (const message of random.shuffle([...messages, ...messages]))
        await one.ingest({ ...message, blobs: random.shuffle(message.blobs) })
      for (const message of taken) await message.done()
    })
    await expectTold(world, chain)
  })

  // What we saw ourselves is asked of nobody.
  const asks = kinds.some(kind => kind !== 'observations')
  describe.runIf(asks).each([
    ['one request', 1],
    ['ten requests on end', 10],
  ])('when %s fail', (_, length) => {
    test('anywhere, it tells all the same', async () => {
      const healthy = await open()
      const asked = watchRequests(healthy)
      await play(healthy, storage(healthy), ROUNDS)
      const total = asked.length
      vi.unstubAllGlobals()
      expect(total).toBeGreaterThan(20)
      for (let at = 1 + (length % every); at <= total; at += every) {
        const world = await openFeedWorld(kinds)
        try {
          failRequests(at, length, FAILURES[Math.floor(at / every) % FAILURES.length] ?? 'reset')
          const chain = await play(world, storage(world))
          await expectTold(world, chain)
        } finally {
          vi.unstubAllGlobals()
          await world.tenant.stop()
        }
      }
    }, 240_000)
  })

  test.each(['before', 'after'] as const)(
    'resumes after it was killed %s any write',
    async when => {
      for (let death = 1, died = true; died; death += every * 2 + 1) {
        const world = await openFeedWorld(kinds)
        try {
          const { tables, queue } = storage(world)
          const mortal = dying(tables, death, when)
          await play(world, { tables: mortal.tables, queue })
          died = mortal.died()
          const chain = await play(world, { tables, queue }, AFTERWARDS)
          await expectTold(world, chain)
        } finally {
          await world.tenant.stop()
        }
      }
    },
    240_000,
  )
}

/** The text of a blob, which can take its time. */
async function fetched({ clock }: FeedWorld, feed: Feed, blob: ContentBlob): Promise<string> {
  for (;;) {
    try {
      return await feed.fetch(blob, ongoing())
    } catch (error) {
      if (!(error instanceof FeedError) || error.code !== 'not-ready') throw error
      clock.advance(5 * MINUTE)
    }
  }
}

/** What a process wrote down and did not send before it died is sent again after half an hour. */
const AFTERMATH = 4

/** Hours of timers. A process that dies is followed by another on the same storage, and never in the last half hour. */
async function play(
  world: FeedWorld,
  storage: { tables: Tables; queue: Queue<IngestMessage> },
  rounds = [...ROUNDS, ...CALM],
  drain: (chain: Chain) => Promise<void> = chain => chain.drain(),
): Promise<Chain> {
  const { clock } = world
  const start = () =>
    makeChain({
      clock: {
        seconds: () => Math.floor(clock.now() / 1000),
        now: clock.now,
        pass: seconds => clock.advance(seconds * 1000),
      },
      feeds: world.feeds(makeState(storage.tables, TENANT), storage.tables),
      detections: world.teaches ? [census, diary] : [census],
      sinkNames: ['teams'],
      ...storage,
    })
  let chain = start()
  let rest = rounds
  for (let round = 0; round < rest.length; round++) {
    const minutes = rest[round] ?? 0
    clock.set(Math.max(NOON + minutes * MINUTE, clock.now()))
    const steps = [() => chain.poll(), ...(round % 6 === 5 ? [() => chain.sweep()] : []), () => drain(chain)]
    for (const step of steps) {
      try {
        await step()
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        chain = start()
        const last = rounds.at(-1) ?? 0
        rest = [...rounds, ...Array.from({ length: AFTERMATH }, (_, n) => last + (n + 1) * 10)]
      }
    }
  }
  return chain
}

async function expectTold({ happened, teaches }: FeedWorld, chain: Chain): Promise<void> {
  const parse = makeParser(TENANT)
  const records = happened.flatMap(raw => parse(raw).record ?? [])
  expect(records).toHaveLength(happened.length)
  // Each feed numbers its records by itself; what is counted is what happened.
  const events = (all: readonly Expected[]) => all.map(({ records: _, ...rest }) => rest)
  if (teaches) await expectTaught(chain, records)
  else expect(events(await storedOf(chain))).toEqual(events(oracle(records, [census], facts)))
  for (const { id } of chain.feeds)
    for (const { counts, state } of await chain.ledgerOf(id))
      expect({ state, rejected: counts?.rejected }).toEqual({ state: 'done', rejected: {} })
}

/** Five searches at once, and none for a span that has been searched. */
function expectFewSearches({ tenant }: FeedWorld): void {
  const searches = tenant.searches()
  for (const { createdAt } of searches) {
    const underWay = searches.filter(
      one => one.createdAt <= createdAt && one.createdAt + 10 * MINUTE > createdAt,
    )
    expect(underWay.length).toBeLessThanOrEqual(5)
  }
  expect(new Set(searches.map(({ from }) => from)).size).toBe(searches.length)
}

const FAILURES = ['reset', 'error', 'throttle', 'wait', 'token', 'cut'] as const
type Failure = (typeof FAILURES)[number]

interface Asked {
  readonly path: string
  readonly at: number
}

/** Requests as they leave, by the tenant's clock. */
function watchRequests({ clock }: FeedWorld): readonly Asked[] {
  const real = globalThis.fetch
  const asked: Asked[] = []
  vi.stubGlobal('fetch', (...[input, init]: Parameters<typeof fetch>) => {
    asked.push({ path: new URL(String(input)).pathname, at: clock.now() })
    return real(input, init)
  })
  return asked
}

/** Of Graph's reports Microsoft gives an app five in ten seconds. */
function expectUnhurried(asked: readonly Asked[]): void {
  const times = asked.filter(({ path }) => path.includes('/auditLogs/')).map(({ at }) => at)
  for (const [n, at] of times.entries())
    expect(at - (times[n - 5] ?? -Infinity)).toBeGreaterThanOrEqual(10_000)
}

/** Requests from the `first` on, `length` of them, fail in one way. */
function failRequests(first: number, length: number, how: Failure): void {
  const real = globalThis.fetch
  let requests = 0
  vi.stubGlobal('fetch', async (...given: Parameters<typeof fetch>) => {
    requests++
    if (requests < first || requests >= first + length) return await real(...given)
    return await failed(how, () => real(...given))
  })
}

async function failed(how: Failure, answer: () => Promise<Response>): Promise<Response> {
  switch (how) {
    case 'reset':
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })
    case 'error':
      return new Response('<html>Bad gateway</html>', { status: 502 })
    case 'throttle':
      return Response.json({ error: { code: 'TooManyRequests', message: 'Too many.' } }, { status: 429 })
    case 'wait':
      return Response.json({ error: { code: '429' } }, { status: 429, headers: { 'Retry-After': '45' } })
    case 'token':
      return Response.json({ error: { code: 'InvalidAuthenticationToken' } }, { status: 401 })
    case 'cut': {
      const whole = await answer()
      const text = await whole.text()
      return new Response(text.slice(0, text.length >> 1), { status: whole.status, headers: whole.headers })
    }
  }
}
