import type { AuditRecord } from '../../model/audit-record.ts'
import { text } from '../../model/values.ts'
import { described, entries, modifiedProperties, targets } from './entra.ts'
import { asciiDomain } from './recipients.ts'

/** Operations on the tenant's domains. */
export const DOMAIN_CHANGES = [
  'Add domain to company',
  'Add unverified domain',
  'Add verified domain',
  'Verify domain',
  'Verify email verified domain',
  'Update domain',
  'Set domain authentication',
  'Set federation settings on domain',
] as const

/** What happened to one of the tenant's domains. */
export interface DomainChange {
  /** Lower-case, in its ASCII form. */
  readonly domain: string
  /** Another service signs in its users, or may from now on. */
  readonly federation: boolean
  /** In words: `added, not verified yet`. */
  readonly what: string
}

const WHAT: Readonly<Record<string, string>> = {
  'Add domain to company': 'added',
  'Add unverified domain': 'added, not verified yet',
  'Add verified domain': 'added and verified',
  'Verify domain': 'verified',
  'Verify email verified domain': 'verified by mail',
}

/** `undefined` for changes of a domain that touch neither its standing nor its sign-in. */
export function domainChange({
  body,
  operation,
}: Pick<AuditRecord, 'body' | 'operation'>): DomainChange | undefined {
  const properties = modifiedProperties(body)
  const kinds = ['livetype', 'authenticationtype'].flatMap(name => properties.get(name) ?? [])
  const before = kinds.flatMap(({ oldValue }) => entries(oldValue)).join(' ')
  const now = kinds.flatMap(({ newValue }) => entries(newValue)).join(' ')
  const name =
    entries(properties.get('name')?.newValue)[0] ?? described(targets(body)).name ?? text(body.ObjectId)
  const domain =
    (name === undefined ? undefined : asciiDomain(name)) ??
    name?.toLowerCase().slice(0, 100) ??
    'without a name'
  if (operation === 'Set federation settings on domain')
    return { domain, federation: true, what: 'federation settings changed' }
  if (/federated/i.test(now) && !/federated/i.test(before))
    return { domain, federation: true, what: 'sign-in handed to another service' }
  const what =
    WHAT[operation] ??
    (operation === 'Set domain authentication' ? signIn(properties.size, before, now) : undefined)
  return what === undefined ? undefined : { domain, federation: false, what }
}

function signIn(properties: number, before: string, now: string): string | undefined {
  if (properties > 0 && before === now) return undefined
  return now === '' ? 'way of signing in changed' : `way of signing in changed to ${now.toLowerCase()}`
}
