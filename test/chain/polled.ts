import type { Checkpoint } from '../../core/model/checkpoint.ts'
import { checkpointName } from '../../core/pipeline/poll.ts'
import { makeTestFeed } from './feed.ts'
import { makeChain, makeClock } from './kit.ts'

/** The chain with feeds to poll; the first of them is `feed`. */
export function setUpPolling({ ids = ['Audit.Exchange'], pageSize = 2 } = {}) {
  const clock = makeClock()
  const feeds = ids.map(id => makeTestFeed(clock.seconds, { id, pageSize }))
  const [feed] = feeds
  if (feed === undefined) throw new Error('A test needs a feed')
  const chain = makeChain({ clock, feeds, sinkNames: ['teams'] })
  const checkpoint = async (id = feed.id) =>
    (await chain.state.read<Checkpoint>(checkpointName(id)))?.listedTo
  return { clock, feed, feeds, chain, checkpoint }
}
