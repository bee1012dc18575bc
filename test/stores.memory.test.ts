import { describe, expect, test } from 'vitest'
import { StoreError } from '../core/model/errors.ts'
import { makeMemoryTables, type WriteOp } from '../core/stores/memory.ts'
import { makeMemoryQueue } from '../core/stores/queue/memory.ts'
import { contextContract } from './contracts/context.ts'
import { queueContract } from './contracts/queue.ts'
import { readAll } from './contracts/tables.kit.ts'
import { tablesContract } from './contracts/tables.ts'

describe('tables in memory', () => {
  tablesContract({ make: () => makeMemoryTables({ now: Date.now }), runs: 300 })

  test('count a name in another case as the same table', async () => {
    const tables = makeMemoryTables()
    await tables.table('Ledger').put('p', [{ row: 'r', value: 1 }])
    expect((await tables.table('ledger').get('p', 'r'))?.value).toBe(1)
    expect(await tables.names('led')).toEqual(['Ledger'])
  })

  const entries = Array.from({ length: 150 }, (_, i) => ({ row: `${i + 100}`, value: i }))

  test('fail before a write: nothing of that transaction is there, all before it is', async () => {
    const ops: WriteOp[] = []
    const failAt = (write: number, op: WriteOp) => ops.push(op) > 0 && write === 2
    const table = makeMemoryTables({ failAt }).table('facts')
    await expect(table.put('p', entries)).rejects.toSatisfy(isUnavailable)
    expect(await readAll(table, 'p')).toHaveLength(100)
    await table.put('p', entries)
    expect(await readAll(table, 'p')).toHaveLength(150)
    expect(ops.map(op => [op.kind, op.table, op.partition, op.rows.length])).toEqual([
      ['put', 'facts', 'p', 100],
      ['put', 'facts', 'p', 50],
      ['put', 'facts', 'p', 100],
      ['put', 'facts', 'p', 50],
    ])
  })

  test('fail after a write: it is there although the caller was told otherwise', async () => {
    const tables = makeMemoryTables({ failAt: write => write <= 2, when: 'after' })
    const table = tables.table('facts')
    await expect(table.insert('p', { row: 'r', value: 1 })).rejects.toSatisfy(isUnavailable)
    expect((await table.get('p', 'r'))?.value).toBe(1)
    await expect(tables.drop('facts')).rejects.toSatisfy(isUnavailable)
    expect(await tables.names('')).toEqual([])
  })
})

describe('the context in memory', () => {
  contextContract({ make: () => makeMemoryTables() })
})

describe('a queue in memory', () => {
  let seconds = 1_000
  queueContract({
    make: () => makeMemoryQueue(() => seconds),
    wait: async more => {
      seconds += more
    },
  })
})

function isUnavailable(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'unavailable'
}
