import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { destinationKey, reachOf } from './destinations.ts'
import { isPublicProvider } from './domains.ts'
import { forwarding } from './forwardings.ts'
import type { Recipient } from './recipients.ts'

/**
 * Mailboxes by destination, and by nothing else: an address of the caller in the key would part victims that were
 * visited from several. Mail flow rules count as one mailbox together, however many there are.
 */
export function* fanInSignals(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const found = forwarding(record)
  if (found === undefined) return
  const { mailbox, by, recipients } = found
  for (const to of recipients)
    yield {
      key: [destinationKey(to)],
      measure: measureOf(to, record, tenant),
      members: [mailbox ?? 'mail flow rules'],
      mailbox,
      note: by,
    }
}

function measureOf(to: Recipient, record: AuditRecord, tenant: TenantFacts): string {
  const reach = reachOf(to, record, tenant)
  return reach === 'outside' && to.kind === 'address' && isPublicProvider(to.domain) ? 'provider' : reach
}
