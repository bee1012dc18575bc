import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry, Table } from '../../core/stores/port.ts'
import { HOSTILE_KEYS } from '../support/hostile.ts'
import type { TablesContract } from './tables.kit.ts'

type Op =
  | { readonly do: 'put'; readonly partition: string; readonly entries: readonly Entry[] }
  | { readonly do: 'insert' | 'note' | 'replace'; readonly partition: string; readonly entry: Entry }
  | { readonly do: 'remove'; readonly partition: string; readonly rows: readonly string[] }
  | { readonly do: 'range'; readonly partition: string; readonly from: string; readonly to: string }

/** A few keys, so that operations meet; hostile ones among them. */
const key = fc.constantFrom('', 'a', 'b', 'c/d', '10', '9', ...HOSTILE_KEYS.slice(-8))
const partition = fc.constantFrom('p', 'p/#')
const value = fc.jsonValue({ maxDepth: 2 })
const entry = fc.record({ row: key, value })
const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ do: fc.constant('put' as const), partition, entries: fc.array(entry, { maxLength: 6 }) }),
  fc.record({ do: fc.constantFrom('insert', 'note', 'replace'), partition, entry }),
  fc.record({ do: fc.constant('remove' as const), partition, rows: fc.array(key, { maxLength: 4 }) }),
  fc.record({ do: fc.constant('range' as const), partition, from: key, to: key }),
)

/** Random sequences of operations, against a plain Map from partition and row to JSON. */
export function tablesModel({ make, runs }: TablesContract): void {
  describe('a table and a plain map', () => {
    test('agree after any sequence of operations', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(op, { maxLength: 25 }), async ops => {
          const table = make().table('model')
          const model = new Map<string, string>()
          /** Versions read by `note`, until the row is written again. */
          const noted = new Map<string, string>()
          const stale = new Map<string, string>()
          for (const step of ops) await play(table, step, model, noted, stale)
        }),
        { numRuns: runs },
      )
    })

    test('agree on every JSON value', async () => {
      const table = make().table('values')
      await fc.assert(
        fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary' }), async json => {
          await table.put('p', [{ row: 'r', value: json }])
          expect((await table.get('p', 'r'))?.value).toEqual(JSON.parse(JSON.stringify(json)))
        }),
        { numRuns: runs * 2 },
      )
    })
  })
}

type Texts = Map<string, string>

async function play(table: Table, step: Op, model: Texts, noted: Texts, stale: Texts): Promise<void> {
  const { partition } = step
  const at = (row: string) => JSON.stringify([partition, row])
  const write = ({ row, value }: Entry) => {
    model.set(at(row), JSON.stringify(value))
    outdate(row)
  }
  const outdate = (row: string) => {
    const version = noted.get(at(row))
    if (version !== undefined) stale.set(at(row), version)
    noted.delete(at(row))
  }

  switch (step.do) {
    case 'put':
      await table.put(partition, step.entries)
      step.entries.forEach(write)
      return
    case 'insert': {
      const free = !model.has(at(step.entry.row))
      expect((await table.insert(partition, step.entry)) !== undefined).toBe(free)
      if (free) write(step.entry)
      return
    }
    case 'note': {
      const { row } = step.entry
      const read = await table.get(partition, row)
      expect(read && JSON.stringify(read.value)).toBe(model.get(at(row)))
      if (read) noted.set(at(row), read.version)
      return
    }
    case 'replace': {
      const { row } = step.entry
      const version = noted.get(at(row)) ?? stale.get(at(row))
      if (version === undefined) return
      const good = noted.has(at(row))
      expect((await table.replace(partition, step.entry, version)) !== undefined).toBe(good)
      if (good) write(step.entry)
      return
    }
    case 'remove':
      await table.remove(partition, step.rows)
      for (const row of step.rows) {
        model.delete(at(row))
        outdate(row)
      }
      return
    case 'range': {
      const found: [string, string][] = []
      for await (const row of table.range(partition, step.from, step.to)) {
        found.push([row.row, JSON.stringify(row.value)])
      }
      const expected = [...model]
        .map(([place, json]): [string[], string] => [JSON.parse(place), json])
        .filter(([[p, row = '']]) => p === partition && step.from <= row && row < step.to)
        .map(([[, row = ''], json]): [string, string] => [row, json])
        .sort(([a], [b]) => (a < b ? -1 : 1))
      expect(found).toEqual(expected)
    }
  }
}
