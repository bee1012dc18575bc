import { StoreError } from '../../core/model/errors.ts'
import type { Table, Tables } from '../../core/stores/port.ts'

/** Storage in which one write, the `death`-th, ends in an error: nothing of it was written, or all of it. */
export function dying(
  tables: Tables,
  death: number,
  when: 'before' | 'after',
): { tables: Tables; died: () => boolean } {
  let writes = 0
  async function write<T>(change: () => Promise<T>): Promise<T> {
    writes++
    const now = writes === death
    const lost = () => new StoreError('unavailable', `Write ${death} failed, as the test asked for.`)
    if (now && when === 'before') throw lost()
    const result = await change()
    if (now) throw lost()
    return result
  }

  function table(name: string): Table {
    const inner = tables.table(name)
    return {
      get: inner.get,
      range: inner.range,
      put: (partition, entries) => write(() => inner.put(partition, entries)),
      insert: (partition, entry) => write(() => inner.insert(partition, entry)),
      replace: (partition, entry, version) => write(() => inner.replace(partition, entry, version)),
      remove: (partition, rows) => write(() => inner.remove(partition, rows)),
    }
  }

  return {
    tables: { table, names: tables.names, drop: tables.drop },
    died: () => writes >= death,
  }
}
