import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { flag, text } from '../../model/values.ts'
import { cmdletTarget } from './cmdlet.ts'
import { reachOf, remarksOn, writtenList } from './destinations.ts'
import { additions } from './multi-value.ts'
import { first, nameValues } from './name-values.ts'
import { type Recipient, recipients } from './recipients.ts'

/** Forwarding set on a mailbox itself. */
export interface MailboxForward {
  readonly mailbox: string
  readonly recipients: readonly Recipient[]
  /** `DeliverToMailboxAndForward`; `undefined` where the record leaves it as it was. */
  readonly keepsCopy: boolean | undefined
}

/** `undefined` for all other settings, and where forwarding is taken out: then the value is empty. */
export function mailboxForward(record: AuditRecord): MailboxForward | undefined {
  const parameters = nameValues(record.body.Parameters)
  const found = [
    ...recipients(first(parameters, 'ForwardingSmtpAddress')),
    ...directoryRecipients(first(parameters, 'ForwardingAddress')),
  ]
  if (found.length === 0) return undefined
  return {
    mailbox: mailboxOf(record, cmdletTarget(record, parameters)),
    recipients: found,
    keepsCopy: flag(first(parameters, 'DeliverToMailboxAndForward')),
  }
}

/** Somebody who sets his own mailbox may name it by his alias. */
function mailboxOf({ actor }: AuditRecord, target: string | undefined): string {
  return target === undefined || target === actor.split('@')[0] ? actor : target
}

/** `ForwardingAddress` is one recipient, by whatever names one: read as a list, `Birch, Anna` would be two. */
function directoryRecipients(value: string | undefined): Recipient[] {
  if (value === undefined || value.includes('@') || LEGACY.test(value)) return recipients(value)
  return [{ kind: 'unresolved', name: directoryName(value) }]
}

const LEGACY = /^(?:EX:)?\/o=/i

/** Of a distinguished name or a path the last part, by which entries can be told from each other. */
function directoryName(value: string): string {
  const common = /^CN=((?:[^,\\]|\\.)+)/i.exec(value)?.[1]?.replace(/\\(.)/g, '$1')
  return common ?? text(value.split('/').at(-1)) ?? value
}

/** A directory entry that stands for an address elsewhere, and all names `ForwardingAddress` may call it by. */
export interface ContactChange {
  readonly names: readonly string[]
  readonly leadsTo: readonly Recipient[]
}

export function contactChange(record: AuditRecord): ContactChange {
  const parameters = nameValues(record.body.Parameters)
  const given = ['Name', 'Alias', 'DisplayName', 'Identity'].map(name => first(parameters, name))
  const names = [...given, text(record.body.ObjectId)].flatMap(name =>
    name === undefined ? [] : directoryName(name).slice(0, 200).toWellFormed().toLowerCase(),
  )
  // Addresses of our own that an entry is given beside the one it leads to: a forward to them looks internal.
  const addresses = [
    'PrimarySmtpAddress',
    'WindowsEmailAddress',
    'EmailAddresses',
    'MicrosoftOnlineServicesID',
  ]
    .flatMap(name => parameters.get(name.toLowerCase()) ?? [])
    .flatMap(value => additions([value]).flatMap(recipients))
    .flatMap(to => (to.kind === 'address' ? to.address.slice(0, 200).toLowerCase() : []))
  return {
    names: [...new Set([...names, ...addresses])],
    leadsTo: recipients(first(parameters, 'ExternalEmailAddress')),
  }
}

/**
 * What a change of a contact or of a mailbox says: forwards to addresses by mailbox and address, forwards to names of
 * the directory, and to addresses of our own, by that name, so that they meet the contact of the name.
 */
export function* forwardSignals(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  if (record.operation !== 'Set-Mailbox') {
    const { names, leadsTo } = contactChange(record)
    const outside = leadsTo.filter(to => reachOf(to, record, tenant) === 'outside')
    if (outside.length === 0) return
    for (const name of names)
      yield { key: [name], measure: 'contact', note: `points to ${writtenList(outside)}` }
    return
  }
  const set = mailboxForward(record)
  if (set === undefined) return
  const { mailbox, recipients, keepsCopy } = set
  const outside = recipients.filter(to => reachOf(to, record, tenant) === 'outside')
  const { alike, words } = remarksOn(outside, tenant)
  const note = [...(keepsCopy === false ? ['keeps no copy'] : []), ...words].join(', ')
  const measure = keepsCopy === false || alike ? 'outside-and-hidden' : 'outside'
  if (outside.length > 0) yield { key: [mailbox, writtenList(outside)], measure, mailbox, note }
  for (const to of recipients) {
    const key = [writtenList([to]).toLowerCase()] as const
    const reach = reachOf(to, record, tenant)
    if (reach === 'unknown') yield { key, measure: 'unknown-destination', mailbox, note }
    if (reach === 'inside') yield { key, measure: 'colleague', mailbox, note }
  }
}
