import { describe, expect, test } from 'vitest'
import { numbered, readAll, type TablesContract, tooLarge } from './tables.kit.ts'

/** What is written, and who wins. */
export function tablesWrites({ make }: TablesContract): void {
  const fresh = () => make().table('facts')

  describe('rows', () => {
    test('come back as written, with their keys', async () => {
      const table = fresh()
      await table.put('p', [{ row: 'r', value: { a: [1, 'two', null] } }])
      expect(await table.get('p', 'r')).toEqual({
        partition: 'p',
        row: 'r',
        value: { a: [1, 'two', null] },
        version: expect.any(String),
        writtenAt: expect.any(Number),
      })
    })

    test('tell when they were last written, by one clock for all', async () => {
      const table = fresh()
      await table.put('p', [{ row: 'a', value: 1 }])
      await table.put('p', [{ row: 'b', value: 1 }])
      await table.put('p', [{ row: 'a', value: 2 }])
      const [a, b] = await readAll(table, 'p')
      expect(a?.writtenAt).toBeGreaterThanOrEqual(b?.writtenAt ?? Number.POSITIVE_INFINITY)
      expect(await table.get('p', 'b')).toMatchObject({ writtenAt: b?.writtenAt })
      expect(Math.abs((b?.writtenAt ?? 0) * 1000 - Date.now())).toBeLessThan(60_000)
    })

    test('that are not there are undefined, in a table that is there and in one that is not', async () => {
      const table = fresh()
      expect(await table.get('p', 'r')).toBeUndefined()
      await table.put('p', [{ row: 'r', value: 1 }])
      expect(await table.get('p', 'other')).toBeUndefined()
      expect(await table.get('other', 'r')).toBeUndefined()
    })

    test('change version with every write, also when the value stays', async () => {
      const table = fresh()
      const versions = new Set<string | undefined>()
      for (let i = 0; i < 5; i++) {
        await table.put('p', [{ row: 'r', value: 1 }])
        versions.add((await table.get('p', 'r'))?.version)
      }
      expect(versions.size).toBe(5)
    })

    test('are replaced whole: nothing of a longer value remains', async () => {
      const table = fresh()
      await table.put('p', [{ row: 'r', value: 'x'.repeat(200_000) }])
      await table.put('p', [{ row: 'r', value: 'y' }])
      expect((await table.get('p', 'r'))?.value).toBe('y')
    })

    test('share no object with the caller', async () => {
      const table = fresh()
      const value = { list: [1] }
      await table.put('p', [{ row: 'r', value }])
      value.list.push(2)
      const read = await table.get<typeof value>('p', 'r')
      read?.value.list.push(3)
      expect((await table.get('p', 'r'))?.value).toEqual({ list: [1] })
    })

    test('follow JSON where JSON loses something', async () => {
      const table = fresh()
      await table.put('p', [
        { row: 'r', value: { nan: Number.NaN, infinite: -1 / 0, gone: undefined, list: [undefined] } },
      ])
      await table.put('p', [{ row: 'nothing', value: undefined }])
      expect((await table.get('p', 'r'))?.value).toEqual({ nan: null, infinite: null, list: [null] })
      expect((await table.get('p', 'nothing'))?.value).toBeNull()
    })
  })

  describe('put', () => {
    test('of nothing does nothing', async () => {
      const tables = make()
      await tables.table('facts').put('p', [])
      expect(tables.stats().transactions).toBe(0)
    })

    test('of 250 rows is readable, in three transactions', async () => {
      const tables = make()
      const table = tables.table('facts')
      await table.put('p', [{ row: 'first', value: 0 }])
      const before = tables.stats().writes
      await table.put('p', numbered(250))
      expect(tables.stats().writes - before).toBe(3)
      expect((await readAll(table, 'p')).filter(row => row.row !== 'first')).toHaveLength(250)
    })

    test('of one row twice keeps the last', async () => {
      const table = fresh()
      await table.put('p', [
        { row: 'r', value: 1 },
        { row: 's', value: 2 },
        { row: 'r', value: 3 },
      ])
      expect((await readAll(table, 'p')).map(({ row, value }) => [row, value])).toEqual([
        ['r', 3],
        ['s', 2],
      ])
    })

    test('writes nothing at all when one row is too large', async () => {
      const table = fresh()
      const entries = [...numbered(150), { row: 'big', value: 'x'.repeat(800_000) }]
      await expect(table.put('p', entries)).rejects.toThrow(tooLarge('Table facts: a row takes 800002 bytes'))
      expect(await readAll(table, 'p')).toEqual([])
    })

    test('takes a row of 778,240 bytes with the longest keys', async () => {
      const table = fresh()
      const key = 'k'.repeat(512)
      const value = 'x'.repeat(778_238)
      await table.put(key, [{ row: key, value }])
      expect((await table.get(key, key))?.value === value).toBe(true)
    })

    test('of more bytes than a transaction takes is cut into several', async () => {
      const table = fresh()
      const value = 'é'.repeat(380_000)
      await table.put(
        'p',
        Array.from({ length: 6 }, (_, i) => ({ row: `${i}`, value })),
      )
      expect((await readAll(table, 'p')).every(row => row.value === value)).toBe(true)
    })

    test('shows 100 rows at once or none of them', async () => {
      const table = fresh()
      await table.put('p', numbered(100, 0))
      const writer = (async () => {
        for (let round = 1; round <= 10; round++) await table.put('p', numbered(100, round))
      })()
      for (let i = 0; i < 10; i++) {
        const seen = new Set((await readAll(table, 'p')).map(row => row.value))
        expect(seen.size).toBe(1)
      }
      await writer
    })
  })

  describe('insert', () => {
    test('writes what is not there and leaves what is', async () => {
      const table = fresh()
      const version = await table.insert('p', { row: 'r', value: 1 })
      expect(await table.insert('p', { row: 'r', value: 2 })).toBeUndefined()
      expect(await table.get('p', 'r')).toMatchObject({ value: 1, version })
    })

    test('of one row by ten at a time succeeds for one, also in a table that is not there yet', async () => {
      const table = fresh()
      const won = await Promise.all(
        Array.from({ length: 10 }, (_, value) => table.insert('p', { row: 'r', value })),
      )
      expect(won.filter(Boolean)).toHaveLength(1)
      expect((await table.get('p', 'r'))?.value).toBe(won.findIndex(version => version !== undefined))
    })
  })

  describe('replace', () => {
    test('writes over the version that was read, once', async () => {
      const table = fresh()
      await table.put('p', [{ row: 'r', value: 1 }])
      const version = (await table.get('p', 'r'))?.version ?? ''
      const next = await table.replace('p', { row: 'r', value: 2 }, version)
      expect(await table.replace('p', { row: 'r', value: 3 }, version)).toBeUndefined()
      expect(await table.get('p', 'r')).toMatchObject({ value: 2, version: next })
      expect(await table.replace('p', { row: 'r', value: 4 }, next ?? '')).toEqual(expect.any(String))
    })

    test('of a row that is gone, by removal or with its table, writes nothing', async () => {
      const tables = make()
      const table = tables.table('facts')
      await table.put('p', [{ row: 'r', value: 1 }])
      const version = (await table.get('p', 'r'))?.version ?? ''
      await table.remove('p', ['r'])
      expect(await table.replace('p', { row: 'r', value: 2 }, version)).toBeUndefined()
      await tables.drop('facts')
      expect(await table.replace('p', { row: 'r', value: 2 }, version)).toBeUndefined()
      expect(await readAll(table, 'p')).toEqual([])
    })

    test('by ten at a time succeeds for one', async () => {
      const table = fresh()
      await table.put('p', [{ row: 'r', value: -1 }])
      const version = (await table.get('p', 'r'))?.version ?? ''
      const won = await Promise.all(
        Array.from({ length: 10 }, (_, value) => table.replace('p', { row: 'r', value }, version)),
      )
      expect(won.filter(Boolean)).toHaveLength(1)
      expect((await table.get('p', 'r'))?.value).toBe(won.findIndex(version => version !== undefined))
    })
  })

  describe('remove', () => {
    test('takes rows that are there, are not, and are named twice', async () => {
      const table = fresh()
      await table.remove('p', ['r', 's'])
      await table.put('p', numbered(220))
      await table.remove('p', [])
      await table.remove('p', ['none'])
      await table.remove('p', ['r0003', 'r0003', 'none', 'r0004'])
      expect(await readAll(table, 'p')).toHaveLength(218)
      await table.remove(
        'p',
        numbered(220).map(({ row }) => row),
      )
      expect(await readAll(table, 'p')).toEqual([])
    })
  })
}
