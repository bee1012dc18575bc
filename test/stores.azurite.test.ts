import { setTimeout } from 'node:timers/promises'
import { describe, expect, inject, test } from 'vitest'
import { makeMemoryTables } from '../core/stores/memory.ts'
import { makeQueue } from '../core/stores/queue/queue.ts'
import type { CountedTables } from '../core/stores/tables/stats.ts'
import { makeTables } from '../core/stores/tables/tables.ts'
import { contextContract } from './contracts/context.ts'
import { queueContract } from './contracts/queue.ts'
import { readAll } from './contracts/tables.kit.ts'
import { tablesContract } from './contracts/tables.ts'
import { uniqueName } from './support/names.ts'

const connectionString = inject('storage')

describe.runIf(connectionString)('tables in Azurite', () => {
  const make = () => makeTables({ connectionString }, uniqueName())
  tablesContract({ make, runs: 20 })

  test('cost what the memory twin says they cost', async () => {
    const cost = async (tables: CountedTables) => {
      const table = tables.table('costs')
      const seen: unknown[] = []
      const rows = Array.from({ length: 1_001 }, (_, i) => ({ row: `r${i}`, value: 'x'.repeat(200) }))
      const steps = [
        () => table.get('p', 'r1'),
        () => readAll(table, 'p', 'a', 'z'),
        () => table.remove('p', ['r1', 'r2']),
        () => table.replace('p', { row: 'r1', value: 1 }, 'W/"x"'),
        () => table.insert('p', { row: 'r1', value: 1 }),
        () => table.insert('p', { row: 'r1', value: 1 }),
        () => table.put('p', rows),
        () =>
          table.put(
            'p',
            Array.from({ length: 9 }, (_, i) => ({ row: `r${i}`, value: 'x'.repeat(700_000) })),
          ),
        () => readAll(table, 'p', 'a', 'z'),
        () => readAll(table, 'p', 'z', 'a'),
        () => table.remove('p', ['r1', 'r2']),
        () => table.remove('p', ['r1', 'r2', 'r3']),
        () => table.remove('p', ['r1']),
        () => tables.names(''),
        () => tables.drop('costs'),
        () => tables.drop('costs'),
      ]
      for (const step of steps) {
        await step()
        seen.push(tables.stats())
      }
      return seen
    }
    expect(await cost(make())).toEqual(await cost(makeMemoryTables()))
  })

  test('of two prefixes do not meet', async () => {
    const [mine, yours] = [make(), make()]
    await mine.table('ledger').put('p', [{ row: 'r', value: 'mine' }])
    expect(await yours.names('')).toEqual([])
    await yours.drop('ledger')
    expect((await mine.table('ledger').get('p', 'r'))?.value).toBe('mine')
  })
})

describe.runIf(connectionString)('the context in Azurite', () => {
  contextContract({ make: () => makeTables({ connectionString }, uniqueName()) })
})

describe.runIf(connectionString)('a queue in Azurite', () => {
  queueContract({
    make: () => makeQueue({ connectionString }, uniqueName('q')),
    wait: seconds => setTimeout(seconds * 1_000),
  })
})
