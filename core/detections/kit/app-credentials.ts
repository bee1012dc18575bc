import type { AuditRecord } from '../../model/audit-record.ts'
import type { EntraBody } from '../../model/bodies.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { isObject, json, text } from '../../model/values.ts'
import { appKey, directoryApp, noted } from './directory-apps.ts'
import { entries, type Modified, modifiedProperties } from './entra.ts'
import { isGrant, mailGranted } from './mail-grants.ts'

/** Operations that bring new credentials: on the registration, on its principal, and with either's creation. */
export const CREDENTIAL_CHANGES = [
  'Add service principal credentials',
  'Update application – Certificates and secrets management',
  'Add application',
  'Update application',
  'Update service principal',
] as const

/** Ways to sign in as an application that a record says are new. */
export interface NewCredentials {
  /** Ids of new secrets and certificates. */
  readonly keys: readonly string[]
  /** There was none before. */
  readonly first: boolean
  /** `issuer (subject)` of identity providers trusted from now on. */
  readonly federated: readonly string[]
  /** What kinds, in words: `secret`, `certificate`. */
  readonly kinds: readonly string[]
}

/**
 * The difference of `KeyDescription`, a list of `[KeyIdentifier=…,KeyType=Password,KeyUsage=Verify,DisplayName=…]`,
 * and of `FederatedIdentityCredentials`. Removals and renames leave nothing. `event` stands for a key without id,
 * and for one that a record of the operation that only ever adds does not describe at all.
 */
export function newCredentials(body: EntraBody, operation: string, event: string): NewCredentials {
  const properties = modifiedProperties(body)
  const described = properties.get('keydescription')
  const untold = described === undefined && operation === 'Add service principal credentials'
  const keys = untold ? [{ id: event, kind: 'credential' }] : newKeys(described, event)
  const federation = properties.get('federatedidentitycredentials')
  const trusted = new Set(providers(federation?.oldValue))
  return {
    keys: keys.map(key => key.id),
    first: described !== undefined && entries(described.oldValue).length === 0,
    federated: providers(federation?.newValue).filter(provider => !trusted.has(provider)),
    kinds: [...new Set(keys.map(key => key.kind))],
  }
}

interface Key {
  readonly id: string
  readonly kind: string
}

function newKeys(change: Modified | undefined, event: string): Key[] {
  const before = new Set(keysOf(change?.oldValue).map(({ id }) => id))
  const now = keysOf(change?.newValue)
  if (now.length > 0) return now.filter(({ id }) => !before.has(id))
  const unreadable = entries(change?.newValue).length > 0 && change?.newValue !== change?.oldValue
  return unreadable ? [{ id: event, kind: 'credential' }] : []
}

function keysOf(value: string | undefined): Key[] {
  return Array.from(
    (value ?? '').matchAll(/KeyIdentifier=([^,\]"\\]+)([^\]]*)/gi),
    ([, id = '', rest = '']) => ({
      id: id.toLowerCase(),
      kind: /KeyType=Password/i.test(rest)
        ? 'secret'
        : /KeyType=\w*X509/i.test(rest)
          ? 'certificate'
          : 'credential',
    }),
  )
}

/** Who may speak for the application: issuer and subject, or issuer and the expression that stands for the subject. */
function providers(value: string | undefined): string[] {
  return entries(value).map(entry => {
    const read = json(entry)
    if (!isObject(read)) return entry
    const part = (name: string) =>
      text(Object.entries(read).find(([key]) => key.toLowerCase() === name)?.[1]) ?? ''
    return `${part('issuer')} (${part('subject') || part('claimsmatchingexpressionvalue')})`
  })
}

/**
 * What an application can newly sign in with, that it was given mail, and that it is known to hold rights on mail. A grant made over Graph names the application by
 * its object alone, so that a credential was added is said under both names.
 */
export function* credentialSignals(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const { body, operation } = record
  const app = directoryApp(body)
  const key = [appKey(app)] as const
  if (isGrant(operation)) {
    const given = mailGranted(record).join(', ')
    if (given !== '') yield { key, measure: 'mail', note: noted(record, app, `${given} granted`) }
    return
  }
  const { keys, kinds, first, federated } = newCredentials(body, operation, record.event)
  if (keys.length + federated.length === 0) return
  const rights = tenant.application(key[0])?.rights ?? []
  const mail = [...new Set(rights.map(({ permission }) => permission))].slice(0, 3)
  const what = [
    ...kinds,
    ...federated.map(by => `trust in ${by}`),
    ...(mail.length > 0 ? [`it holds ${mail.join(' and ')}`] : []),
  ].join(', ')
  const note = noted(record, app, what)
  yield { key, measure: 'added', note }
  const object = { objectId: app.objectId, name: app.name }
  if (app.appId !== undefined && app.objectId !== undefined)
    yield { key: [appKey(object)], measure: 'added', note: noted(record, object, what) }
  if (federated.length > 0) yield { key, measure: 'federated', members: federated, note }
  const grade = record.appOnly ? 'by-application' : first ? 'first' : 'further'
  if (keys.length > 0) yield { key, measure: grade, members: keys, note }
  // What people consented to takes a person each time; a credential alone opens nothing with it.
  if (rights.some(({ how }) => how === 'app')) yield { key, measure: 'holder', note }
}
