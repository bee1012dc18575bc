import type { AuditRecord } from '../../model/audit-record.ts'
import { mailboxForward } from './mailbox-forward.ts'
import type { Recipient } from './recipients.ts'
import { RULE_CHANGES, ruleChange } from './rule-change.ts'
import { isSystemActor } from './system-actors.ts'
import { transportRule } from './transport-rule.ts'

/** Operations that can send the mail of a mailbox somewhere else. */
export const FORWARDING = [
  ...RULE_CHANGES,
  'Set-Mailbox',
  'New-TransportRule',
  'Set-TransportRule',
  'Enable-TransportRule',
] as const

export interface Forwarding {
  /** Absent for a mail flow rule, which takes mail from everybody it matches. */
  readonly mailbox: string | undefined
  readonly by: 'inbox rule' | 'mailbox setting' | 'mail flow rule'
  readonly recipients: readonly Recipient[]
}

/** Whatever kind of forwarding a record sets up; `undefined` for failures, removals and Microsoft’s own doing. */
export function forwarding(record: AuditRecord): Forwarding | undefined {
  if (!record.succeeded || isSystemActor(record)) return undefined
  const found = read(record)
  return found === undefined || found.recipients.length === 0 ? undefined : found
}

function read(record: AuditRecord): Forwarding | undefined {
  if (record.operation.endsWith('-TransportRule'))
    return { mailbox: undefined, by: 'mail flow rule', recipients: transportRule(record).recipients }
  if (record.operation === 'Set-Mailbox') {
    const set = mailboxForward(record)
    return set && { mailbox: set.mailbox, by: 'mailbox setting', recipients: set.recipients }
  }
  const rule = ruleChange(record)
  return rule && { mailbox: rule.mailbox, by: 'inbox rule', recipients: rule.recipients }
}
