import type { Seconds } from '../model/time.ts'

/**
 * What the pipeline needs of storage, and all it knows of it. Repositories (`ledger.ts`, `tallies.ts`, …) are
 * written against this port; a memory twin and Azure Tables implement it and pass one contract suite.
 *
 * Partition and row keys are any text: adapters encode what their service refuses. Values are JSON-able.
 */
export interface Tables {
  /** Opens a table, creating it at the first write. Names are letters and digits, starting with a letter. */
  table(name: string): Table
  /** Names of the tables that exist and start with `prefix`. */
  names(prefix: string): Promise<string[]>
  /** Removes a table with all it holds. A table that is not there is no error. */
  drop(name: string): Promise<void>
}

export interface Row<T = unknown> {
  readonly partition: string
  readonly row: string
  readonly value: T
  /** Changes with every write; opaque. */
  readonly version: string
  /** Of the last write, by the clock of storage, which all instances share however wrong their own are. */
  readonly writtenAt: Seconds
}

export interface Entry<T = unknown> {
  readonly row: string
  readonly value: T
}

export interface Table {
  get<T>(partition: string, row: string): Promise<Row<T> | undefined>
  /** Rows with `from <= row < to`, in row order. Reads pages as they are asked for. */
  range<T>(partition: string, from: string, to: string): AsyncIterable<Row<T>>
  /** Writes rows whether or not they exist. All of one call's rows up to 100 go in one transaction, all or nothing. */
  put(partition: string, entries: readonly Entry[]): Promise<void>
  /** Writes a row that must not exist yet; its version. `undefined`: it does exist, and nothing was changed. */
  insert(partition: string, entry: Entry): Promise<string | undefined>
  /** Replaces the row read as `version`; its new version. `undefined`: somebody else wrote meanwhile, and nothing was changed. */
  replace(partition: string, entry: Entry, version: string): Promise<string | undefined>
  /** Rows that are not there are no error. */
  remove(partition: string, rows: readonly string[]): Promise<void>
}

/** A queue of small JSON messages. At least once, in no order. */
export interface Queue<T = unknown> {
  /** Makes the queue where there is none; the first message does as well. */
  create(): Promise<void>
  send(message: T): Promise<void>
  /** Takes up to `count` messages, hidden from others for `hideSeconds`. */
  receive(count: number, hideSeconds: number): Promise<QueueMessage<T>[]>
  /** Approximate number of messages, hidden ones included. */
  size(): Promise<number>
}

export interface QueueMessage<T> {
  readonly body: T
  /** 1 at the first delivery. */
  readonly attempt: number
  done(): Promise<void>
  /** Shows the message again after `delaySeconds`. */
  release(delaySeconds: number): Promise<void>
}
