import type { AuditRecord } from '../../model/audit-record.ts'
import type { TenantFacts } from '../../model/detection.ts'
import { isInternal } from './domains.ts'
import { recipients } from './recipients.ts'

/**
 * Somebody who is given a right. `self`: by his own hand; `everyone`: whoever asks; `inside`: a name of the
 * organisation’s directory, also where the record does not say whose; `nobody`: the mailbox’s own people.
 */
export type GranteeKind = 'self' | 'everyone' | 'outside' | 'application' | 'inside' | 'nobody'

export interface Grantee {
  /** Lower-case, without path or prefix, at most 120 characters. */
  readonly name: string
  readonly kind: GranteeKind
}

/** `Default` and `Anonymous` are called so in every language of Exchange. The SIDs: world, anonymous, signed in. */
const EVERYONE = new Set(
  ['default', 'anonymous', 'everyone', 'domain users', 'nt authority\\authenticated users']
    .concat('nt authority\\anonymous logon', 'authenticated users', 'all users')
    .concat('s-1-1-0', 's-1-5-7', 's-1-5-11'),
)

/** The owner himself, by name and SID, and the members a group’s mailbox is made with. */
const NOBODY = new Set(['nt authority\\self', 'self', 's-1-5-10', 'member@local', 'owner@local', ''])

/** Reads a user parameter in whatever form it was typed: address, alias, GUID, path, guest, shared-with stranger. */
export function grantee(given: string, record: AuditRecord, tenant: TenantFacts): Grantee {
  const name = bareName(given)
  return { name, kind: kindOf(name, record, tenant) }
}

function kindOf(name: string, record: AuditRecord, tenant: TenantFacts): GranteeKind {
  if (NOBODY.has(name)) return 'nobody'
  if (EVERYONE.has(name)) return 'everyone'
  if (name.startsWith('serviceprincipal_')) return 'application'
  const [read] = recipients(name)
  if (read?.kind === 'address' && !isInternal(read.domain, record, tenant)) return 'outside'
  return isActor(name, record.actor) ? 'self' : 'inside'
}

/** Administrators type aliases: `helen` by helen@… is herself. */
function isActor(name: string, actor: string): boolean {
  return name === actor || (actor.includes('@') && !name.includes('@') && name === actor.split('@')[0])
}

/** The last part of a directory path, `EURP…/Hosted Organizations/…/anna`; a legacy DN stays as it is. */
export function bareName(given: string): string {
  const name = given.trim().replace(/^"(.*)"$/, '$1')
  const last = /^\/o=/i.test(name) ? name : (name.split('/').at(-1) ?? name)
  return last.trim().toLowerCase().slice(0, 120)
}
