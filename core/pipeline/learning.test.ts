import { expect, it } from 'vitest'
import { DAY } from '../model/time.ts'
import { makeHistories } from '../stores/histories.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeState } from '../stores/state.ts'
import { learnedFrom } from './learning.ts'

function setUp() {
  const tables = makeMemoryTables()
  const deps = { state: makeState(tables, 't'), histories: makeHistories(tables, 't') }
  return {
    ...deps,
    learned: (...days: number[]) =>
      learnedFrom(
        deps,
        days.map(day => day * DAY),
      ),
  }
}

it('a tenant is learned two weeks after its first day, whichever day came first', async () => {
  const { learned } = setUp()
  expect(await learned(1_005)).toBe(1_019)
  expect(await learned(1_003, 1_004)).toBe(1_017)
  expect(await learned(1_009)).toBe(1_017)
  expect(await learned()).toBe(1_017)
})

it('each day taught before the first counts, as far as two weeks, and none that was watched anyway', async () => {
  const { histories, learned } = setUp()
  await learned(1_005)
  await histories.noteTaught([1_004, 1_001, 1_004])
  expect(await learned()).toBe(1_017)
  await histories.noteTaught([1_005, 1_006, 1_007])
  expect(await learned()).toBe(1_017)
  await histories.noteTaught(Array.from({ length: 20 }, (_, n) => 980 + n))
  expect(await learned()).toBe(1_005)
})
