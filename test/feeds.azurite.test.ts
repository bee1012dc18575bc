import { describe, inject } from 'vitest'
import { makeQueue } from '../core/stores/queue/queue.ts'
import { makeTables } from '../core/stores/tables/tables.ts'
import { feedContract } from './contracts/feed.ts'
import { uniqueName } from './support/names.ts'

const connectionString = inject('storage')

const storage = () => ({
  tables: makeTables({ connectionString }, uniqueName()),
  queue: makeQueue<never>({ connectionString }, uniqueName('q')),
})

describe.runIf(connectionString).each([
  ['management', ['management']],
  ['directory audits', ['directory audits']],
  ['sign-ins', ['sign-ins']],
  ['audit search', ['audit search']],
  ['graph activity', ['graph activity']],
  ['observations', ['observations']],
] as const)('%s, on Azurite', (_, kinds) => {
  feedContract({ kinds, storage, every: 61 })
})
