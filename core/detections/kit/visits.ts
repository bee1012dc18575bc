import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import type { Finding } from '../../model/finding.ts'
import { lower } from '../../model/values.ts'
import { domainOf } from './domains.ts'
import { grantee } from './grantees.ts'
import { foldersOf } from './mail-access.ts'
import { mailboxGrants } from './mailbox-grants.ts'
import { ROLE_CMDLETS, roleChange } from './role-changes.ts'
import { isSystemActor } from './system-actors.ts'

/** Operations that read another person's mailbox, and those that let somebody do so. */
export const VISITS_AND_GRANTS = [
  'MailItemsAccessed',
  'AttachmentAccess',
  'MessageBind',
  'FolderBind',
  'Add-MailboxPermission',
  'Add-RecipientPermission',
  'Set-Mailbox',
  ...ROLE_CMDLETS,
] as const

const WHY = new Map([
  [
    'as-admin',
    'a visit as administrator, within seven days of being given an Exchange role that reaches mail',
  ],
  ['sensitive', 'the first time in 30 days, and the mailbox is marked as sensitive'],
  ['admin', 'the first time in 30 days, and as an administrator, not as a delegate'],
  ['folders', 'the first time in 30 days, and more than a look at the inbox'],
])

/** Why a visit is told of; completes `This was …`. */
export function whyWords({ actors, term }: Finding, visitor: string): string {
  if (term !== 'granted') return WHY.get(term) ?? 'the first time in 30 days'
  const given = actors.some(actor => actor !== visitor)
    ? 'being given rights on it'
    : 'giving themselves rights on it'
  return `the first time in 30 days, within seven days of ${given}`
}

/** Somebody with a name, in a mailbox that is not his own. Exchange itself acts under SIDs and service names. */
export function isVisitor({ actor, appOnly, nonOwner, userType }: AuditRecord): boolean {
  return nonOwner && !appOnly && actor.includes('@') && userType !== 3 && userType !== 4
}

/** `LogonType`: 1 an administrator, 6 a delegated one. Somebody with full access is a delegate (2), whatever his role. */
const ADMIN_LOGONS = new Set(['1', '6', 'admin', 'delegatedadmin'])

/**
 * Measures under mailbox and visitor: `visits`, the `folders` he touched, `sensitive` and `admin` visits. Under the
 * visitor alone: visits `as-admin`.
 */
export function* visitSignals(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const { actor, body, mailbox } = record
  if (mailbox === undefined || !isVisitor(record)) return
  const key = [mailbox, actor] as const
  yield { key, measure: 'visits' }
  const members = foldersOf(body)
  if (members.length > 0) yield { key, measure: 'folders', members }
  if (tenant.isSensitive(mailbox)) yield { key, measure: 'sensitive' }
  if (!ADMIN_LOGONS.has(lower(body.LogonType) ?? '')) return
  yield { key, measure: 'admin' }
  yield { key: [actor], measure: 'as-admin' }
}

/**
 * What lets somebody visit: rights he gave himself or was given as a stranger (`granted`, under mailbox and visitor) and
 * Exchange roles that reach mail (`role`, under the visitor).
 */
export function* grantsToVisit(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  if (isSystemActor(record)) return
  const change = roleChange(record)
  if (change?.power === 'power')
    for (const to of change.to.split(', '))
      for (const visitor of addresses(to, record)) yield { key: [visitor], measure: 'role' }
  for (const { mailbox, to, right } of mailboxGrants(record)) {
    const { kind, name } = grantee(to, record, tenant)
    // What a colleague was given by somebody else is meant to be used, and was told of when it was given.
    if (kind !== 'self' && kind !== 'outside') continue
    const visitors = kind === 'self' ? [record.actor] : [name]
    for (const visitor of visitors)
      for (const owner of addresses(mailbox, record))
        yield { key: [owner, visitor], measure: 'granted', mailbox: owner, note: right }
  }
}

/**
 * Cmdlets take aliases, records of mailboxes name addresses: `anna` by admin@birchwood.example may be
 * anna@birchwood.example. Names with blanks and ids are nobody's address.
 */
function addresses(name: string, { actor }: AuditRecord): readonly string[] {
  if (name.includes('@')) return [name]
  const domain = domainOf(actor)
  return domain === undefined || !/^[\w.'-]+$/.test(name) ? [] : [`${name}@${domain}`]
}
