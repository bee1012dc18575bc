import type { AuditRecord } from '../model/audit-record.ts'
import type { Observation } from '../model/observation.ts'
import type { Seconds } from '../model/time.ts'

/**
 * Looks at something that no feed brings: the state of the tenant, our own feeds, what a query answers. It keeps what it
 * saw last and tells what is new. Two may run at once and one may die anywhere: telling comes before keeping, and what is told
 * twice under one identity is one observation.
 */
export interface Observer {
  readonly id: string
  /** How often everything is looked at. */
  readonly every: Seconds
  /** The mailbox, or other thing, that has to be looked at before its turn because of this record. */
  wants?(record: AuditRecord): string | undefined
  /** Throws `FeedError` alone. */
  look(task: Task, tell: Tell, signal: AbortSignal): Promise<void>
}

export interface Task {
  readonly now: Seconds
  /** It is time to look at everything. Else only `wanted` is asked for. */
  readonly all: boolean
  readonly wanted: readonly string[]
}

export type Tell = (observations: readonly Observation[]) => Promise<void>
