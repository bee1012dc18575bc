import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { METHODS, SIGN_INS } from '../../model/identity-operations.ts'
import { newMethod } from './methods.ts'
import { REMOVALS, removesNotice, removesSent } from './removals.ts'
import { inboxRule } from './rule-change.ts'
import { suspicionNote, suspiciousSignIn } from './suspicious-sign-in.ts'

const RULES = ['New-InboxRule', 'Set-InboxRule', 'Enable-InboxRule', 'UpdateInboxRules'] as const
const RULE: ReadonlySet<string> = new Set(RULES)
const REMOVAL: ReadonlySet<string> = new Set(REMOVALS)

/** The operations that any of the steps comes in. */
export const STEPS = [...SIGN_INS, ...METHODS, 'Update user', ...RULES, ...REMOVALS] as const

/**
 * What may be covered up, and what covers it, under the mailbox: a `rule`, a new `method`, a `suspicious-sign-in`; sent
 * messages taken out of sight (`sent`), notices about the account deleted for good (`purged`) or put away (`moved`).
 */
export function* coverUpSteps(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const { actor, body, operation } = record
  const step = (mailbox: string, measure: string, note: string): Signal => ({
    key: [mailbox],
    measure,
    mailbox,
    note,
  })
  const suspicion = suspiciousSignIn(record, tenant)
  if (suspicion !== undefined) yield step(actor, 'suspicious-sign-in', suspicionNote(suspicion))
  const method = newMethod(record)
  if (method !== undefined) yield step(method.user, 'method', `${method.what} set up`)
  if (!record.succeeded) return
  if (RULE.has(operation)) {
    const change = inboxRule(record)
    // Desktop Outlook stamps its rules anew in bursts that say nothing, not even a name.
    if (change?.named) yield step(change.mailbox, 'rule', 'inbox rule made or changed')
  }
  const { mailbox } = record
  if (mailbox === undefined || !REMOVAL.has(operation)) return
  if (removesSent(operation, body)) yield step(mailbox, 'sent', 'sent messages taken out of sight')
  const gone = operation === 'HardDelete' || operation === 'SoftDelete'
  if (removesNotice(operation, body))
    yield step(mailbox, gone ? 'purged' : 'moved', 'notices about the account deleted')
}
