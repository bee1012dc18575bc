import type { Queue, Table, Tables } from '../../core/stores/port.ts'

/** Calls through a port and the seconds they took together: calls under way at once count each. */
export interface Use {
  calls: number
  seconds: number
}

export interface Ports {
  readonly storage: Use
  readonly queue: Use
  readonly tenant: Use
  /** Held back by the pace that is shared, or by a server that asked for it. */
  readonly pace: Use
}

export const makePorts = (): Ports => ({
  storage: { calls: 0, seconds: 0 },
  queue: { calls: 0, seconds: 0 },
  tenant: { calls: 0, seconds: 0 },
  pace: { calls: 0, seconds: 0 },
})

export async function timed<T>(use: Use, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  use.calls++
  try {
    return await work()
  } finally {
    use.seconds += (performance.now() - start) / 1_000
  }
}

export function timedTables(inner: Tables, use: Use): Tables {
  const wrap = (table: Table): Table => ({
    get: (partition, row) => timed(use, () => table.get(partition, row)),
    async *range<T>(partition: string, from: string, to: string) {
      const rows = table.range<T>(partition, from, to)[Symbol.asyncIterator]()
      use.calls++
      for (;;) {
        const start = performance.now()
        const next = await rows.next()
        use.seconds += (performance.now() - start) / 1_000
        if (next.done === true) return
        yield next.value
      }
    },
    put: (partition, entries) => timed(use, () => table.put(partition, entries)),
    insert: (partition, entry) => timed(use, () => table.insert(partition, entry)),
    replace: (partition, entry, version) => timed(use, () => table.replace(partition, entry, version)),
    remove: (partition, rows) => timed(use, () => table.remove(partition, rows)),
  })
  return {
    table: name => wrap(inner.table(name)),
    names: prefix => timed(use, () => inner.names(prefix)),
    drop: name => timed(use, () => inner.drop(name)),
  }
}

export function timedQueue<T>(inner: Queue<T>, use: Use): Queue<T> {
  return {
    create: inner.create,
    size: inner.size,
    send: message => timed(use, () => inner.send(message)),
    receive: async (count, hide) => {
      const taken = await timed(use, () => inner.receive(count, hide))
      return taken.map(message => ({
        ...message,
        done: () => timed(use, () => message.done()),
        release: seconds => timed(use, () => message.release(seconds)),
      }))
    },
  }
}
