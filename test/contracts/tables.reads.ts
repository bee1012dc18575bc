import { describe, expect, test } from 'vitest'
import { HOSTILE_KEYS, HOSTILE_VALUES } from '../support/hostile.ts'
import { letters, numbered, readAll, type TablesContract, tooLarge } from './tables.kit.ts'

/** What a range gives, which keys and values there may be, which tables there are. */
export function tablesReads({ make }: TablesContract): void {
  const fresh = () => make().table('facts')

  describe('range', () => {
    test('reads 2,500 rows in order, page by page as asked for', async () => {
      const tables = make()
      const table = tables.table('facts')
      await table.put('p', numbered(2_500).reverse())
      await table.put('q', numbered(3))
      const before = tables.stats().reads
      const read = table.range('p', '', '\uffff')[Symbol.asyncIterator]()
      expect((await read.next()).value?.row).toBe('r0000')
      expect(tables.stats().reads - before).toBe(1)
      const names = (await readAll(table, 'p')).map(({ row }) => row)
      expect(names).toEqual(numbered(2_500).map(({ row }) => row))
      expect(tables.stats().reads - before).toBe(4)
    })

    test('includes its start, excludes its end, and knows nothing of other partitions', async () => {
      const table = fresh()
      for (const partition of ['p', 'p0', 'o']) await table.put(partition, letters('abcde'))
      const between = async (from: string, to: string) =>
        (await readAll(table, 'p', from, to)).map(({ row }) => row).join('')
      expect(await between('b', 'd')).toBe('bc')
      expect(await between('', 'b')).toBe('a')
      expect(await between('aa', 'c0')).toBe('bc')
      expect(await between('e', '\uffff')).toBe('e')
      expect(await between('c', 'c')).toBe('')
      expect(await between('d', 'b')).toBe('')
      expect(await between('', '')).toBe('')
    })

    test('takes bounds longer than any key', async () => {
      const table = fresh()
      const long = 'x'.repeat(512)
      await table.put('p', [{ row: long, value: 1 }, ...letters('ay')])
      const between = async (from: string, to: string) => (await readAll(table, 'p', from, to)).length
      expect(await between(`${long}x`, 'z')).toBe(1)
      expect(await between(`${long.slice(0, 511)}w${long}`, 'z')).toBe(2)
      expect(await between('', `${long}x`)).toBe(2)
      expect(await between('', `${'x'.repeat(511)}w${long}`)).toBe(1)
    })

    test('of a table or partition that is not there gives nothing', async () => {
      const table = fresh()
      expect(await readAll(table, 'p')).toEqual([])
      await table.put('q', letters('a'))
      expect(await readAll(table, 'p')).toEqual([])
    })

    test('of which rows are removed while it is read ends well', async () => {
      const table = fresh()
      await table.put('p', numbered(1_500))
      let read = 0
      for await (const { row } of table.range('p', '', '\uffff')) {
        read += 1
        if (read % 100 === 0) await table.remove('p', [row, 'r1499'])
      }
      expect(read).toBe(1_499)
    })
  })

  describe('hostile text', () => {
    test('is a key like any other, alone and in a batch', async () => {
      const table = fresh()
      const entries = HOSTILE_KEYS.map((row, value) => ({ row, value }))
      await table.put('p', entries)
      expect((await readAll(table, 'p')).map(({ row }) => row)).toEqual([...HOSTILE_KEYS].sort())
      for (const [value, key] of HOSTILE_KEYS.entries()) {
        expect((await table.get('p', key))?.value).toBe(value)
        expect(await table.insert(key, { row: key, value })).toEqual(expect.any(String))
        expect(await table.insert(key, { row: key, value })).toBeUndefined()
      }
      for (const [value, key] of HOSTILE_KEYS.entries()) {
        expect((await readAll(table, key)).map(row => [row.partition, row.row, row.value])).toEqual([
          [key, key, value],
        ])
      }
      await table.remove('p', HOSTILE_KEYS)
      expect(await readAll(table, 'p')).toEqual([])
    })

    test('is a value like any other', async () => {
      const table = fresh()
      await table.put(
        'p',
        HOSTILE_VALUES.map((value, i) => ({ row: `${i}`, value })),
      )
      for (const [i, value] of HOSTILE_VALUES.entries()) {
        expect(JSON.stringify((await table.get('p', `${i}`))?.value)).toBe(JSON.stringify(value))
      }
    })

    test('that is too long for a key is refused by name of the table, in every call', async () => {
      const table = fresh()
      const long = 'é'.repeat(103)
      const refused = tooLarge('Table facts: a')
      await expect(table.get(long, 'r')).rejects.toThrow(refused)
      await expect(table.get('p', long)).rejects.toThrow(refused)
      await expect(table.put(long, letters('a'))).rejects.toThrow(refused)
      await expect(table.put('p', [{ row: long, value: 1 }])).rejects.toThrow(refused)
      await expect(table.insert('p', { row: long, value: 1 })).rejects.toThrow(refused)
      await expect(table.replace('p', { row: long, value: 1 }, 'v')).rejects.toThrow(refused)
      await expect(table.remove('p', [long])).rejects.toThrow(refused)
      await expect(readAll(table, long)).rejects.toThrow(refused)
    })
  })

  describe('tables', () => {
    test('are listed by prefix once they are written to, and gone when dropped', async () => {
      const tables = make()
      expect(await tables.names('')).toEqual([])
      tables.table('tallies3')
      for (const name of ['tallies2', 'tallies1', 'ledger']) await tables.table(name).put('p', letters('a'))
      expect(await tables.names('tallies')).toEqual(['tallies1', 'tallies2'])
      expect(await tables.names('')).toEqual(['ledger', 'tallies1', 'tallies2'])
      await tables.drop('tallies1')
      await tables.drop('tallies1')
      await tables.drop('never')
      expect(await tables.names('tallies')).toEqual(['tallies2'])
      expect(await readAll(tables.table('tallies1'), 'p')).toEqual([])
    })

    test('are created by ten writers at once', async () => {
      const table = fresh()
      await Promise.all(numbered(10).map(entry => table.put('p', [entry])))
      expect(await readAll(table, 'p')).toHaveLength(10)
    })

    test.each(['', 'ab', '1abc', 'a-b', 'a_b', 'x'.repeat(64), 'tablé'])('are not named %j', name => {
      expect(() => make().table(name)).toThrow(RangeError)
    })
  })
}
