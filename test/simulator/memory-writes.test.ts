import { describe, expect, it } from 'vitest'
import { playInMemory, type Run } from './memory.ts'
import { deathPlan } from './plan.ts'
import { expectPromisesKeptBy } from './verdict.ts'

describe('a process that dies at a write', () => {
  const cases = [2, 3, 4, 7, 8].flatMap(seed =>
    (['before', 'after'] as const).map(when => [when, seed] as const),
  )

  it.each(cases)('%s it, loses and doubles nothing, whichever write it is: plan %i', async (when, seed) => {
    let write = 0
    let run: Run
    do {
      write++
      run = await playInMemory(deathPlan(seed, { write, when }))
      try {
        await expectPromisesKeptBy(run)
      } catch (error) {
        if (error instanceof Error) error.message = `Write ${write}: ${error.message}`
        throw error
      }
    } while (run.deaths > 0)
    // Else the plan is too small to prove anything.
    expect(write).toBeGreaterThan(40)
    expect(run.posted.length).toBeGreaterThan(0)
  })
})
