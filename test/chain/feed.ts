import type { Feed, Subscription } from '../../core/feeds/feed.ts'
import type { Slice } from '../../core/model/checkpoint.ts'
import type { ContentBlob } from '../../core/model/content-blob.ts'
import { FeedError } from '../../core/model/errors.ts'
import { DAY, iso, parseWireTime, type Seconds } from '../../core/model/time.ts'

export interface PublishOptions {
  /** `contentCreated`, UTC seconds; now unless told. */
  readonly created?: Seconds
  /** From when on a listing shows it; its creation unless told. */
  readonly availableAt?: Seconds
}

/** A feed in memory. `subscription`, `listFault` and `fetchFault` are the test's to set. */
export interface TestFeed extends Feed {
  publish(content: readonly object[] | string, options?: PublishOptions): ContentBlob
  /** What the next subscribes answer, in turn; then `enabled`. */
  readonly subscriptions: Subscription[]
  listFault: (slice: Slice, page: number) => FeedError | undefined
  fetchFault: (blob: ContentBlob) => FeedError | undefined
  /** Slices asked for, ids fetched. */
  readonly slices: Slice[]
  readonly fetched: string[]
}

interface Published {
  readonly blob: ContentBlob
  readonly text: string
  readonly created: Seconds
  readonly availableAt: Seconds
}

export function makeTestFeed(now: () => Seconds, { id = 'Audit.Exchange', pageSize = 2 } = {}): TestFeed {
  const published: Published[] = []
  const feed: TestFeed = {
    id,
    subscriptions: [],
    listFault: () => undefined,
    fetchFault: () => undefined,
    slices: [],
    fetched: [],

    publish(content, { created = now(), availableAt = created } = {}) {
      const name = `${iso(created)}$${published.length + 1}`
      const blob: ContentBlob = {
        feed: id,
        id: name,
        uri: `https://feed.example/${id}/${name}`,
        created: iso(created),
        expires: iso(created + 7 * DAY),
      }
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      published.push({ blob, text, created, availableAt })
      return blob
    },

    async subscribe(_signal, stopped) {
      const next = feed.subscriptions.shift() ?? { state: 'enabled' }
      if (next.state === 'started') await stopped?.(next.was)
      return next
    },

    async *list(slice) {
      feed.slices.push(slice)
      const shown = published.filter(
        ({ created, availableAt }) => created >= slice.from && created < slice.to && availableAt <= now(),
      )
      for (let page = 0; page * pageSize <= shown.length; page++) {
        const fault = feed.listFault(slice, page)
        if (fault !== undefined) throw fault
        yield shown.slice(page * pageSize, (page + 1) * pageSize).map(({ blob }) => blob)
      }
    },

    async fetch(blob) {
      feed.fetched.push(blob.id)
      const fault = feed.fetchFault(blob)
      if (fault !== undefined) throw fault
      const found = published.find(one => one.blob.id === blob.id)
      if (found === undefined) throw new FeedError('content-missing', 'There is no such blob.')
      if ((parseWireTime(blob.expires) ?? 0) <= now())
        throw new FeedError('content-expired', 'It has expired.')
      return found.text
    },
  }
  return feed
}
