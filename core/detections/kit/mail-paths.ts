import type { AuditRecord } from '../../model/audit-record.ts'
import type { TenantFacts } from '../../model/detection.ts'
import { isServiceItself } from './applications.ts'
import { appKind } from './microsoft-apps.ts'

const GRAPH = '00000003-0000-0000-c000-000000000000'
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000'

export interface MailPath {
  readonly app: string
  /** `graph`: behind Graph. `direct`: at Exchange itself, over EWS, IMAP, POP and the like. */
  readonly path: 'graph' | 'direct'
}

/**
 * Which way an application came to a mailbox. Not of Microsoft's own programs and services, which use every way, not of ids
 * that name no application, and not of applications somebody vouched for.
 */
export function mailPath(record: AuditRecord, tenant: TenantFacts): MailPath | undefined {
  const { api, app, client } = record
  if (app === undefined || appKind(app) !== 'other' || tenant.isTrustedApp(app) || isServiceItself(record))
    return undefined
  if (api === GRAPH) return { app, path: 'graph' }
  // Reads over REST that name no API have been Graph's as well.
  if ((api !== undefined && api !== EXCHANGE) || client === undefined || client.family === 'rest')
    return undefined
  return client.family === 'owa' || client.family === 'other' ? undefined : { app, path: 'direct' }
}
