import { expect, it } from 'vitest'
import type { Search } from '../model/search.ts'
import { DAY, HOUR } from '../model/time.ts'
import { makeMemoryTables } from './memory.ts'
import { makeSearches } from './searches.ts'

const NOW = 20_000 * DAY
const span = (n: number): Search => ({
  from: n * DAY,
  to: (n + 1) * DAY,
  state: 'open',
  begunAt: NOW,
  failures: 0,
})

it('a search is begun by one alone', async () => {
  const tables = makeMemoryTables()
  const [one, other] = [makeSearches(tables, 't'), makeSearches(tables, 't')]
  expect(await Promise.all([one.add(span(1)), other.add(span(1))])).toEqual([true, false])
  await makeSearches(tables, 'u').add(span(2))
  expect(await other.all()).toEqual([span(1)])
})

it('changes at the same time are made one after another, and none is lost', async () => {
  const tables = makeMemoryTables()
  const searches = [makeSearches(tables, 't'), makeSearches(tables, 't')]
  await searches[0]?.add(span(1))
  const more = (search: Search) => ({ ...search, failures: search.failures + 1 })
  await Promise.all(Array.from({ length: 10 }, (_, n) => searches[n % 2]?.change(span(1), more)))
  expect(await searches[1]?.find(span(1))).toEqual({ ...span(1), failures: 10 })
  expect(await searches[1]?.change(span(1), () => undefined)).toBeUndefined()
  expect(await searches[1]?.change(span(2), more)).toBeUndefined()
})

it('of submissions 150 are let through in 24 hours, the next when the oldest is a day old, whoever asks', async () => {
  const tables = makeMemoryTables()
  const searches = [makeSearches(tables, 't'), makeSearches(tables, 't')]
  const submit = (n: number, at: number) => searches[n % 2]?.submit(span(n), at) ?? 0
  const early = await Promise.all(Array.from({ length: 100 }, (_, n) => submit(n, NOW)))
  expect(early.every(wait => wait === 0)).toBe(true)
  const late = await Promise.all(Array.from({ length: 80 }, (_, n) => submit(100 + n, NOW + HOUR)))
  expect(late.filter(wait => wait === 0).length).toBeLessThanOrEqual(50)
  for (let n = 200; n < 260; n++) await submit(n, NOW + HOUR)
  expect(await submit(300, NOW + 2 * HOUR)).toBe(22 * HOUR)
  expect(await submit(301, NOW + DAY)).toBe(0)
})

it('nothing is submitted while somebody was told to wait, and nothing is counted', async () => {
  const searches = makeSearches(makeMemoryTables(), 't')
  await searches.hold(NOW + 600)
  for (let n = 0; n < 200; n++) expect(await searches.submit(span(n), NOW)).toBe(600)
  expect(await searches.submit(span(1), NOW + 600)).toBe(0)
})
