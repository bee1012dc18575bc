import type { Slice } from '../model/checkpoint.ts'
import { FeedError } from '../model/errors.ts'
import { iso, type Seconds } from '../model/time.ts'
import type { Feed } from './feed.ts'

export const OBSERVATION_FEED = 'observations'

/** Where observations are kept until they are read; `core/stores/observations.ts` is one. */
export interface ObservationSource {
  list(slice: Slice): AsyncIterable<{ readonly id: string; readonly writtenAt: Seconds }>
  read(id: string): Promise<readonly object[] | undefined>
}

/** What observers told, as a feed like any other: listed, entered in the ledger, judged, told. */
export function makeObservationFeed(source: ObservationSource): Feed {
  return {
    id: OBSERVATION_FEED,
    subscribe: async () => ({ state: 'enabled' }),
    async *list(slice) {
      for await (const { id, writtenAt } of source.list(slice))
        yield [{ feed: OBSERVATION_FEED, id, uri: id, created: iso(writtenAt), expires: undefined }]
    },
    async fetch({ id }) {
      const bodies = await source.read(id)
      if (bodies === undefined)
        throw new FeedError('content-expired', 'Observations were dropped before anybody read them.')
      return JSON.stringify(bodies)
    },
  }
}
