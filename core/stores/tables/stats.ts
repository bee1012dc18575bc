import type { Tables } from '../port.ts'

/**
 * Requests made of the storage service, which is what it bills: a page of a range, a get, an insert, a batch each count
 * one, repeated attempts included. The first write to a new table counts three: refused, create, again.
 */
export interface StoreStats {
  readonly reads: number
  readonly writes: number
  /** Reads and writes together. */
  readonly transactions: number
}

export type CountedTables = Tables & {
  /** Totals since the factory was called. */
  stats(): StoreStats
}

export interface Counter {
  read(): void
  write(times?: number): void
  stats(): StoreStats
}

export function makeCounter(): Counter {
  let reads = 0
  let writes = 0
  return {
    read: () => {
      reads += 1
    },
    write: (times = 1) => {
      writes += times
    },
    stats: () => ({ reads, writes, transactions: reads + writes }),
  }
}
