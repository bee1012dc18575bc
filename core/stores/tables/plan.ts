import type { Entry } from '../port.ts'
import { tableKey } from './keys.ts'
import { encodeValue, wireBytes } from './values.ts'

export const ROWS_PER_TRANSACTION = 100
/** The service takes 4 MiB; the difference is for the frame around the rows. */
const BYTES_PER_TRANSACTION = 4_000_000
export const ROWS_PER_PAGE = 1_000

export interface PlannedRow {
  readonly row: string
  readonly rowKey: string
  readonly bytes: Buffer
}

export interface PlannedKey {
  readonly row: string
  readonly rowKey: string
}

/**
 * Cuts one call into transactions of up to 100 rows and 4 MB. Everything is encoded first, so a row that is too
 * large fails the call before anything is written. Of a row given twice the last one counts: the service refuses
 * a transaction that names a row twice.
 */
export function planPut(table: string, partition: string, entries: readonly Entry[]): PlannedRow[][] {
  const partitionKey = tableKey(table, 'partition', partition)
  const rows = new Map<string, PlannedRow>()
  for (const entry of entries) rows.set(entry.row, planRow(table, entry))
  return cut([...rows.values()], ({ rowKey, bytes }) => wireBytes(partitionKey, rowKey, bytes.length))
}

export function planRow(table: string, entry: Entry): PlannedRow {
  const rowKey = tableKey(table, 'row', entry.row)
  return { row: entry.row, rowKey, bytes: encodeValue(table, entry.value) }
}

export function planRemove(table: string, partition: string, rows: readonly string[]): PlannedKey[][] {
  const partitionKey = tableKey(table, 'partition', partition)
  const keys = [...new Set(rows)].map(row => ({ row, rowKey: tableKey(table, 'row', row) }))
  return cut(keys, ({ rowKey }) => wireBytes(partitionKey, rowKey, 0))
}

function cut<T>(rows: readonly T[], bytesOf: (row: T) => number): T[][] {
  const transactions: T[][] = []
  let current: T[] = []
  let bytes = 0
  for (const row of rows) {
    const more = bytesOf(row)
    if (
      current.length === ROWS_PER_TRANSACTION ||
      (current.length > 0 && bytes + more > BYTES_PER_TRANSACTION)
    ) {
      transactions.push(current)
      current = []
      bytes = 0
    }
    current.push(row)
    bytes += more
  }
  if (current.length > 0) transactions.push(current)
  return transactions
}

const TABLE_NAME = /^[A-Za-z][A-Za-z0-9]{2,62}$/

/**
 * The name in the service, with the prefix of the installation before it. Names are ours to choose, so a wrong one is a
 * mistake in the program or in the prefix setting.
 */
export function tableName(name: string, prefix = ''): string {
  const full = prefix + name
  if (TABLE_NAME.test(name) && TABLE_NAME.test(full)) return full
  throw new RangeError(`"${full}" is no table name: 3 to 63 letters and digits, a letter first.`)
}
