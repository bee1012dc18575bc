import type { AuditRecord } from '../../model/audit-record.ts'
import type { EntraBody } from '../../model/bodies.ts'
import type { Signal } from '../../model/detection.ts'
import { flag, isObject, json, list, text } from '../../model/values.ts'
import { actorIds, appKey, appLabel, directoryApp, isProvisioning, noted } from './directory-apps.ts'
import { added, described, entries, type Modified, modifiedProperties, targets } from './entra.ts'
import { permissionName } from './permissions.ts'

/**
 * Measures under the application: `changed` by a person or application, `set-up` by another application. Under the
 * actor: `many` applications set up. Under the consent policy: `policy`. What Microsoft provisions is none of it.
 */
export function* preparations(record: AuditRecord): Iterable<Signal> {
  const { actor, body, operation } = record
  if (!record.succeeded || isProvisioning(body, record.userType)) return
  if (operation === 'Update authorization policy') {
    if (riskyConsentAllowed(body))
      yield { key: ['consent policy'], measure: 'policy', note: 'risky applications allowed' }
    return
  }
  const app = directoryApp(body)
  const key = [appKey(app)] as const
  if (operation === 'Add service principal') {
    const note = noted(record, app, 'set up')
    yield { key: [actor], measure: 'many', members: [appKey(app)], note: appLabel(app) }
    if (record.appOnly) yield { key, measure: 'set-up', note }
    return
  }
  const owner = operation.startsWith('Add owner') ? newOwner(body) : undefined
  const changes =
    owner === undefined ? riskyChanges(body, operation === 'Add application') : [`owner ${owner} added`]
  if (changes.length > 0) yield { key, measure: 'changed', note: noted(record, app, changes.join(', ')) }
}

/** An owner added by somebody else. Whoever registers an application becomes its owner by the same record. */
export function newOwner(body: EntraBody): string | undefined {
  const { upn, objectId } = described(targets(body))
  const owner = upn ?? objectId ?? text(body.ObjectId)?.toLowerCase()
  const self = actorIds(body)
  return owner === undefined || [owner, objectId].some(id => id !== undefined && self.includes(id))
    ? undefined
    : owner
}

/**
 * Changes to a registration that make it easier to abuse, in words. Every later edit repeats the old values. A new
 * registration has sign-in addresses by nature.
 */
export function riskyChanges(body: EntraBody, isNew = false): readonly string[] {
  const properties = modifiedProperties(body)
  return [
    ...(isNew ? [] : redirects(properties.get('appaddress'))),
    ...requests(properties.get('requiredresourceaccess')),
    ...(opened(properties.get('availabletoothertenants')) ? ['opened to other tenants'] : []),
    ...(unlocked(properties.get('serviceprincipallockconfiguration')) ? ['property lock taken off'] : []),
  ]
}

/** New addresses that tokens are sent to. What stays on the user's own machine is a developer's. */
function redirects(change: Modified | undefined): string[] {
  const addresses = (value: string | undefined) =>
    entries(value).map(entry => {
      const read = json(entry)
      return isObject(read) ? (text(read.Address) ?? '') : entry
    })
  const before = new Set(addresses(change?.oldValue))
  return addresses(change?.newValue)
    .filter(address => address !== '' && !before.has(address) && !LOCAL.test(address))
    .map(address => `sign-in address ${address.slice(0, 100)} added`)
}

const LOCAL = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/i

/** Mail permissions it asks for that it did not before: requested, not granted. */
function requests(change: Modified | undefined): string[] {
  const before = new Set(entitlements(change?.oldValue))
  const names = entitlements(change?.newValue).flatMap(id =>
    before.has(id) ? [] : (permissionName(id) ?? []),
  )
  return [...new Set(names)].map(name => `asks for ${name}`)
}

function entitlements(value: string | undefined): string[] {
  return list(value).flatMap(resource =>
    isObject(resource)
      ? list(resource.RequiredAppPermissions).flatMap(permission =>
          isObject(permission) ? (text(permission.EntitlementId)?.toLowerCase() ?? []) : [],
        )
      : [],
  )
}

function opened(change: Modified | undefined): boolean {
  return added(change).some(value => flag(value) === true)
}

/** Any of its switches that was on and is not any more. */
function unlocked(change: Modified | undefined): boolean {
  const now = new Set(switchesOn(change?.newValue))
  return switchesOn(change?.oldValue).some(name => !now.has(name))
}

function switchesOn(value: string | undefined): string[] {
  return entries(value).flatMap(entry => {
    const read = json(entry)
    if (!isObject(read)) return []
    return Object.entries(read).flatMap(([name, on]) => (flag(on) === true ? [name.toLowerCase()] : []))
  })
}

/** The tenant’s consent policy lets people consent to applications Microsoft holds risky. */
export function riskyConsentAllowed(body: EntraBody): boolean {
  return opened(modifiedProperties(body).get('allowuserconsentforriskyapps'))
}
