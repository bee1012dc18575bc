import type { AuditRecord } from '../../model/audit-record.ts'
import { type Signal, TENANT_KEY, type TenantFacts } from '../../model/detection.ts'
import { flag, text } from '../../model/values.ts'
import { CREDENTIAL_CHANGES } from './app-credentials.ts'
import { directoryApp } from './directory-apps.ts'
import { entries, modifiedProperties } from './entra.ts'

/** What Entra records when an application loses what it may do, or is taken away itself. */
export const REMOVED_RIGHTS = [
  'Remove app role assignment from service principal',
  'Remove delegated permission grant',
  'Remove OAuth2PermissionGrant',
] as const
export const REMOVED_APPS = ['Delete application', 'Remove service principal'] as const
export const REMOVED_CREDENTIALS = ['Remove service principal credentials'] as const

const RIGHTS: ReadonlySet<string> = new Set(REMOVED_RIGHTS)
const GONE: ReadonlySet<string> = new Set(REMOVED_APPS)
const CREDENTIALS: ReadonlySet<string> = new Set([...REMOVED_CREDENTIALS, ...CREDENTIAL_CHANGES])

const KEY = [TENANT_KEY, 'own'] as const

/** What happened to our own application: told by records about its ids, or seen by ourselves. */
export function* ownAppSignals(record: AuditRecord, { self }: Pick<TenantFacts, 'self'>): Iterable<Signal> {
  const { body, event, operation, succeeded } = record
  if (operation === 'OwnPermissionRemoved' || operation === 'OwnCredentialChanged') {
    const what = text(body.ObjectId)?.slice(0, 100) ?? 'not named'
    const measure = operation === 'OwnPermissionRemoved' ? 'permission' : 'credential'
    yield { key: KEY, measure, members: [what], note: what }
    return
  }
  const { appId, objectId } = directoryApp(body)
  if (!succeeded || ![appId, objectId].some(id => id !== undefined && self.has(id))) return
  const properties = modifiedProperties(body)
  if (RIGHTS.has(operation)) {
    const role = properties.get('approle.value') ?? properties.get('delegatedpermissiongrant.scope')
    const what = (role?.oldValue ?? role?.newValue ?? 'a permission').trim().slice(0, 100)
    yield { key: KEY, measure: 'permission', members: [what], note: what }
  } else if (GONE.has(operation)) {
    yield { key: KEY, measure: 'permission', members: ['the application'], note: 'the application itself' }
  } else if (operation === 'Update service principal' && isOff(properties.get('accountenabled')?.newValue)) {
    yield { key: KEY, measure: 'permission', members: ['sign-in'], note: 'its sign-in' }
  } else if (CREDENTIALS.has(operation) && changesCredentials(operation, properties)) {
    yield { key: KEY, measure: 'credential', members: [event], note: operation }
  }
}

function isOff(value: string | undefined): boolean {
  return entries(value).some(entry => flag(entry) === false)
}

/** Every edit of a registration repeats its keys; those that only ever change credentials may leave them out. */
function changesCredentials(operation: string, properties: ReturnType<typeof modifiedProperties>): boolean {
  const told = ['keydescription', 'federatedidentitycredentials'].flatMap(name => properties.get(name) ?? [])
  if (told.length === 0) return /credentials$|secrets management$/.test(operation)
  return told.some(({ oldValue, newValue }) => oldValue !== newValue)
}
