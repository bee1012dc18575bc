import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal } from '../../model/detection.ts'
import { text } from '../../model/values.ts'
import { isShort, switched } from './audit-config.ts'
import { AUDIT_SETS, bringsReadsBack, droppedActions } from './audit-set.ts'
import { cmdletTarget } from './cmdlet.ts'
import { described, targets } from './entra.ts'
import { auditPlanDisabled, auditPlanEnabled } from './licences.ts'
import { additions } from './multi-value.ts'
import { first, type NameValues, nameValues } from './name-values.ts'

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
  if (record.operation === 'Set-Mailbox') return byCmdlet(record, parametersOf(record))
  if (!auditPlanDisabled(record.body)) return undefined
  return { kind: 'licence', mailbox: userOf(record), what: 'advanced auditing out of the licence' }
}

/**
 * A mailbox whose reads are recorded again: the defaults of its owner came back, or the action itself, or the plan. What
 * else may still be missing the record does not show.
 */
export function auditRestored(record: AuditRecord<TrimOperation>): Omit<Trim, 'what'> | undefined {
  if (record.operation !== 'Set-Mailbox')
    return auditPlanEnabled(record.body) ? { kind: 'licence', mailbox: userOf(record) } : undefined
  const parameters = parametersOf(record)
  const defaults = additions(parameters.get('defaultauditset')).map(set => set.toLowerCase())
  const restored = defaults.includes('owner') || bringsReadsBack(parameters.get('auditowner') ?? [])
  return restored ? { kind: 'actions', mailbox: mailboxOf(record, parameters) } : undefined
}

const UNNAMED_MAILBOX = 'a mailbox not named'
const UNNAMED_USER = 'a user not named'
const isNamed = (mailbox: string) => mailbox !== UNNAMED_MAILBOX && mailbox !== UNNAMED_USER

/** Mailboxes by who cut them down; and each by itself, where somebody else may put it back. */
export function* trimSignals(record: AuditRecord<TrimOperation>): Iterable<Signal> {
  const trim = auditTrim(record)
  if (trim !== undefined) {
    const { kind, mailbox, what } = trim
    yield { key: [record.actor, kind], measure: kind, members: [mailbox], mailbox, note: what }
    if (kind !== 'idle' && isNamed(mailbox))
      yield { key: [mailbox, kind, 'again'], measure: 'stopped', mailbox, note: what }
  }
  const restored = auditRestored(record)
  if (restored !== undefined && restored.kind !== trim?.kind && isNamed(restored.mailbox))
    yield { key: [restored.mailbox, restored.kind, 'again'], measure: 'on', mailbox: restored.mailbox }
}

function parametersOf({ body }: AuditRecord<TrimOperation>): NameValues {
  return nameValues('Parameters' in body ? body.Parameters : undefined)
}

function mailboxOf(record: AuditRecord<TrimOperation>, parameters: NameValues): string {
  return cmdletTarget(record, parameters) ?? UNNAMED_MAILBOX
}

function userOf({ body }: AuditRecord<TrimOperation>): string {
  const user = 'Target' in body ? described(targets(body)).upn : undefined
  return user ?? text(body.ObjectId)?.slice(0, 100).toLowerCase() ?? UNNAMED_USER
}

function byCmdlet(record: AuditRecord<TrimOperation>, parameters: NameValues): Trim | undefined {
  const mailbox = mailboxOf(record, parameters)
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
