import { describe, expect, it } from 'vitest'
import type { Detection } from '../../core/model/detection.ts'
import { DAY, iso } from '../../core/model/time.ts'
import { MIDNIGHT, probe } from '../support/histories.ts'
import { makeTestFeed } from './feed.ts'
import { everything, makeChain, makeClock } from './kit.ts'
import { flag } from './records.ts'

/** Two distinct messages within seven days. */
const long: Detection = {
  ...probe,
  id: 'long',
  terms: [
    {
      id: 'week',
      counts: 'things',
      measures: ['read'],
      atLeast: 2,
      withinMinutes: 7 * 1440,
      severity: 'high',
    },
  ],
}

async function countsAfter(days: readonly number[]): Promise<number[]> {
  const clock = makeClock()
  const feed = makeTestFeed(clock.seconds, { pageSize: 1 })
  const chain = makeChain({ clock, feeds: [feed], detections: [long], sinkNames: ['teams'] })
  for (const [n, day] of days.entries()) {
    const CreationTime = iso(MIDNIGHT + day * DAY).slice(0, 19)
    feed.publish([flag(n, { CreationTime, Folders: [`m${day}`] })], { created: clock.seconds() - 60 })
    await chain.poll()
    await chain.drain()
    clock.pass(300)
  }
  const stored = await everything(chain.findings.since(MIDNIGHT - 30 * DAY, MIDNIGHT + 30 * DAY))
  return stored.map(({ finding }) => finding.count)
}

describe('a window of seven days', () => {
  it('holds records six days apart, whichever comes first', async () => {
    expect(await countsAfter([-6, 0])).toEqual([2])
    expect(await countsAfter([0, -6])).toEqual([2])
  })

  it('does not hold records seven days apart', async () => {
    expect(await countsAfter([-7, 0])).toEqual([])
  })

  it('grows as records in its middle come late', async () => {
    expect(await countsAfter([0, -6, -3])).toEqual([2, 3])
  })
})
