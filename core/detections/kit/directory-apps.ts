import type { AuditRecord } from '../../model/audit-record.ts'
import type { EntraBody } from '../../model/bodies.ts'
import { isGuid, lower, text } from '../../model/values.ts'
import { actors, described, modifiedProperties, targets } from './entra.ts'
import { names } from './words.ts'

/** The application an Entra record is about. */
export interface DirectoryApp {
  /** The application's id, the same in every tenant. */
  readonly appId?: string | undefined
  /** Id of the object in this tenant: its service principal, or the registration itself. */
  readonly objectId?: string | undefined
  readonly name?: string | undefined
}

/**
 * Grants and owner records name the application among the properties (`ServicePrincipal.ObjectID`,
 * `Application.AppId`), since their target is the API or the new owner; all others have it as the target. Delegated
 * grants made over Graph leave everything but the object id empty.
 */
export function directoryApp(body: EntraBody): DirectoryApp {
  const properties = modifiedProperties(body)
  for (const kind of ['serviceprincipal', 'application']) {
    const [objectId, appId, name] = ['objectid', 'appid', 'displayname'].map(part => {
      const change = properties.get(`${kind}.${part}`)
      return change?.newValue ?? change?.oldValue
    })
    if (objectId !== undefined || appId !== undefined)
      return { appId: appId?.toLowerCase(), objectId: objectId?.toLowerCase(), name }
  }
  const { appId, objectId, name } = described(targets(body))
  const object = lower(body.ObjectId)
  return { appId: appId ?? (object !== undefined && isGuid(object) ? object : undefined), objectId, name }
}

/** What an application is counted under: its id where the record has one. Keys of storage are short. */
export function appKey({ appId, objectId, name }: DirectoryApp): string {
  return (appId ?? objectId ?? name ?? 'an application without a name').slice(0, 100)
}

/** `"Mail archive" (<id>)`. Whoever registers an application names it as he likes, so the name is quoted. */
export function appLabel(app: DirectoryApp): string {
  const id = app.appId ?? app.objectId
  if (app.name === undefined) return `the application ${id ?? 'without a name'}`
  return id === undefined ? `"${app.name.slice(0, 60)}"` : `"${app.name.slice(0, 60)}" (${id})`
}

/** `<label>: <what>`, and by which application, where one acted by itself: its actor is an object id. */
export function noted(
  record: Pick<AuditRecord, 'appOnly' | 'body'>,
  app: DirectoryApp,
  what: string,
): string {
  const by = record.appOnly ? described(actors(record.body)).name : undefined
  return `${appLabel(app)}: ${what}${by === undefined ? '' : ` (by "${by.slice(0, 60)}")`}`
}

/**
 * Notes of the form `<label>: <what>`, put together: the application once, then everything said of it. Of two records
 * of one act often only one names the application.
 */
export function toldOf(notes: readonly string[], most = 4): { readonly app: string; readonly what: string } {
  const parts = notes.map(
    note => /^(the application \S+|".*?"(?: \([\w-][\w, -]*\))?): (.*)$/s.exec(note) ?? ['', '', note],
  )
  const labels = parts.flatMap(([, label]) => (label === undefined || label === '' ? [] : [label]))
  const what = [...new Set(parts.map(([, , said = '']) => said))]
  return {
    app: labels.find(label => label.startsWith('"')) ?? labels[0] ?? 'an application',
    what: names(what, most),
  }
}

/** The ids of applications that provision others in every tenant, as Microsoft publishes them. */
const PROVISIONERS = new Set([
  'ef5d5c69-a5df-46bb-acaf-426f161a21a2', // Managed Service Identity
  '797f4846-ba00-4fd7-ba43-dac1f8f63013', // Windows Azure Service Management API
  'f0ae4899-d877-4d3c-ae25-679e38eea492', // AAD App Management
  '9d8f559b-5984-46a4-902a-ad4271e83efa', // Power Virtual Agents Service
])

/** Recorded by name alone, as `Other` with the user `Certificate`. */
const INTERNAL_PROVISIONER = 'Microsoft Azure AD Internal - Jit Provisioning'

/**
 * Did Microsoft's own provisioning do it? Told by application id, or by the full name together with UserType 3 or 4
 * and no service principal behind it: anybody can name an application so, but it would then have one in the tenant.
 */
export function isProvisioning(body: EntraBody, userType: number | undefined): boolean {
  const { appId, objectId, kind, name } = described(actors(body))
  const known = modifiedProperties(body).get('actorid.serviceprincipalnames')?.newValue
  const ids = [appId, ...(known?.toLowerCase().split(';') ?? [])]
  if (ids.some(id => id !== undefined && PROVISIONERS.has(id))) return true
  if (userType !== 3 && userType !== 4) return false
  return name === INTERNAL_PROVISIONER && kind === undefined && objectId === undefined
}

/** Who acted, in words: `the application serviceprincipal_<id>` for one that acted by itself. */
export function actorName(actor: string): string {
  return actor.startsWith('app:') ? `the application ${actor.slice(4)}` : actor
}

/** UPN or object id of the one who acted, to compare with a target's. */
export function actorIds(body: EntraBody): readonly string[] {
  const { upn, objectId } = described(actors(body))
  return [upn, objectId, text(body.UserId)?.toLowerCase()].filter(id => id !== undefined)
}
