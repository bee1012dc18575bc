import type { AuditRecord } from '../../model/audit-record.ts'
import { operationKey } from '../../model/operations.ts'
import { valueNamed } from './name-values.ts'

/** Services of Microsoft's that make out tokens for users to themselves, by the names that the log shows. */
const SERVICES = new Set([
  'office 365 exchange online',
  'office 365 sharepoint online',
  'skype for business online',
  'dataverse',
  'microsoft dynamics erp',
])

/** What Exchange does for whoever manages groups there, and what a service does as it sets up a tenant. */
const ORDINARY = /\bgroups?\b|^set directory feature on tenant$/

/** Changes that lead to the mail of others: applications, roles, domains, policies, and ways to sign in. */
const POWER =
  /\b(?:application|service principal|consent|permission grant|oauth2permissiongrant|role|domain|policy|password|security info|federation|partner|credentials)\b/

const DIRECTORY = 8

export interface ActorToken {
  /** As the log calls it: one of a few names. */
  readonly service: string
  /** At most 60 characters. */
  readonly what: string
  readonly reach: 'power' | 'other'
}

/**
 * A change in the directory under the name of a service and the address of a user: made with a token that the service
 * wrote for him. No such token is ever logged when it is made or read with, and no policy applies to it.
 */
export function actorToken(record: AuditRecord): ActorToken | undefined {
  const { actor, appOnly, body, operation, recordType, succeeded } = record
  if (recordType !== DIRECTORY || !succeeded || appOnly || !actor.includes('@')) return undefined
  const service = valueNamed(body.ExtendedProperties, 'InitiatedByDisplayName')
  if (service === undefined || !SERVICES.has(service.toLowerCase())) return undefined
  const key = operationKey(operation)
  if (ORDINARY.test(key)) return undefined
  return { service, what: operation.slice(0, 60), reach: POWER.test(key) ? 'power' : 'other' }
}
