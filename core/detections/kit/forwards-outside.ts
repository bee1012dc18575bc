import type { AuditRecord } from '../../model/audit-record.ts'
import type { Detection, Signal, TenantFacts } from '../../model/detection.ts'
import inboxRuleForwarding from '../inbox-rule-forwarding.ts'
import mailboxForwarding from '../mailbox-forwarding.ts'
import transportRule from '../transport-rule.ts'

const WAYS_OUT: readonly Detection[] = [inboxRuleForwarding, mailboxForwarding, transportRule]
const OUTSIDE = ['outside', 'outside-and-hidden']

/** What the detections of forwards say of a record whose mail leaves: what counts as outside is theirs to know. */
export function* forwardsOutside(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  for (const detection of WAYS_OUT)
    if (detection.reads.includes(record.operation as never))
      for (const signal of detection.signals(record, tenant))
        if (OUTSIDE.includes(signal.measure)) yield signal
}
