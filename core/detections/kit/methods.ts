import type { AuditRecord } from '../../model/audit-record.ts'
import { METHODS } from '../../model/identity-operations.ts'
import { isObject, json, lower, text } from '../../model/values.ts'
import { described, entries, type Modified, modifiedProperties, targets } from './entra.ts'

/** Something new that a person can sign in with. */
export interface NewMethod {
  /** Whose: lower-case UPN. */
  readonly user: string
  /** In words. Numbers and addresses that identify the method are left out. */
  readonly what: string
}

const DEVICES: ReadonlySet<string> = new Set([
  'Register device',
  'Add registered owner to device',
  'Add registered users to device',
])
const INFO: ReadonlySet<string> = new Set(METHODS)

/** `undefined` for what failed, for other changes of a user, and where the record does not tell whose it is. */
export function newMethod(record: AuditRecord): NewMethod | undefined {
  if (!record.succeeded) return undefined
  const what = whatIn(record)
  const user = what === undefined ? undefined : userOf(record)
  return what === undefined || user === undefined ? undefined : { user, what }
}

function whatIn({ body, operation }: AuditRecord): string | undefined {
  if (DEVICES.has(operation)) return 'a device'
  if (operation === 'User changed default security info') return 'another default method'
  if (operation !== 'Update user') return INFO.has(operation) ? 'a sign-in method' : undefined
  const properties = modifiedProperties(body)
  const found = CHANGES.find(([name, identity]) => isAdded(properties.get(name), identity))
  return found?.[2]
}

/**
 * What tells one entry from another. Every use of an authenticator rewrites its entry with the time, so comparing whole
 * entries would call each sign-in news.
 */
const CHANGES = [
  ['strongauthenticationphoneappdetail', ['Id', 'DeviceId'], 'an authenticator app'],
  ['strongauthenticationmethod', ['MethodType'], 'a sign-in method'],
  [
    'strongauthenticationuserdetails',
    ['PhoneNumber', 'AlternativePhoneNumber', 'VoiceOnlyPhoneNumber', 'Email'],
    'a phone number or address',
  ],
] as const

function isAdded(change: Modified | undefined, fields: readonly string[]): boolean {
  const before = identities(change?.oldValue, fields)
  return [...identities(change?.newValue, fields)].some(id => !before.has(id))
}

function identities(value: string | undefined, fields: readonly string[]): ReadonlySet<string> {
  return new Set(
    entries(value).flatMap(entry => {
      const read = json(entry)
      return isObject(read) ? fields.flatMap(field => text(read[field]) ?? []) : []
    }),
  )
}

/** The target of the change. Entra’s own services change methods for people, so the actor is only the last resort. */
function userOf({ actor, body }: AuditRecord): string | undefined {
  return [described(targets(body)).upn, lower(body.ObjectId), actor].find(name => name?.includes('@'))
}
