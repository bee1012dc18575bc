import type fc from 'fast-check'
import type { Table, Tables } from '../../core/stores/port.ts'

/** Tables whose every call waits until the scheduler picks it: the calls of several instances come in any order. */
export function inTurns(tables: Tables, scheduler: fc.Scheduler): Tables {
  async function turn<T>(label: string, call: () => Promise<T>): Promise<T> {
    await scheduler.schedule(Promise.resolve(), label)
    return await call()
  }

  function table(name: string): Table {
    const inner = tables.table(name)
    return {
      get: <T>(partition: string, row: string) => turn(`get ${name}`, () => inner.get<T>(partition, row)),
      async *range<T>(partition: string, from: string, to: string) {
        await scheduler.schedule(Promise.resolve(), `range ${name}`)
        yield* inner.range<T>(partition, from, to)
      },
      put: (partition, entries) => turn(`put ${name}`, () => inner.put(partition, entries)),
      insert: (partition, entry) => turn(`insert ${name}`, () => inner.insert(partition, entry)),
      replace: (partition, entry, version) =>
        turn(`replace ${name}`, () => inner.replace(partition, entry, version)),
      remove: (partition, rows) => turn(`remove ${name}`, () => inner.remove(partition, rows)),
    }
  }

  return {
    table,
    names: prefix => turn('names', () => tables.names(prefix)),
    drop: name => turn('drop', () => tables.drop(name)),
  }
}
