import { describe, expect, it } from 'vitest'
import { playInMemory, type Run } from './memory.ts'
import { planOf } from './plan.ts'
import { expectPromisesKeptBy } from './verdict.ts'

/** `SIMULATOR_FIRST=17 SIMULATOR_SEEDS=1 npm run soak` plays one seed again; any number of others as well. */
const FIRST = Number(process.env.SIMULATOR_FIRST ?? 1)
const SEEDS = Number(process.env.SIMULATOR_SEEDS ?? 400)
const AT_A_TIME = 50

const chunks = Array.from({ length: Math.ceil(SEEDS / AT_A_TIME) }, (_, n) => {
  const first = FIRST + n * AT_A_TIME
  return [first, Math.min(first + AT_A_TIME, FIRST + SEEDS) - 1] as const
})

/**
 * Two to eight processes on one storage, whose calls come in any order, fail and end in death; clocks ten minutes off; timers
 * that fire twice; messages that show again while they are worked on; receivers that are down for hours; blobs that are late,
 * repeat each other, or can never be read.
 */
describe('whatever processes, storage, feed and receivers do', () => {
  it.each(chunks)(
    'nothing is lost, doubled or left open: seeds %i to %i',
    async (first, last) => {
      const seen = { deaths: 0, repeats: 0, incidents: 0 }
      for (let seed = first; seed <= last; seed++) {
        const run = await playInMemory(planOf(seed))
        await named(seed, () => expectPromisesKeptBy(run))
        seen.deaths += run.deaths
        seen.repeats += repeatsOf(run)
        seen.incidents += (await run.chain.incidentsOf()).length
      }
      if (last - first + 1 < AT_A_TIME) return
      // Else nothing was put to the test.
      expect(seen.deaths).toBeGreaterThan(AT_A_TIME)
      expect(seen.incidents).toBeGreaterThan(AT_A_TIME)
    },
    300_000,
  )
})

async function named(seed: number, check: () => Promise<void>): Promise<void> {
  try {
    await check()
  } catch (error) {
    if (error instanceof Error)
      error.message = `SIMULATOR_FIRST=${seed} SIMULATOR_SEEDS=1 npm run soak: ${error.message}`
    throw error
  }
}

const repeatsOf = ({ posted }: Run) =>
  posted.length - new Set(posted.map(({ sink, alert }) => `${sink} ${alert}`)).size
