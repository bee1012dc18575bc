import type { AuditRecord } from '../../model/audit-record.ts'
import { type Detection, type Signal, TENANT_KEY, type TenantFacts } from '../../model/detection.ts'
import hidingRule from '../hiding-rule.ts'
import inboxRuleForwarding from '../inbox-rule-forwarding.ts'

const TOLD_BY: readonly Detection[] = [inboxRuleForwarding, hidingRule]

/** A rule that was there before us, if the detections of such rules would tell of it: one signal, whatever they say. */
export function* olderRule(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const [first] = TOLD_BY.flatMap(detection => [...detection.signals(record, tenant)])
  if (first === undefined) return
  const [mailbox, name = '', destinations] = first.key
  const forwards = destinations !== undefined
  yield {
    key: [TENANT_KEY],
    measure: forwards ? 'forwards' : 'hides',
    mailbox,
    note: `${mailbox}: "${name}" ${forwards ? `sends mail to ${destinations}` : first.note}`,
  }
}
