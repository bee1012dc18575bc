import { describe, expect, it } from 'vitest'
import { silent } from '../../core/log.ts'
import type { IngestReport } from '../../core/pipeline/ingest.ts'
import type { IngestMessage } from '../../core/pipeline/messages.ts'
import { makeMemoryQueue } from '../../core/stores/queue/memory.ts'
import { drain } from './worker.ts'

const NOTHING: IngestReport = { blobs: 0, records: 0, rejected: 0, findings: [], deferred: 0 }

/** A queue, and what became of its messages. */
function setUp(ingest: (feed: string, attempt: number) => Partial<IngestReport>) {
  let passed = 0
  const queue = makeMemoryQueue<IngestMessage>(() => performance.now() / 1_000 + passed)
  const tries = new Map<string, number>()
  const setAside: string[] = []
  return {
    tries,
    setAside,
    queue,
    send: (feed: string) => queue.send({ feed, blobs: [] }),
    pass(seconds: number) {
      passed += seconds
    },
    drain: (signal = new AbortController().signal) =>
      drain(
        {
          queue,
          async ingest({ feed }) {
            const attempt = (tries.get(feed) ?? 0) + 1
            tries.set(feed, attempt)
            return { ...NOTHING, ...ingest(feed, attempt) }
          },
          async quarantine({ feed }) {
            setAside.push(feed)
            return 1
          },
        },
        signal,
        silent,
      ),
  }
}

describe('the queue on this machine', () => {
  it('is worked off, and each finding is named once', async () => {
    const world = setUp(feed => ({ findings: ['same', feed] }))
    for (const feed of ['a', 'b', 'c', 'd', 'e']) await world.send(feed)
    const { messages, unread, findings } = await world.drain()
    expect({ messages, unread, findings: [...findings].sort() }).toEqual({
      messages: 5,
      unread: 0,
      findings: ['a', 'b', 'c', 'd', 'e', 'same'],
    })
    expect(await world.queue.size()).toBe(0)
  })

  it('drops what no poller sent after five tries, and goes on', async () => {
    const world = setUp(feed => ({ findings: [feed] }))
    await world.queue.send(JSON.parse('{"__proto__":{"feed":"x"},"blobs":"many"}'))
    await world.send('good')
    for (let round = 0; round < 5; round++) {
      await world.drain()
      world.pass(130)
    }
    expect(await world.queue.size()).toBe(0)
    expect(world.setAside).toEqual([])
    expect([...world.tries.keys()]).toEqual(['good'])
  })

  it('tells how much was put off because the feed could not be read', async () => {
    const world = setUp(feed => ({ deferred: feed === 'down' ? 3 : 0 }))
    await world.send('down')
    await world.send('up')
    expect(await world.drain()).toMatchObject({ messages: 2, unread: 3 })
  })

  it('tries a message that fails five times, never holds up others, and then sets it aside', async () => {
    const world = setUp(feed => {
      if (feed === 'broken') throw new Error('cut off on the way')
      return { findings: [feed] }
    })
    await world.send('broken')
    await world.send('good')
    const unread: number[] = []
    for (let round = 0; round < 3; round++) {
      unread.push((await world.drain()).unread)
      world.pass(130)
    }
    expect(world.tries.get('good')).toBe(1)
    expect(world.tries.get('broken')).toBe(5)
    expect(world.setAside).toEqual(['broken'])
    // Three tries in the first round, for a cut line; then minutes apart.
    expect(unread).toEqual([1, 1, 0])
    expect(await world.queue.size()).toBe(0)
  })

  it('is left alone once the run is to end', async () => {
    const world = setUp(() => ({}))
    await world.send('a')
    expect(await world.drain(AbortSignal.abort())).toMatchObject({ messages: 0 })
    expect(await world.queue.size()).toBe(1)
  })
})
