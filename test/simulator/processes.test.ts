import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { planOf } from './processes/plan.ts'
import { playWithProcesses, type Run } from './processes/play.ts'
import { openStage, type Stage } from './processes/stage.ts'
import { expectPromisesKeptBy } from './processes/verdict.ts'
import { chunksOf, named } from './seeds.ts'

/** In the suite; `npm run soak` plays any number. */
const SEEDS = 60
const AT_A_TIME = 5

/** The same for real: processes that end in SIGKILL, an Azurite, an emulated tenant and receivers, over HTTP. */
describe.runIf(inject('storage'))('whatever real processes, storage, tenant and receivers do', () => {
  const chunks = chunksOf(SEEDS, AT_A_TIME)
  const seen = new Map<string, number>()
  const count = (what: string, times = 1) => seen.set(what, (seen.get(what) ?? 0) + times)
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(2)
  })
  afterAll(() => stage?.close())

  async function expectAllWell(first: number, last: number): Promise<void> {
    for (let seed = first; seed <= last; seed++) {
      const { run, ...sums } = await named(seed, 'real processes', async () => {
        const run = await playWithProcesses(planOf(seed), stage)
        return { run, ...(await expectPromisesKeptBy(run)) }
      })
      for (const [what, times] of Object.entries(sums)) count(what, times)
      for (const { what } of run.sayings) count(what)
      count('seeds')
      count('unheard', unheardOf(run))
    }
  }

  it.each(chunks)('nothing is lost, doubled or left open: seeds %i to %i', expectAllWell, 600_000)

  it('and everything was put to the test', () => {
    const seeds = seen.get('seeds') ?? 0
    const sums = Object.fromEntries(seen)
    if (process.env.SIMULATOR_SEEDS !== undefined) console.log(sums)
    if (seeds < SEEDS) return
    for (const what of ['incidents', 'deaths']) expect(sums[what], what).toBeGreaterThan(seeds)
    for (const what of [
      'before',
      'after',
      'busy',
      'changed',
      'lost before',
      'lost after',
      'stalled',
      'poison',
      'unheard',
    ])
      expect(sums[what], what).toBeGreaterThan(3)
  })
})

const unheardOf = ({ receivers }: Run) => receivers.taken.filter(({ heard }) => !heard).length
