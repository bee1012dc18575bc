import type { Feed } from '../../core/feeds/feed.ts'
import { FeedError, SinkError, StoreError } from '../../core/model/errors.ts'
import type { Sink } from '../../core/sinks/sink.ts'
import type { Queue, Table, Tables } from '../../core/stores/port.ts'

/** What ends a process. No code of the product knows this error, so nothing can survive it. */
export class Death extends Error {
  override readonly name = 'Death'
}

/** What happens to a call on its way out of a process. */
export type Fate = 'goes through' | 'fails before' | 'fails after' | 'dies before' | 'dies after'

export interface Life {
  /** Waits for its turn among the calls of all processes. */
  turn(): Promise<void>
  /** `table`: of a read or a write. */
  fateOf(kind: 'read' | 'write' | 'queue' | 'feed' | 'sink', table?: string): Fate
  dead: boolean
}

type Kind = Parameters<Life['fateOf']>[0]

/** One call of a process that may die at it; afterwards nothing of the process goes out any more. */
async function lived<T>(
  life: Life,
  kind: Kind,
  call: () => Promise<T>,
  failure: () => Error,
  table?: string,
): Promise<T> {
  await life.turn()
  if (life.dead) throw new Death()
  const fate = life.fateOf(kind, table)
  if (fate === 'dies before') life.dead = true
  if (life.dead) throw new Death()
  if (fate === 'fails before') throw failure()
  const result = await call()
  if (fate === 'dies after') life.dead = true
  if (life.dead) throw new Death()
  if (fate === 'fails after') throw failure()
  return result
}

const storage = () => new StoreError('unavailable', 'Storage did not answer, as the simulator wanted.')

export function mortalTables(tables: Tables, life: Life): Tables {
  const table = (name: string): Table => {
    const inner = tables.table(name)
    const write = <T>(call: () => Promise<T>) => lived(life, 'write', call, storage, name)
    return {
      get: <T>(partition: string, row: string) =>
        lived(life, 'read', () => inner.get<T>(partition, row), storage, name),
      async *range<T>(partition: string, from: string, to: string) {
        await lived(life, 'read', async () => {}, storage)
        yield* inner.range<T>(partition, from, to)
      },
      put: (partition, entries) => write(() => inner.put(partition, entries)),
      insert: (partition, entry) => write(() => inner.insert(partition, entry)),
      replace: (partition, entry, version) => write(() => inner.replace(partition, entry, version)),
      remove: (partition, rows) => write(() => inner.remove(partition, rows)),
    }
  }
  return {
    table,
    names: prefix => lived(life, 'read', () => tables.names(prefix), storage),
    drop: name => lived(life, 'write', () => tables.drop(name), storage),
  }
}

export function mortalQueue<T>(queue: Queue<T>, life: Life): Queue<T> {
  const asking = <R>(call: () => Promise<R>) => lived(life, 'queue', call, storage)
  return {
    create: () => asking(() => queue.create()),
    send: message => asking(() => queue.send(message)),
    size: () => asking(() => queue.size()),
    receive: (count, hide) =>
      asking(async () =>
        (await queue.receive(count, hide)).map(({ attempt, body, done, release }) => ({
          body,
          attempt,
          done: () => asking(done),
          release: delay => asking(() => release(delay)),
        })),
      ),
  }
}

export function mortalFeed(feed: Feed, life: Life, failure: () => FeedError): Feed {
  return {
    id: feed.id,
    subscribe: signal => lived(life, 'feed', () => feed.subscribe(signal), failure),
    async *list(slice, signal) {
      await lived(life, 'feed', async () => {}, failure)
      yield* feed.list(slice, signal)
    },
    fetch: (blob, signal) => lived(life, 'feed', () => feed.fetch(blob, signal), failure),
  }
}

export function mortalSink(sink: Sink, life: Life): Sink {
  const failure = () => new SinkError('retry', 'The receiver did not answer, as the simulator wanted.')
  return { id: sink.id, send: (...given) => lived(life, 'sink', () => sink.send(...given), failure) }
}

export const FEED_FAILURES = [
  () => new FeedError('unavailable', 'The feed is down.'),
  () => new FeedError('throttled', 'Slower, please.', { retryAfterMs: 90_000 }),
  () => new FeedError('malformed', 'Cut off.'),
  () => new FeedError('unauthorized', 'A token has expired.'),
  () => new FeedError('page-rejected', 'The page link has grown old.'),
] as const
