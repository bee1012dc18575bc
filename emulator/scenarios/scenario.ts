import type { ContentType, TimelineEntry } from '../content.ts'
import { DEFAULT_TENANT_ID } from '../options.ts'
import type { AuditRecord } from '../records/index.ts'
import type { Firm } from './firm.ts'

/** A day in the life of a tenant, and what a good detection should find in it. Plain data. */
export interface Scenario {
  readonly name: string
  readonly about: string
  readonly tenant: Firm
  /** Blobs in order of availability. */
  readonly timeline: readonly TimelineEntry[]
  /** Each must be found; nothing else in the day is an attack. */
  readonly expected: readonly Expectation[]
}

export type DetectionId =
  | 'bulk-mail-read'
  | 'many-networks'
  | 'suspicious-client'
  | 'inbox-rule-forwarding'
  | 'hiding-rule'
  | 'suspicious-rule-name'
  | 'cross-mailbox-access'

export interface Expectation {
  readonly detection: DetectionId
  /** A user principal name, or the application id of an app that acts by itself. */
  readonly actor: string
  readonly mailboxes: readonly string[]
}

/** One record and the moment it happened, before it is packed into blobs. */
export interface Occurrence {
  readonly at: number
  readonly contentType: ContentType
  readonly record: AuditRecord
}

/** The moment is the record's own: `CreationTime` has no zone and is UTC. */
export const happens = (contentType: ContentType, record: AuditRecord): Occurrence => ({
  at: Date.parse(`${record.CreationTime}Z`),
  contentType,
  record,
})

export interface ScenarioOptions {
  seed?: number
  /** Midnight UTC of the day, milliseconds. */
  day?: number
  tenantId?: string
}

export const defaults = (options: ScenarioOptions): Required<ScenarioOptions> => ({
  seed: 1,
  day: Date.UTC(2026, 10, 17),
  tenantId: DEFAULT_TENANT_ID,
  ...options,
})
