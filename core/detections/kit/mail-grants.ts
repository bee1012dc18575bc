import type { AuditRecord } from '../../model/audit-record.ts'
import type { EntraBody } from '../../model/bodies.ts'
import { text } from '../../model/values.ts'
import { newGrants, refusal } from './consent.ts'
import { described, modifiedProperties, targets } from './entra.ts'
import { type AppRole, grantedRole, isMailScope, scopeName } from './permissions.ts'

/** The mail or power role that an app role assignment hands out. Its target is the API, not the application. */
export function assignedRole(body: EntraBody): AppRole | undefined {
  const properties = modifiedProperties(body)
  const { appId } = described(targets(body))
  const addresses = properties.get('targetid.serviceprincipalnames')?.newValue ?? text(body.ObjectId)
  return grantedRole({
    id: properties.get('approle.id')?.newValue,
    value: properties.get('approle.value')?.newValue,
    resource: appId ?? addresses,
  })
}

/** Operations by which an application comes to permissions. */
export const GRANTS = [
  'Consent to application',
  'Add delegated permission grant',
  'Add OAuth2PermissionGrant',
  'Add app role assignment to service principal',
] as const

export function isGrant(operation: string): boolean {
  return (GRANTS as readonly string[]).includes(operation)
}

/** The permissions a record gives an application that reach mail, or lead there. */
export function mailGranted({ body, succeeded }: Pick<AuditRecord, 'body' | 'succeeded'>): readonly string[] {
  if (refusal(body, succeeded) !== undefined) return []
  const role = assignedRole(body)
  if (role !== undefined) return [role.name]
  return [...new Set(newGrants(body).flatMap(({ scopes }) => scopes.filter(isMailScope)))].map(scopeName)
}
