import { makeMemoryTables } from '../../core/stores/memory.ts'
import { makeTestFeed } from './feed.ts'
import { makeChain, makeClock } from './kit.ts'
import { flag } from './records.ts'

/** Blobs of one record each, all in one message. */
export function setUpIngest(blobs: number) {
  const clock = makeClock()
  const tables = makeMemoryTables()
  const feed = makeTestFeed(clock.seconds, { pageSize: 50 })
  const records = Array.from({ length: blobs }, (_, n) => flag(n))
  const published = records.map(record => feed.publish([record], { created: clock.seconds() - 60 }))
  // A flag is a low finding, and here all of them are posted.
  const config = { alertFrom: 'low' } as const
  const chain = makeChain({ clock, feeds: [feed], tables, sinkNames: ['teams'], config })
  const states = async () => (await chain.ledgerOf(feed.id)).map(({ state }) => state)
  const round = async (seconds: number) => {
    await chain.poll()
    await chain.drain()
    clock.pass(seconds)
  }
  return { clock, tables, feed, records, published, chain, states, round }
}
