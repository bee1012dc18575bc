import type { Anchor } from './clock.ts'
import type { Ports } from './ports.ts'
import type { Shares } from './profile.ts'

/** What the processes of the bench say to each other. */
export type ToTenant =
  | { readonly kind: 'clock'; readonly anchor: Anchor }
  /** What was held back becomes available, evenly over so many minutes of the tenant. */
  | { readonly kind: 'live'; readonly minutes: number }
  | { readonly kind: 'report' }

export type FromTenant =
  | {
      readonly kind: 'ready'
      readonly environment: Record<string, string>
      readonly backlog: Made
      readonly live: Made
      /** Plain `JSON.parse` of some of the blobs, on one core. */
      readonly floor: number
    }
  | { readonly kind: 'report'; readonly report: TenantReport }

export interface Made {
  readonly blobs: number
  readonly records: number
  readonly bytes: number
}

export interface TenantReport {
  /** Blobs that were offered and never fetched. */
  readonly never: number
  readonly fetched: number
  /** Requests to the Management API that were refused as too many. */
  readonly refused: number
  readonly backlog: Told
  readonly live: Told
  readonly cpu: number
}

/** Thefts, and the milliseconds from the moment they could be read to their card, on the tenant's clock. */
export interface Told {
  readonly thefts: number
  readonly waits: readonly number[]
}

export type ToWorker =
  | { readonly kind: 'clock'; readonly anchor: Anchor }
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  /** Availability from and to, in seconds: what became of everything between. */
  | { readonly kind: 'ledger'; readonly from: number; readonly to: number }

export type FromWorker =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'sample' } & Sample)
  | { readonly kind: 'ledger'; readonly ledger: LedgerSums }
  | { readonly kind: 'stopped'; readonly report: WorkerReport }

export interface Sample {
  readonly rss: number
  readonly blobs: number
  readonly records: number
}

export interface LedgerSums {
  readonly listed: number
  readonly done: number
  readonly pending: number
  readonly lost: number
  readonly parsed: number
  readonly evaluated: number
  readonly duplicates: number
  readonly rejected: number
}

export interface WorkerReport {
  readonly seconds: number
  readonly cpu: number
  readonly shares: Shares
  readonly ports: Ports
  readonly transactions: number
  readonly queueOperations: number
  /** Requests to the Management API by minute of the tenant. */
  readonly minutes: Readonly<Record<string, number>>
  readonly errors: number
}
