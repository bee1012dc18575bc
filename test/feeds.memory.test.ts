import { describe, inject } from 'vitest'
import { makeMemoryTables } from '../core/stores/memory.ts'
import { makeMemoryQueue } from '../core/stores/queue/memory.ts'
import { feedContract } from './contracts/feed.ts'
import type { FeedKind, FeedWorld } from './contracts/feed.worlds.ts'

const storage = ({ clock }: FeedWorld) => ({
  tables: makeMemoryTables(),
  queue: makeMemoryQueue<never>(() => Math.floor(clock.now() / 1000)),
})

const FEEDS: readonly (readonly FeedKind[])[] = [
  ['management'],
  ['directory audits'],
  ['sign-ins'],
  ['audit search'],
  ['observations'],
  ['management', 'directory audits', 'sign-ins'],
]

describe.each(FEEDS.map(kinds => [kinds.join(', '), kinds] as const))(
  '%s, on stores in memory',
  (_, kinds) => {
    feedContract({ kinds, storage, every: kinds.length > 1 ? 29 : 9 })
  },
)

// Its blobs are on Azurite wherever the rest is kept.
describe.runIf(inject('storage'))('graph activity, on stores in memory', () => {
  feedContract({ kinds: ['graph activity'], storage, every: 29 })
})
