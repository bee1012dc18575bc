import { StoreError } from '../model/errors.ts'
import type { Row, Table } from './port.ts'
import { tableKey } from './tables/keys.ts'
import { planPut, planRemove, planRow, ROWS_PER_PAGE, tableName } from './tables/plan.ts'
import { makeSortedMap, type SortedMap } from './tables/sorted.ts'
import { type CountedTables, makeCounter } from './tables/stats.ts'
import { decodeValue } from './tables/values.ts'

/** One transaction that changes something. A `put` of 250 rows is three of them. */
export interface WriteOp {
  readonly kind: 'put' | 'insert' | 'replace' | 'remove' | 'drop'
  readonly table: string
  /** Empty for `drop`. */
  readonly partition: string
  readonly rows: readonly string[]
}

export interface MemoryOptions {
  /** Whether the `write`-th transaction (1 is the first) ends in StoreError `unavailable`. */
  readonly failAt?: (write: number, op: WriteOp) => boolean
  /** `before`: nothing was written. `after`: all was, only the answer got lost. Default `before`. */
  readonly when?: 'before' | 'after'
  /** The clock of storage, UTC milliseconds; it stands still by default. */
  readonly now?: () => number
}

interface Stored {
  readonly bytes: Buffer
  readonly version: string
  readonly writtenAt: number
}

type Rows = SortedMap<Stored>

/**
 * The memory twin of `makeTables`: same limits, same order, same transactions. Values are kept as JSON, so what a
 * caller holds and what is stored never share an object. Each transaction starts in a microtask of its own,
 * as races between callers need somewhere to happen.
 */
export function makeMemoryTables(options: MemoryOptions = {}): CountedTables {
  const { failAt = () => false, when = 'before', now = () => 0 } = options
  const counter = makeCounter()
  /** By lower-case name: the service does not tell `Ledger` from `ledger`. */
  const tables = new Map<string, { readonly name: string; readonly partitions: Map<string, Rows> }>()
  let writes = 0
  let versions = 0

  async function transaction<T>(op: WriteOp, change: () => T): Promise<T> {
    await Promise.resolve()
    writes += 1
    const fails = failAt(writes, op)
    const lost = () =>
      new StoreError('unavailable', `Table ${op.table}: write ${writes} failed, as the test asked for.`)
    if (fails && when === 'before') {
      counter.write()
      throw lost()
    }
    const result = change()
    if (fails) throw lost()
    return result
  }

  const rowsOf = (table: string, partition: string) =>
    tables.get(table.toLowerCase())?.partitions.get(partition)

  /** For writes that create the table they miss. Counts them as the service does: refused, create, again. */
  function rowsFor(table: string, partition: string): Rows {
    const found = tables.get(table.toLowerCase())
    counter.write(found === undefined ? 3 : 1)
    const { partitions } = found ?? { partitions: new Map<string, Rows>() }
    if (found === undefined) tables.set(table.toLowerCase(), { name: table, partitions })
    const rows = partitions.get(partition) ?? makeSortedMap<Stored>()
    partitions.set(partition, rows)
    return rows
  }

  const stored = (bytes: Buffer): Stored => {
    versions += 1
    return { bytes, version: String(versions), writtenAt: now() / 1000 }
  }

  function written(rows: Rows, row: string, bytes: Buffer): string {
    const made = stored(bytes)
    rows.set(row, made)
    return made.version
  }

  function makeTable(name: string): Table {
    return {
      async get<T>(partition: string, row: string) {
        tableKey(name, 'partition', partition)
        tableKey(name, 'row', row)
        await Promise.resolve()
        counter.read()
        const found = rowsOf(name, partition)?.get(row)
        return found && rowOf<T>(name, partition, row, found)
      },

      async *range<T>(partition: string, from: string, to: string) {
        tableKey(name, 'partition', partition)
        let start: string | undefined = from < to ? from : undefined
        while (start !== undefined) {
          await Promise.resolve()
          counter.read()
          // A page is what was there when it was asked for, whatever is written while it is read.
          const page = rowsOf(name, partition)?.page(start, to, ROWS_PER_PAGE)
          for (const [row, found] of page?.entries ?? []) yield rowOf<T>(name, partition, row, found)
          start = page?.next
        }
      },

      async put(partition, entries) {
        for (const planned of planPut(name, partition, entries)) {
          await transaction(
            { kind: 'put', table: name, partition, rows: planned.map(({ row }) => row) },
            () => {
              const rows = rowsFor(name, partition)
              for (const { row, bytes } of planned) rows.set(row, stored(bytes))
            },
          )
        }
      },

      async insert(partition, entry) {
        tableKey(name, 'partition', partition)
        const { row, bytes } = planRow(name, entry)
        return transaction({ kind: 'insert', table: name, partition, rows: [row] }, () => {
          const rows = rowsFor(name, partition)
          if (rows.get(row) !== undefined) return undefined
          return written(rows, row, bytes)
        })
      },

      async replace(partition, entry, version) {
        tableKey(name, 'partition', partition)
        const { row, bytes } = planRow(name, entry)
        return transaction({ kind: 'replace', table: name, partition, rows: [row] }, () => {
          counter.write()
          const rows = rowsOf(name, partition)
          if (rows?.get(row)?.version !== version) return undefined
          return written(rows, row, bytes)
        })
      },

      async remove(partition, rows) {
        for (const planned of planRemove(name, partition, rows)) {
          const keys = planned.map(({ row }) => row)
          await transaction({ kind: 'remove', table: name, partition, rows: keys }, () => {
            const found = rowsOf(name, partition)
            // The service refuses a batch with a missing row; the adapter then removes one by one.
            const refused = keys.length > 1 && keys.some(row => found?.get(row) === undefined)
            counter.write(refused && tables.has(name.toLowerCase()) ? 1 + keys.length : 1)
            found?.delete(keys)
          })
        }
      },
    }
  }

  return {
    table: name => makeTable(tableName(name)),

    async names(prefix) {
      await Promise.resolve()
      counter.read()
      const names = [...tables.values()].map(({ name }) => name)
      return names.filter(name => name.toLowerCase().startsWith(prefix.toLowerCase())).sort()
    },

    async drop(name) {
      tableName(name)
      await transaction({ kind: 'drop', table: name, partition: '', rows: [] }, () => {
        counter.write()
        tables.delete(name.toLowerCase())
      })
    },

    stats: counter.stats,
  }
}

function rowOf<T>(table: string, partition: string, row: string, stored: Stored): Row<T> {
  const { bytes, version, writtenAt } = stored
  return { partition, row, value: decodeValue<T>(table, bytes), version, writtenAt }
}
