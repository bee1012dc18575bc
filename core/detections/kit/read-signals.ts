import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { countedApplication, isServiceItself, isTrusted } from './applications.ts'
import { messagesRead } from './mail-items.ts'

/**
 * Who read how much where. Measures, under the person or application they are about: `own` messages a person read in his
 * own mailbox, `others` in other people's, `visitors` messages others read in his mailbox, `readers` who read in it,
 * `accesses` records of access, `application` messages an application read, `mailboxes` where.
 */
export function readSignals(record: AuditRecord, tenant: TenantFacts): readonly Signal[] {
  const { actor, mailbox, nonOwner, session } = record
  if (mailbox === undefined || !record.succeeded || isServiceItself(record)) return []
  if (isTrusted(record, tenant)) return []
  const reader = [actor] as const
  const owner = mailbox === actor ? reader : ([mailbox] as const)
  const accesses = { key: reader, measure: 'accesses' }
  const members = messagesRead(record.id, record.body)
  if (members.length === 0) return [accesses]
  const signals: Signal[] = [
    accesses,
    { key: reader, measure: nonOwner ? 'others' : 'own', members, session },
    { key: owner, measure: 'readers', members: reader },
  ]
  if (nonOwner) signals.push({ key: owner, measure: 'visitors', members })
  const application = record.appOnly ? undefined : countedApplication(record)
  if (application === undefined) return signals
  const key = [application] as const
  signals.push({ key, measure: 'application', members }, { key, measure: 'mailboxes', members: owner })
  return signals
}
