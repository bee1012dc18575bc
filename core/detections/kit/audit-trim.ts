import type { AuditRecord } from '../../model/audit-record.ts'
import { text } from '../../model/values.ts'
import { isShort, switched } from './audit-config.ts'
import { AUDIT_SETS, droppedActions } from './audit-set.ts'
import { cmdletTarget } from './cmdlet.ts'
import { described, targets } from './entra.ts'
import { auditPlanDisabled } from './licences.ts'
import { first, nameValues } from './name-values.ts'

/**
 * One mailbox that records less from now on. `actions`: what is recorded was cut down; `licence`: the plan behind the
 * premium records was switched off; `idle`: a setting Exchange Online no longer goes by since mailbox audit records are
 * kept by the tenant, which says something about whoever turned it.
 */
export interface Trim {
  readonly kind: 'actions' | 'licence' | 'idle'
  readonly mailbox: string
  readonly what: string
}

type TrimOperation = 'Set-Mailbox' | 'Change user license' | 'Update user'

export function auditTrim(record: AuditRecord<TrimOperation>): Trim | undefined {
  if (record.operation === 'Set-Mailbox') return byCmdlet(record)
  if (!auditPlanDisabled(record.body)) return undefined
  const user = 'Target' in record.body ? described(targets(record.body)).upn : undefined
  const mailbox = user ?? text(record.body.ObjectId)?.slice(0, 100).toLowerCase() ?? 'a user not named'
  return { kind: 'licence', mailbox, what: 'advanced auditing out of the licence' }
}

function byCmdlet(record: AuditRecord<TrimOperation>): Trim | undefined {
  const parameters = nameValues('Parameters' in record.body ? record.body.Parameters : undefined)
  const mailbox = cmdletTarget(record, parameters) ?? 'a mailbox not named'
  const dropped = AUDIT_SETS.flatMap(set => {
    const values = parameters.get(set.toLowerCase())
    return values === undefined ? [] : droppedActions(set, values)
  })
  if (dropped.length > 0) return { kind: 'actions', mailbox, what: [...new Set(dropped)].sort().join(', ') }
  if (switched(parameters, 'AuditEnabled') === false) return { kind: 'idle', mailbox, what: 'AuditEnabled' }
  if (isShort(first(parameters, 'AuditLogAgeLimit')))
    return { kind: 'idle', mailbox, what: 'AuditLogAgeLimit' }
  return undefined
}
