import type { Row, Table } from './port.ts'

/** What is last known of a row. */
type Known = Pick<Row, 'value' | 'version'>

/**
 * Changes single rows only as they were read: of several who do so at once one gets through, the others read again. `next` makes the new
 * value of what is known of the row, or gives that back (`undefined`, where there is no row) if nothing is to be done; it may be called
 * several times. Ends with the value.
 *
 * `remember`: so many rows, the last ones written or read, are not read before they are changed. For rows that only grow: who has nothing to add
 * to an older state has nothing to add to the present one.
 */
export function makeChange(table: Table, partition: string, { remember = 0 } = {}) {
  const lately = new Map<string, Known>()
  const keep = (row: string, known: Known) => {
    lately.delete(row)
    lately.set(row, known)
    const [oldest] = lately.keys()
    if (lately.size > remember && oldest !== undefined) lately.delete(oldest)
  }

  return async <T, Next extends T | undefined = T>(row: string, next: (known?: T) => Next): Promise<Next> => {
    let known = lately.get(row)
    for (;;) {
      // Whatever an error leaves behind is not known any more.
      lately.delete(row)
      known ??= await table.get(partition, row)
      const value = next(known?.value as T | undefined)
      if (value === undefined) return value
      const entry = { row, value }
      const version =
        known === undefined
          ? await table.insert(partition, entry)
          : value === known.value
            ? known.version
            : await table.replace(partition, entry, known.version)
      if (version !== undefined) {
        keep(row, { value, version })
        return value
      }
      known = undefined
    }
  }
}
