import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { signIn } from './sign-in.ts'
import { OFFICE_HOME } from './sign-in-apps.ts'

/** Success, "a second factor is wanted", "stay signed in?": what a relayed sign-in goes through. */
const STEPS = new Set([0, 50_074, 50_140])

/** `at-risk` in words, after "signed in". */
export const AT_RISK = 'to the Office home page from no known device, which Entra rates as a risk'

/**
 * The steps of one sign-in to the Office home page from no known device, under the user and what ties the steps together:
 * its `sessions`, its `steps` by number, whether it `entered`, and
 * whether that was `at-risk` as Entra sees it. A page in between opens a session of its own with the
 * password and another one with what came back.
 */
export function* signInSteps(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const read = signIn(record)
  if (read?.app !== OFFICE_HOME || read.device !== undefined || read.correlation === undefined) return
  if (!STEPS.has(read.error) || (record.address !== undefined && tenant.isTrustedNetwork(record.address)))
    return
  const key = [record.actor, read.correlation] as const
  yield { key, measure: 'steps', members: [String(read.error)] }
  if (record.session !== undefined) yield { key, measure: 'sessions', members: [record.session] }
  if (!record.succeeded) return
  yield { key, measure: 'entered' }
  if (read.risk.level !== undefined) yield { key, measure: 'at-risk' }
}
