import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DAY, dayOf } from '../model/time.ts'
import { makeMemoryTables } from './memory.ts'
import { dropPeriods, periodTable, periodTables } from './periods.ts'

const NOW = Date.UTC(2026, 10, 20, 12) / 1000

it('a week has one table, named after its first day, a Thursday', () => {
  expect(periodTable('tallies', NOW)).toBe('tallies20261119')
  expect(periodTable('tallies', Date.UTC(2026, 10, 25, 23, 59, 59) / 1000)).toBe('tallies20261119')
  expect(periodTable('tallies', Date.UTC(2026, 10, 26) / 1000)).toBe('tallies20261126')
})

it('the tables of a stretch of days are those of its days, each once and in order', () => {
  const day = fc.integer({ min: 20_000, max: 22_000 })
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 40 }), (from, length) => {
      const days = Array.from({ length: length + 1 }, (_, n) => periodTable('ledger', (from + n) * DAY))
      expect(periodTables('ledger', from, from + length)).toEqual([...new Set(days)])
    }),
    { seed: 1 },
  )
})

it('a table is dropped when its last day is past, and not an hour before', async () => {
  for (let hours = -24 * 8; hours <= 24 * 8; hours++) {
    const tables = makeMemoryTables()
    const name = periodTable('tallies', NOW)
    await tables.table(name).put('t', [{ row: 'r', value: 1 }])
    const before = NOW + hours * 3_600
    const weekEnds = (Math.floor(dayOf(NOW) / 7) + 1) * 7 * DAY
    expect(await dropPeriods(tables, 'tallies', before)).toBe(weekEnds <= before ? 1 : 0)
    expect(await tables.names('tallies')).toEqual(weekEnds <= before ? [] : [name])
  }
})

it('tables of other prefixes and other forms stay', async () => {
  const tables = makeMemoryTables()
  const names = ['ledger20200102', 'tallies', 'tallies2020', 'tallies20200102x', 'talliesOld20200102']
  for (const name of names) await tables.table(name).put('t', [{ row: 'r', value: 1 }])
  expect(await dropPeriods(tables, 'tallies', NOW)).toBe(0)
  expect(await dropPeriods(tables, 'ledger', NOW)).toBe(1)
})
