import type { Seconds } from '../../../core/model/time.ts'

/** What the parent and a worker tell each other; plain data. */

export type Step =
  | { readonly kind: 'poll' | 'deliver' | 'sweep' | 'observe' }
  /** Takes up to `count` messages, hidden from others for `hide` seconds. */
  | { readonly kind: 'ingest'; readonly count: number; readonly hide: Seconds }

/** A store write, or a call to Microsoft or to a receiver. */
export type Counted = 'write' | 'call'

export interface Death {
  readonly of: Counted
  /** The how many-th it does not survive; the first is 1. */
  readonly at: number
  /** `before`: no byte leaves. `after`: it was carried out and nobody heard. */
  readonly when: 'before' | 'after'
}

/** How storage fails one process. `busy`: 503. `changed`: 412. `lost`: no answer, and the request was, or was not, carried out. */
export type StorageFault = 'busy' | 'changed' | 'lost before' | 'lost after'

export interface Life {
  readonly name: string
  readonly seed: string
  /** Milliseconds. */
  readonly skew: number
  readonly death?: Death
  /** Share of storage requests that fail. */
  readonly storageFaults: number
  /** The how many-th call of its ingest steps waits until the next wave. */
  readonly stall?: number
  readonly settings: Readonly<Record<string, string>>
  /** Of this seed: table names begin with it, and its queue is called so. */
  readonly prefix: string
  /** A server that refuses with the status its path begins with. */
  readonly refusals: string
}

export type Order =
  | { readonly kind: 'live'; readonly life: Life }
  | { readonly kind: 'work'; readonly steps: readonly Step[] }
  /** Time has passed: whoever waits may go on. `resume`: also those that were stalled. */
  | { readonly kind: 'wake'; readonly resume: boolean }

export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'living' }
  /** All steps ended. `faults`: errors that are no outage of anything. */
  | { readonly kind: 'done'; readonly faults: readonly string[] }
  /** Nothing goes on here before that time of the world (milliseconds); without one, before the next wave. */
  | { readonly kind: 'waiting'; readonly until?: number }

/** What a worker says of itself on standard error, which a SIGKILL cannot take back. */
export interface Saying {
  readonly life: string
  readonly what: Death['when'] | StorageFault | 'stalled'
  readonly call: string
}
