import type { Address } from './address.ts'
import type { AnyBody } from './bodies.ts'
import type { Client } from './client.ts'
import type { Operation, RecordBodies } from './operations.ts'
import type { Seconds } from './time.ts'

/**
 * One audit event: a small envelope of ours around the record as Microsoft sent it.
 * Absent is `undefined`; no placeholder text ever stands for it.
 */
export interface AuditRecord<O extends string = string> {
  /** The record's `Id`, or a content hash where it has none that could be unique. */
  readonly id: string
  /** What happened, the same whichever feed told of it: what is counted. `id` where one feed alone tells. */
  readonly event: string
  readonly operation: O
  /** `OrganizationId`, else the tenant whose feed brought it. */
  readonly tenant: string
  /** Event time (`CreationTime`), not arrival. */
  readonly at: Seconds
  readonly recordType: number | undefined
  readonly userType: number | undefined
  /** Who acted: lower-case UPN, a system name, or `app:<id>` where no user was present. */
  readonly actor: string
  /** `true` when an application acted by itself, also where Exchange names the mailbox owner as the user. */
  readonly appOnly: boolean
  /** Effective application id: the client, not the API it went through. */
  readonly app: string | undefined
  /** The API the application went through, where the record tells (Microsoft Graph for most). */
  readonly api: string | undefined
  /** Mailbox owner: lower-case UPN, else the mailbox GUID. */
  readonly mailbox: string | undefined
  /** `true` when the actor is provably not the owner of `mailbox`. */
  readonly nonOwner: boolean
  readonly address: Address | undefined
  readonly client: Client | undefined
  readonly session: string | undefined
  /** `false` only for a record that says it failed. */
  readonly succeeded: boolean
  readonly body: O extends Operation ? RecordBodies[O] : AnyBody
}
