import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { countedApplication, isTrusted } from './applications.ts'
import { isVisitor } from './visits.ts'

/**
 * Whose mailboxes somebody is active in. Measures: `person` under a visitor, `application` and `app-only` under an
 * application, and `trusted` under one that somebody vouched for.
 */
export function activeMailboxes(record: AuditRecord, tenant: TenantFacts): readonly Signal[] {
  const { mailbox, succeeded } = record
  if (mailbox === undefined || !succeeded) return []
  const application = countedApplication(record)
  const visitor = isVisitor(record)
  if (application === undefined && !visitor) return []
  const signals: Signal[] = []
  const members = [mailbox]
  if (application !== undefined && isTrusted(record, tenant)) {
    signals.push({ key: [application, 'trusted'], measure: 'trusted', members })
  } else if (application !== undefined) {
    signals.push({ key: [application], measure: 'application', members })
    if (record.appOnly) signals.push({ key: [application], measure: 'app-only', members })
  }
  // Also where an application is counted: somebody who changes applications from mailbox to mailbox is one person.
  if (visitor) signals.push({ key: [record.actor], measure: 'person', members })
  return signals
}
