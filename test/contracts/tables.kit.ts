import { expect } from 'vitest'
import { StoreError } from '../../core/model/errors.ts'
import type { Row, Table } from '../../core/stores/port.ts'
import type { CountedTables } from '../../core/stores/tables/stats.ts'

export interface TablesContract {
  /** A storage with nothing in it. */
  make(): CountedTables
  /** Rounds of each property test. */
  readonly runs: number
}

/** Both the code and the start of the message are part of the contract. */
export function tooLarge(start: string) {
  return expect.toSatisfy(
    (error: unknown) =>
      error instanceof StoreError && error.code === 'too-large' && error.message.startsWith(start),
  )
}

export async function readAll(
  table: Table,
  partition: string,
  from = '',
  to = '\uffff\uffff',
): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of table.range(partition, from, to)) rows.push(row)
  return rows
}

/** r0000, r0001, … */
export function numbered(count: number, value?: number) {
  return Array.from({ length: count }, (_, i) => ({
    row: `r${String(i).padStart(4, '0')}`,
    value: value ?? i,
  }))
}

export function letters(text: string) {
  return [...text].map(row => ({ row, value: row }))
}
