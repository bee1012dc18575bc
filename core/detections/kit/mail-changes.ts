import type { AuditRecord } from '../../model/audit-record.ts'
import type { Detection, Signal, TenantFacts, Term } from '../../model/detection.ts'
import type { Operation } from '../../model/operations.ts'
import auditBypass from '../audit-bypass.ts'
import autoForwardGuardrail from '../auto-forward-guardrail.ts'
import clientAccessPolicy from '../client-access-policy.ts'
import consentMailScopes from '../consent-mail-scopes.ts'
import exchangeRole from '../exchange-role.ts'
import folderSharing from '../folder-sharing.ts'
import hidingRule from '../hiding-rule.ts'
import inboxRuleForwarding from '../inbox-rule-forwarding.ts'
import journalRule from '../journal-rule.ts'
import mailboxForwarding from '../mailbox-forwarding.ts'
import mailboxPermission from '../mailbox-permission.ts'
import suspiciousRuleName from '../suspicious-rule-name.ts'
import transportRule from '../transport-rule.ts'

/** The detections of changes a thief makes once he is in: they alone know what such a change is. */
const CHANGES: readonly Detection[] = [
  inboxRuleForwarding,
  mailboxForwarding,
  transportRule,
  journalRule,
  hidingRule,
  suspiciousRuleName,
  autoForwardGuardrail,
  mailboxPermission,
  folderSharing,
  exchangeRole,
  clientAccessPolicy,
  auditBypass,
  consentMailScopes,
]

const BY_OPERATION = new Map<string, Detection[]>()
for (const detection of CHANGES)
  for (const operation of detection.reads as readonly string[])
    BY_OPERATION.set(operation, [...(BY_OPERATION.get(operation) ?? []), detection])

export const MAIL_CHANGES = [...BY_OPERATION.keys()] as readonly Operation[]

/** What the record alone would be told as: the title of the first detection that has a limit it reaches. */
export function mailChange(record: AuditRecord, tenant: TenantFacts): string | undefined {
  const asked = BY_OPERATION.get(record.operation) ?? []
  return asked.find(({ signals, terms }) => {
    const byKey = Map.groupBy(signals(record as never, tenant), ({ key }) => key.join('\u0000'))
    return [...byKey.values()].some(said => terms.some(term => reaches(term, said)))
  })?.title
}

function reaches({ above, after, also, fresh, ...limit }: Term, said: readonly Signal[]): boolean {
  if (above !== undefined || after !== undefined || fresh !== undefined) return false
  return [limit, ...(also === undefined ? [] : [also])].every(
    ({ atLeast, measures }) => weightOf(said, measures) >= atLeast,
  )
}

function weightOf(said: readonly Signal[], measures: readonly string[]): number {
  const members = new Map<string, number>()
  for (const { measure, members: given = [''] } of said)
    if (measures.includes(measure))
      for (const one of given)
        if (typeof one === 'string') members.set(one, 1)
        else members.set(one.member, one.weight)
  return [...members.values()].reduce((sum, weight) => sum + weight, 0)
}
