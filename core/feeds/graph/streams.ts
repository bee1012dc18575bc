import { DAY, HOUR, MINUTE, type Seconds } from '../../model/time.ts'
import { directoryAuditBody } from './directory-audits.ts'
import { signInBody } from './sign-ins.ts'
import type { GraphQuery } from './transport.ts'

/**
 * A round of reading: spans of event time, each read once `lag` after it is over. Later rounds read the same time again,
 * because entries come late and are published again with more in them.
 */
export interface Pass {
  readonly name: string
  readonly span: Seconds
  readonly lag: Seconds
}

/** A log of Graph that is read by time. */
export interface Stream {
  readonly id: string
  readonly version: GraphQuery['version']
  readonly path: string
  /** The property that holds the event's time. */
  readonly time: string
  /** A further condition, besides the time. */
  readonly only?: string
  /** Microsoft gives out no more at once than 1,000. */
  readonly top: number
  readonly passes: readonly Pass[]
  /** Length of the spans in which the past is read when the stream is first seen to work; absent: it is not. */
  readonly backfill?: Seconds
  readonly subject: GraphQuery['subject']
  /** An entry as the record the same event leaves in the Management API; `undefined` for what is none. */
  body(entry: unknown): Record<string, unknown> | undefined
}

/** Entries are listed a few minutes after the event; a quarter of an hour catches nearly all. */
const FIRST: Pass = { name: 'first', span: 15 * MINUTE, lag: 15 * MINUTE }
/** Details of MFA take up to two hours. */
const SETTLED: Pass = { name: 'settled', span: HOUR, lag: 3 * HOUR }
/** Risk, and whatever came very late. */
const LATE: Pass = { name: 'late', span: HOUR, lag: DAY }

const PERMISSION = 'AuditLog.Read.All'

const DIRECTORY_AUDITS: Stream = {
  id: 'graph-directory-audits',
  version: 'v1.0',
  path: '/auditLogs/directoryAudits',
  time: 'activityDateTime',
  top: 500,
  passes: [FIRST, SETTLED, LATE],
  backfill: 6 * HOUR,
  subject: { what: 'directory audits', permission: PERMISSION },
  body: directoryAuditBody,
}

const SIGN_INS: Stream = {
  id: 'graph-sign-ins',
  version: 'v1.0',
  path: '/auditLogs/signIns',
  time: 'createdDateTime',
  top: 500,
  passes: [FIRST, SETTLED, LATE],
  backfill: 6 * HOUR,
  subject: { what: 'sign-ins', permission: PERMISSION },
  body: signInBody,
}

/** v1.0 knows interactive sign-ins alone and answers 400 to a filter by type, so each type is a stream of the beta. */
function beta(id: string, type: string, what: string): Stream {
  const { backfill: _, ...rest } = SIGN_INS
  return {
    ...rest,
    id,
    version: 'beta',
    only: `signInEventTypes/any(t: t eq '${type}')`,
    subject: { what, permission: PERMISSION },
  }
}

export const STREAMS: readonly Stream[] = [
  DIRECTORY_AUDITS,
  SIGN_INS,
  beta('graph-sign-ins-non-interactive', 'nonInteractiveUser', 'non-interactive sign-ins'),
  beta('graph-sign-ins-service-principal', 'servicePrincipal', 'sign-ins of applications'),
  beta('graph-sign-ins-managed-identity', 'managedIdentity', 'sign-ins of managed identities'),
]
