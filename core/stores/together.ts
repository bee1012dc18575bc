import { setImmediate } from 'node:timers/promises'
import { obtain } from '../model/maps.ts'
import type { Table } from './port.ts'

/**
 * Reads of rows of one partition. Those asked for in one turn of the event loop whose names begin alike (up to the first
 * `.`) become one request, sent after the last of them was asked for: nobody reads anything older than by a read of his own.
 */
export function readTogether(table: Table, partition: string) {
  const open = new Map<string, { readonly names: Set<string>; readonly rows: Promise<Values> }>()
  const start = (kind: string) => {
    const names = new Set<string>()
    const rows = setImmediate().then(() => {
      open.delete(kind)
      return valuesOf(table, partition, [...names].toSorted())
    })
    return { names, rows }
  }
  return async <T>(name: string): Promise<T | undefined> => {
    const kind = name.split('.')[0] ?? ''
    const { names, rows } = obtain(open, kind, () => start(kind))
    names.add(name)
    return (await rows).get(name) as T | undefined
  }
}

type Values = ReadonlyMap<string, unknown>

async function valuesOf(table: Table, partition: string, names: readonly string[]): Promise<Values> {
  const [first = '', last = first] = [names[0], names.at(-1)]
  const values = new Map<string, unknown>()
  if (first === last) values.set(first, (await table.get(partition, first))?.value)
  else for await (const { row, value } of table.range(partition, first, `${last}\0`)) values.set(row, value)
  return values
}

/**
 * Writes of rows to one partition. What is to be written while a write is on its way waits for it, and then goes in one
 * transaction with all that waits, the last value of each row. Each write is over when its own has been carried out.
 */
export function writeTogether(table: Table, partition: string) {
  let waiting: Map<string, unknown> | undefined
  let last: Promise<void> = Promise.resolve()
  return (row: string, value: unknown): Promise<void> => {
    if (waiting === undefined) {
      const batch = new Map<string, unknown>()
      waiting = batch
      last = last
        .catch(() => {})
        .then(() => {
          waiting = undefined
          return table.put(
            partition,
            Array.from(batch, ([row, value]) => ({ row, value })),
          )
        })
    }
    waiting.set(row, value)
    return last
  }
}
