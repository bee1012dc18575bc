import { describe, expect, it } from 'vitest'
import { detections } from '../../core/detections/index.ts'
import { parseWireTime } from '../../core/model/time.ts'
import { ingest } from '../../core/pipeline/ingest.ts'
import { makeMailboxes } from '../../core/stores/mailboxes.ts'
import { makeWanted } from '../../core/stores/wanted.ts'
import { makeTestFeed } from '../chain/feed.ts'
import { makeChain, makeClock, ongoing, TENANT } from '../chain/kit.ts'
import { type Target, targets, withTexts } from '../support/hostile-cases.ts'
import type { RawRecord } from '../support/records.ts'

/** Characters in the names of all records of a case, and records enough for most: hundreds of megabytes would be memory's test and not this one. */
const SIZE = 12_000_000
const SOME = 40

/** A row's key takes 512 characters, and one outside ASCII five of them. */
const TEXTS = {
  'a megabyte': 'x'.repeat(1_000_000),
  'hundreds of characters outside ASCII': `${'漢'.repeat(600)}@漢.example`,
  'lone surrogates': '\ud800'.repeat(180),
  'what keys, lines and quotes trip over': '/\\#?%\u202e\u0000\u009b\r\n\'"{}[](http://evil.com)',
} as const

/** On the stores in memory, which have the limits of the real ones. Returns what became of the blob and its alerts. */
async function ingested({ detection }: Target, records: readonly RawRecord[]) {
  const clock = makeClock((parseWireTime(records[0]?.CreationTime) ?? 0) + 7_200)
  const feed = makeTestFeed(clock.seconds, { pageSize: 50 })
  feed.publish(records, { created: clock.seconds() - 60 })
  const known = detections.filter(({ id }) => id === detection)
  const config = { alertFrom: 'low' } as const
  const chain = makeChain({ clock, feeds: [feed], detections: known, sinkNames: ['teams'], config })
  const { tables } = chain
  const deps = { ...chain, mailboxes: makeMailboxes(tables, TENANT), wanted: makeWanted(tables, TENANT) }
  await chain.poll()
  for (const { body } of await chain.queue.receive(32, 120)) await ingest(deps, body, ongoing())
  return { ledger: await chain.ledgerOf(feed.id), outbox: await chain.outbox.all('teams') }
}

describe.each(targets)('$detection', target => {
  it.each(Object.entries(TEXTS))('stores what it counts with %s in any name', async (_, text) => {
    for (const field of target.fields) {
      const { records } = withTexts(target, field, given => given + text)
      const some = Math.min(SOME, Math.ceil(SIZE / text.length))
      const { ledger, outbox } = await ingested(target, records.slice(0, some))
      expect(ledger, field).toMatchObject([{ state: 'done' }])
      for (const { delivery } of outbox) expect(JSON.stringify(delivery).length, field).toBeLessThan(100_000)
    }
  })
})
