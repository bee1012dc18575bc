import type { AuditRecord } from '../../model/audit-record.ts'
import type { TenantFacts } from '../../model/detection.ts'
import { appKind } from './microsoft-apps.ts'

/**
 * Is this Microsoft's own service at work? Its parts read every mailbox, named as the owner, as
 * `Client=REST;Client=RESTSystem;;`. The string proves nothing: third-party access with an application token
 * carries it too. What third parties cannot do is reach REST other than through Graph from Microsoft's own network.
 */
export function isServiceItself({ app, appOnly, api, client, address }: AuditRecord): boolean {
  if (app === undefined) return false
  const kind = appKind(app)
  if (kind === 'service') return true
  if (appOnly || kind === 'mail-program' || kind === 'graph') return false
  if (client?.family !== 'rest' || api !== undefined) return false
  return address?.owner === 'microsoft' || address?.owner === 'azure'
}

/**
 * The application to count mailboxes and messages under, where the reader is a program rather than a person's
 * own mail client; `undefined` otherwise.
 */
export function countedApplication(record: AuditRecord): string | undefined {
  const { app, client } = record
  if (app === undefined) return record.appOnly ? record.actor : undefined
  if (isServiceItself(record)) return undefined
  if (record.appOnly) return `app:${app}`
  if (client?.family !== 'rest' && client?.family !== 'ews') return undefined
  const kind = appKind(app)
  if (kind === 'mail-program' || kind === 'graph') return undefined
  if (kind !== 'exchange-web-services') return `app:${app}`
  return client.program === undefined ? undefined : `app:${app}/${client.program}`
}

/**
 * Did somebody vouch for the program that reads here, and for where it is used from? Of programs that are counted as such only: an id that people's own
 * mail clients or any EWS script go by is nobody's to vouch for.
 */
export function isTrusted(record: AuditRecord, tenant: TenantFacts): boolean {
  const { app, address } = record
  if (app === undefined || !tenant.isTrustedApp(app, address)) return false
  return appKind(app) !== 'exchange-web-services' && countedApplication(record) !== undefined
}
