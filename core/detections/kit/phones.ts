import type { Address } from '../../model/address.ts'
import type { AuditRecord } from '../../model/audit-record.ts'
import { remember } from '../../model/remember.ts'

/** Read by a phone: such a program keeps one session for months and takes it everywhere. */
export function isPhone({ client }: Pick<AuditRecord, 'client'>): boolean {
  return client?.family === 'mobile' || client?.family === 'activesync'
}

/**
 * The /16 or /32 an address is in, which is about what one provider has. Carriers give a phone another /24 or /64
 * whenever it loses its cell, several times on one way to work.
 */
export function providerOf({ network }: Pick<Address, 'network'>): string {
  return provider(network)
}

const provider = remember(network => {
  const [first, second] = network.split(network.includes(':') ? ':' : '.')
  return network.includes(':') ? `${first}:${second}::/32` : `${first}.${second}.0.0/16`
})
