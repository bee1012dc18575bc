import { domainOf } from '../detections/kit/domains.ts'
import { asciiDomain } from '../detections/kit/recipients.ts'
import type { AuditRecord } from '../model/audit-record.ts'
import type { TenantFacts } from '../model/detection.ts'
import type { State } from '../stores/state.ts'

/** What the tenant's own domains are taken to be. */
export interface TenantDomains {
  /** `owners`: the domains of mailbox owners in what is about to be judged, which are learned first. */
  facts(owners: Iterable<string>): Promise<TenantFacts>
}

const LEARNED = 'domains'

/** Domains somebody configured: they decide alone. */
export function configuredDomains(
  tenant: string,
  domains: readonly string[],
  declared?: Partial<Declared>,
): TenantDomains {
  const own = new Set(domains.flatMap(domain => asciiDomain(domain) ?? []))
  const facts = tenantFacts(tenant, own, true, declared)
  return { facts: async () => facts }
}

/**
 * Domains learned from the owners of mailboxes seen so far, and kept. What is judged before a domain was first
 * seen may call it foreign: a wrong alarm, never a missed one. Configuring the domains ends that.
 */
export function learnedDomains(tenant: string, state: State, declared?: Partial<Declared>): TenantDomains {
  return {
    async facts(owners) {
      const known = new Set((await state.read<string[]>(LEARNED)) ?? [])
      const before = known.size
      for (const domain of owners) known.add(domain)
      if (known.size > before) await state.write(LEARNED, [...known].sort())
      return tenantFacts(tenant, known, false, declared)
    },
  }
}

export function* ownerDomains(records: Iterable<AuditRecord>): Iterable<string> {
  for (const { body, mailbox } of records) {
    if (mailbox === undefined || body.MailboxOwnerUPN === undefined) continue
    const domain = domainOf(mailbox)
    if (domain !== undefined) yield domain
  }
}

/** Facts whose domains grow. */
export function withOwners(facts: TenantFacts): {
  readonly facts: TenantFacts
  learn(domains: Iterable<string>): void
} {
  const domains = new Set(facts.domains)
  return {
    facts: {
      ...facts,
      domains,
      isInternal: (domain, at) => facts.isInternal(domain, at) || domains.has(domain),
    },
    learn(more) {
      for (const domain of more) domains.add(domain)
    },
  }
}

/** Domains and, with them, who we are ourselves: that is known once we have signed in. */
export function knowingSelf(domains: TenantDomains, self: () => Promise<ReadonlySet<string>>): TenantDomains {
  return { facts: async owners => ({ ...(await domains.facts(owners)), self: await self() }) }
}

/** What somebody declared about the tenant, besides its domains. */
export type Declared = Pick<
  TenantFacts,
  'self' | 'decoys' | 'isTrustedApp' | 'isTrustedNetwork' | 'isSensitive'
>

export const NOTHING_DECLARED: Declared = {
  self: new Set(),
  decoys: new Set(),
  isTrustedApp: () => false,
  isTrustedNetwork: () => false,
  isSensitive: () => false,
}

export function tenantFacts(
  id: string,
  domains: ReadonlySet<string>,
  domainsKnown: boolean,
  declared: Partial<Declared> = {},
  seen: Partial<Seen> = {},
): TenantFacts {
  const isInternal = (domain: string) => domains.has(domain)
  return { id, domains, domainsKnown, isInternal, ...NOTHING_DECLARED, ...declared, ...NOTHING_SEEN, ...seen }
}

/** What the directory is known to hold, besides domains. */
export type Seen = Pick<TenantFacts, 'contact' | 'application' | 'person'>

export const NOTHING_SEEN: Seen = {
  contact: () => undefined,
  application: () => undefined,
  person: () => undefined,
}
