import type { AuditRecord } from '../../model/audit-record.ts'
import type { TenantFacts } from '../../model/detection.ts'
import { isInternal, isPublicProvider, looksLike } from './domains.ts'
import { type Recipient, recipients } from './recipients.ts'

/** Where mail to a recipient ends up; `unknown` for names that a directory would have to resolve. */
export type Reach = 'outside' | 'unknown' | 'inside'

export function reachOf(to: Recipient, record: AuditRecord, tenant: TenantFacts): Reach {
  if (tenant.contact(written(to)) !== undefined) return 'outside'
  if (to.kind === 'unresolved') return 'unknown'
  return to.kind === 'address' && !isInternal(to.domain, record, tenant) ? 'outside' : 'inside'
}

/** The recipient as a person reads it, and at most as long as a key can hold. */
export function written(to: Recipient): string {
  return (to.kind === 'address' ? to.address : to.name).slice(0, 200).toWellFormed()
}

export function writtenList(all: readonly Recipient[]): string {
  return [...new Set(all.map(written))].sort().join(', ')
}

/**
 * One text for all spellings of one mailbox: small letters, without what follows a plus sign, and for Gmail without
 * dots, which it ignores. A thief can give every victim a variant of his own.
 */
export function destinationKey(to: Recipient): string {
  if (to.kind !== 'address') return written(to).toLowerCase()
  const local = to.address.slice(0, to.address.lastIndexOf('@')).toLowerCase()
  const bare = local.startsWith('"') ? local : local.replace(/(?<=.)\+.*$/s, '')
  const gmail = to.domain === 'gmail.com' || to.domain === 'googlemail.com'
  return (gmail ? `${bare.replaceAll('.', '')}@gmail.com` : `${bare}@${to.domain}`)
    .slice(0, 200)
    .toWellFormed()
}

/** What is to be said of outside destinations: what makes them worse, and where a contact leads. */
export function remarksOn(
  outside: readonly Recipient[],
  tenant: TenantFacts,
): { alike: boolean; words: string[] } {
  const contacts = outside.flatMap(to => {
    const contact = tenant.contact(written(to))
    return contact === undefined || contact.address === written(to).toLowerCase() ? [] : [contact]
  })
  const ends = [...outside, ...contacts.flatMap(({ address }) => recipients(address))]
  const domains = ends.flatMap(to => (to.kind === 'address' ? [to.domain] : []))
  const alike = domains.some(domain => looksLike(domain, tenant.domains))
  return {
    alike,
    words: [
      ...(alike ? ['to a look-alike of your own domain'] : []),
      ...(domains.some(isPublicProvider) ? ['to a public mail provider'] : []),
      ...contacts.slice(0, 3).map(({ address = 'an address not shown' }) => `a mail contact for ${address}`),
    ],
  }
}
