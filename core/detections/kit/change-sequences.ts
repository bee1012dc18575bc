import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { mailChange } from './mail-changes.ts'
import { personalNetwork } from './places.ts'
import { isStrong, suspicionNote, suspiciousSignIn } from './suspicious-sign-in.ts'

/**
 * The steps of a theft, under the user and, for what he does on one network, under both: a `suspicious-sign-in` or a
 * `doubtful-sign-in`, any `sign-in`, and that mail settings were `changed`. Sign-ins teach the networks.
 */
export function* changeSequence(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const { actor, session } = record
  if (record.appOnly || !actor.includes('@')) return
  const network = personalNetwork(record, tenant)
  const suspicion = suspiciousSignIn(record, tenant)
  if (suspicion !== undefined) {
    const measure = isStrong(suspicion) ? 'suspicious-sign-in' : 'doubtful-sign-in'
    yield { key: [actor], measure, session, note: suspicionNote(suspicion) }
  }
  if (record.operation === 'UserLoggedIn' && record.succeeded && network !== undefined)
    yield { key: [actor, network], measure: 'sign-in' }
  const note = mailChange(record, tenant)
  if (note === undefined) return
  yield { key: [actor], measure: 'changed', session, note }
  if (network !== undefined) yield { key: [actor, network], measure: 'changed', note }
}
