import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { flag, text } from '../../model/values.ts'
import { cmdletTarget } from './cmdlet.ts'
import { bareName, grantee } from './grantees.ts'
import { additions } from './multi-value.ts'
import { first, type NameValues, nameValues } from './name-values.ts'

/** A right on a mailbox, as a cmdlet hands it out. */
export interface MailboxGrant {
  readonly mailbox: string
  /** As written; see `grantee`. */
  readonly to: string
  /** In words: `full access`. */
  readonly right: string
}

/** Rights that open a mailbox or lead to it. Several come in one text: `FullAccess, ReadPermission`. */
const RIGHTS = new Map([
  ['fullaccess', 'full access'],
  ['changeowner', 'may take ownership'],
  ['changepermission', 'may hand out rights'],
  ['readpermission', 'may see the rights'],
])

/** Empty for denials and for everything else the cmdlets can do. */
export function mailboxGrants(record: AuditRecord): readonly MailboxGrant[] {
  const parameters = nameValues(record.body.Parameters)
  const mailbox = cmdletTarget(record, parameters) ?? 'a mailbox the record does not name'
  return [...handedOut(record.operation, parameters)].map(grant => ({ mailbox, ...grant }))
}

function* handedOut(operation: string, parameters: NameValues): Iterable<Pick<MailboxGrant, 'to' | 'right'>> {
  if (flag(first(parameters, 'Deny'))) return
  const given = (parameters.get('accessrights') ?? []).flatMap(value => value.split(/[^a-z]+/i))
  const rights = new Set(given.map(right => right.toLowerCase()))
  if (operation === 'Set-Mailbox') {
    for (const to of additions(parameters.get('grantsendonbehalfto'))) yield { to, right: 'send on behalf' }
  } else if (operation === 'Add-RecipientPermission') {
    const to = first(parameters, 'Trustee')
    if (to !== undefined && rights.has('sendas')) yield { to, right: 'send as' }
  } else if (operation === 'Add-MailboxPermission') {
    const [to, owner] = [first(parameters, 'User'), first(parameters, 'Owner')]
    const words = [...RIGHTS].filter(([right]) => rights.has(right)).map(([, right]) => right)
    if (flag(first(parameters, 'AutoMapping')) === false) words.push('not shown in Outlook')
    if (to !== undefined && [...RIGHTS.keys()].some(right => rights.has(right)))
      yield { to, right: words.join(', ') }
    if (owner !== undefined) yield { to: owner, right: 'ownership' }
  }
}

/** What counts about a grant: who got it, on how many mailboxes, and whether the grantee is a new application. */
export function* grantSignals(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  for (const { mailbox, to, right } of mailboxGrants(record)) {
    const { name, kind } = grantee(to, record, tenant)
    // Nobody gains by a right on his own mailbox.
    if (kind === 'nobody' || (kind === 'self' && grantee(mailbox, record, tenant).kind === 'self')) continue
    const measure = kind === 'self' || kind === 'inside' ? kind : 'outside'
    yield { key: [record.actor, name], measure, mailbox, note: right }
    yield { key: [record.actor], measure: 'mailboxes', members: [mailbox], mailbox, note: right }
    yield { key: [name, 'application'], measure: 'right', mailbox, note: right }
  }
}

/** Every name New-ServicePrincipal makes an application known to Exchange by: rights are given to any of them. */
export function registeredIds(record: AuditRecord): ReadonlySet<string> {
  const parameters = nameValues(record.body.Parameters)
  const given = ['AppId', 'ServiceId', 'ObjectId', 'DisplayName'].flatMap(
    name => first(parameters, name) ?? [],
  )
  return new Set([...given, text(record.body.ObjectId) ?? ''].map(bareName).filter(id => id !== ''))
}
