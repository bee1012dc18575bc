import { describe, expect, it } from 'vitest'
import { playInMemory, type Run } from './memory.ts'
import { planOf } from './plan.ts'
import { chunksOf, named } from './seeds.ts'
import { expectPromisesKeptBy } from './verdict.ts'

/** In the suite; `npm run soak` plays any number. */
const SEEDS = 2_000
const AT_A_TIME = 50

/**
 * Two to eight processes on one storage, whose calls come in any order, fail and end in death; clocks ten minutes off; timers
 * that fire twice; messages that show again while they are worked on; receivers that are down for hours; blobs that are late,
 * repeat each other, come through two feeds, or can never be read. In halves, so that two test processes share them.
 */
export function describeHalf(half: 0 | 1): void {
  const chunks = chunksOf(SEEDS, AT_A_TIME).filter((_, n) => n % 2 === half)
  describe.skipIf(chunks.length === 0)(
    'whatever processes, storage, feeds and receivers do in memory',
    () => {
      it.each(chunks)('nothing is lost, doubled or left open: seeds %i to %i', expectAllWell, 300_000)
    },
  )
}

async function expectAllWell(first: number, last: number): Promise<void> {
  const seen = { deaths: 0, repeats: 0, incidents: 0 }
  for (let seed = first; seed <= last; seed++) {
    const run = await named(seed, 'in memory', async () => {
      const played = await playInMemory(planOf(seed))
      await expectPromisesKeptBy(played)
      return played
    })
    seen.deaths += run.deaths
    seen.repeats += repeatsOf(run)
    seen.incidents += (await run.chain.incidentsOf()).length
  }
  if (last - first + 1 < AT_A_TIME) return
  // Else nothing was put to the test.
  expect(seen.deaths).toBeGreaterThan(AT_A_TIME)
  expect(seen.incidents).toBeGreaterThan(AT_A_TIME)
}

const repeatsOf = ({ posted }: Run) =>
  posted.length - new Set(posted.map(({ sink, alert }) => `${sink} ${alert}`)).size
