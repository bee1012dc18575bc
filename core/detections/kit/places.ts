import type { AuditRecord } from '../../model/audit-record.ts'
import type { TenantFacts } from '../../model/detection.ts'

/**
 * The network a record came from, where that says something about a person: public, not the service's own, and not one
 * somebody vouched for. This is what the part `network` of a key holds.
 */
export function personalNetwork({ address }: AuditRecord, tenant: TenantFacts): string | undefined {
  if (address === undefined || address.owner === 'microsoft' || address.owner === 'private') return undefined
  return tenant.isTrustedNetwork(address) ? undefined : address.network
}
