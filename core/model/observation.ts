import { createHash } from 'node:crypto'
import type { ObservedBody } from './bodies.ts'
import type { OBSERVED } from './observed-operations.ts'
import { iso, type Seconds } from './time.ts'

/** Something we saw ourselves. */
export interface Observation {
  readonly operation: (typeof OBSERVED)[number]
  /** When it happened, as far as that can be told, else when it was seen. */
  readonly at: Seconds
  /**
   * Names what was seen: seen again, it is the same observation and counts once. Without the time of looking, therefore;
   * with whatever tells this occasion from the last one of its kind.
   */
  readonly identity: readonly string[]
  /** Whom it is about; `waxseal` where it is nobody. */
  readonly actor?: string
  readonly mailbox?: string
  /** From where it was done. */
  readonly address?: string
  /** Display name or id of the thing. */
  readonly object?: string
  readonly parameters?: readonly { readonly Name: string; readonly Value: string }[]
  readonly observed?: Readonly<Record<string, unknown>>
}

/** The actor of what nobody is seen to have done. */
export const NOBODY_SEEN = 'waxseal'

/** The observation as a record that the parser reads. Its `Id` depends on the tenant, the operation and the identity alone. */
export function observationBody(tenant: string, observation: Observation): ObservedBody {
  const { operation, at, identity, actor, mailbox, address, object, parameters, observed } = observation
  return {
    Id: guidOf([tenant, operation, ...identity]),
    CreationTime: iso(at).replace('Z', ''),
    Operation: operation,
    OrganizationId: tenant,
    UserId: actor ?? NOBODY_SEEN,
    Workload: 'Waxseal',
    ...(mailbox !== undefined && { MailboxOwnerUPN: mailbox }),
    ...(address !== undefined && { ClientIP: address }),
    ...(object !== undefined && { ObjectId: object }),
    ...(parameters && { Parameters: parameters }),
    ...(observed && { Observed: observed }),
  }
}

/** Shaped as record ids are, because other texts are taken for no id at all. */
function guidOf(parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
