import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { reachOf, remarksOn } from './destinations.ts'
import type { Recipient } from './recipients.ts'
import { type RuleChange, ruleChange } from './rule-change.ts'
import { noteOf } from './rule-found.ts'

/** Where an inbox rule sends mail, if that is outside or cannot be told, and what it does besides. */
export function* ruleForwards(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const change = record.succeeded ? ruleChange(record) : undefined
  if (change === undefined) return
  const { recipients, mailbox, name } = change
  const outside = recipients.filter(to => reachOf(to, record, tenant) === 'outside')
  const named = outside.length > 0 ? outside : recipients.filter(to => to.kind === 'unresolved')
  if (named.length === 0) return
  const { hidden, remarks } = besides(change, named, tenant)
  yield {
    key: [mailbox, name, [...new Set(named.map(destination))].sort().join(', ')],
    measure: outside.length === 0 ? 'unknown-destination' : hidden ? 'outside-and-hidden' : 'outside',
    // The rule counts and not its records: it can be made, changed and then found.
    members: [name],
    mailbox,
    note: noteOf(record, remarks),
  }
}

function besides({ hides, catchAll }: RuleChange, named: readonly Recipient[], tenant: TenantFacts) {
  const { alike, words } = remarksOn(named, tenant)
  const remarks = [...hides, ...(catchAll ? ['takes every message'] : []), ...words]
  return { hidden: hides.length > 0 || catchAll || alike, remarks }
}

function destination(to: Recipient): string {
  return to.kind === 'address' ? to.address : to.name
}
