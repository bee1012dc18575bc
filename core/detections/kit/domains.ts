import { domainToUnicode } from 'node:url'
import type { AuditRecord } from '../../model/audit-record.ts'
import type { TenantFacts } from '../../model/detection.ts'
import { distance } from '../../model/distance.ts'
import { text } from '../../model/values.ts'
import { asciiDomain } from './recipients.ts'

/** The domain of a UPN or address; `undefined` for a guest, whose UPN ends in the host tenant's own domain. */
export function domainOf(upn: string | undefined): string | undefined {
  if (upn === undefined || /#ext#/i.test(upn)) return undefined
  const at = upn.lastIndexOf('@')
  return at < 0 ? undefined : asciiDomain(upn.slice(at + 1))
}

/**
 * Is a domain the tenant's own, seen from one record? The organisation's initial domain always is. Where nobody
 * told us the tenant's domains, those of the mailbox owner and of an ordinary acting user count as well.
 */
export function isInternal(domain: string, record: AuditRecord, tenant: TenantFacts): boolean {
  if (
    tenant.isInternal(domain, record.at) ||
    domain === asciiDomain(text(record.body.OrganizationName) ?? '')
  )
    return true
  if (tenant.domainsKnown) return false
  const ordinary = record.userType === undefined || record.userType === 0 || record.userType === 2
  return domain === domainOf(record.mailbox) || (ordinary && domain === domainOf(record.actor))
}

/** Mailbox providers anybody can open an account with. */
const PUBLIC_PROVIDERS = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'ymail.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'proton.me',
  'protonmail.com',
  'pm.me',
  'tutanota.com',
  'tuta.io',
  'mail.com',
  'mail.ru',
  'yandex.com',
  'yandex.ru',
  'zoho.com',
  'fastmail.com',
  'qq.com',
  '163.com',
])

export function isPublicProvider(domain: string): boolean {
  return PUBLIC_PROVIDERS.has(domain)
}

/** Does a foreign domain look like one of ours: two edits away, or ours inside one of its labels? */
export function looksLike(domain: string, own: Iterable<string>): boolean {
  const ours = [...own]
  if (ours.some(known => domain === known || domain.endsWith(`.${known}`))) return false
  const folded = fold(domain)
  return ours.some(known => {
    const alike = fold(known)
    const name = alike.split('.')[0] ?? ''
    if (name.length < 4) return false
    if (folded.split('.').some(label => label.includes(name))) return true
    return distance(domain, known, 2) <= 2 || distance(folded, alike, 2) <= 2
  })
}

/** Cyrillic and Greek letters and the Latin ones they pass for. */
const TWINS = new Map(
  Array.from('аеорсухіѕјԁһкмтвнαενικορτυ', (letter, index) => [
    letter,
    'aeopcyxisjdhkmtbhaevikoptu'.charAt(index),
  ]),
)

/** Letters, digits and accents that are drawn alike become one. */
function fold(domain: string): string {
  return domainToUnicode(domain)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z]/g, char => TWINS.get(char) ?? char)
    .replace(/0/g, 'o')
    .replace(/[1iı|]/g, 'l')
    .replace(/5/g, 's')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
}
