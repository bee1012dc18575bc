import { describe, expect, it } from 'vitest'
import { StoreError } from '../model/errors.ts'
import { makeMemoryTables } from './memory.ts'
import type { Table } from './port.ts'
import { readTogether, writeTogether } from './together.ts'

/** A table that tells what it was asked, and whose writes go through one by one when they are let. */
function watched() {
  const inner = makeMemoryTables().table('state')
  const asked: string[] = []
  const held: (() => void)[] = []
  let broken = false
  const table: Table = {
    ...inner,
    get: (partition, row) => {
      asked.push(`get ${row}`)
      if (broken) throw new StoreError('unavailable', 'Down.')
      return inner.get(partition, row)
    },
    range: (partition, from, to) => {
      asked.push(`range ${from} to ${to.replace('\0', '')}`)
      return inner.range(partition, from, to)
    },
    async put(partition, entries) {
      asked.push(`put ${entries.map(({ row, value }) => `${row}=${value}`)}`)
      await new Promise<void>(resolve => void held.push(resolve))
      if (broken) throw new StoreError('unavailable', 'Down.')
      await inner.put(partition, entries)
    },
  }
  const letOne = async () => {
    await new Promise(setImmediate)
    held.shift()?.()
    await new Promise(setImmediate)
  }
  return { inner, table, asked, letOne, breakDown: () => (broken = true), mend: () => (broken = false) }
}

describe('reads asked for side by side', () => {
  it('are one request for names that begin alike, and each gets its own', async () => {
    const { asked, inner, table } = watched()
    await inner.put(
      't',
      ['feed.a', 'feed.b', 'feed.c', 'learning'].map(row => ({ row, value: row.toUpperCase() })),
    )
    const read = readTogether(table, 't')
    const names = ['feed.c', 'learning', 'feed.a', 'feed.d', 'feed.c']
    expect(await Promise.all(names.map(name => read(name)))).toEqual([
      'FEED.C',
      'LEARNING',
      'FEED.A',
      undefined,
      'FEED.C',
    ])
    expect(asked).toEqual(['range feed.a to feed.d', 'get learning'])
  })

  it('see everything that was written before they were asked for', async () => {
    const { inner, table } = watched()
    const read = readTogether(table, 't')
    await inner.put('t', [{ row: 'feed.a', value: 1 }])
    const first = read('feed.a')
    await inner.put('t', [{ row: 'feed.a', value: 2 }])
    const second = read('feed.a')
    expect([await first, await second]).toEqual([2, 2])
    await inner.put('t', [{ row: 'feed.a', value: 3 }])
    expect(await read('feed.a')).toBe(3)
  })

  it('fail together, and the next go through', async () => {
    const { breakDown, inner, mend, table } = watched()
    await inner.put('t', [{ row: 'a', value: 1 }])
    const read = readTogether(table, 't')
    breakDown()
    const both = await Promise.allSettled([read('a'), read('a')])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    mend()
    expect(await read('a')).toBe(1)
  })
})

describe('writes asked for while one is on its way', () => {
  it('go in one transaction after it, the last value of each row, and are over when they are carried out', async () => {
    const { asked, inner, letOne, table } = watched()
    const write = writeTogether(table, 't')
    const over: string[] = []
    const told = (name: string, writing: Promise<void>) => void writing.then(() => over.push(name))
    told('first', write('a', 1))
    await new Promise(setImmediate)
    told('second', write('b', 1))
    told('third', write('a', 2))
    told('fourth', write('b', 2))
    await letOne()
    expect(over).toEqual(['first'])
    expect((await inner.get('t', 'a'))?.value).toBe(1)
    await letOne()
    expect(over.toSorted()).toEqual(['first', 'fourth', 'second', 'third'])
    expect(asked).toEqual(['put a=1', 'put b=2,a=2'])
    expect((await inner.get('t', 'b'))?.value).toBe(2)
  })

  it('do not suffer from one that failed before them', async () => {
    const { breakDown, inner, letOne, mend, table } = watched()
    const write = writeTogether(table, 't')
    breakDown()
    const first = write('a', 1)
    first.catch(() => {})
    await letOne()
    mend()
    const second = write('b', 1)
    await letOne()
    await expect(first).rejects.toThrow('Down.')
    await second
    expect(await inner.get('t', 'a')).toBeUndefined()
    expect((await inner.get('t', 'b'))?.value).toBe(1)
  })
})
