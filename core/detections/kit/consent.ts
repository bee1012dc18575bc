import type { EntraBody } from '../../model/bodies.ts'
import { flag } from '../../model/values.ts'
import { directoryApp } from './directory-apps.ts'
import { type Modified, modifiedProperties } from './entra.ts'

/** Scopes an application was newly given in somebody's name. */
export interface Grant {
  /**
   * The application's service principal in this tenant. A consent and the grant record written beside it have this
   * one name of the application in common.
   */
  readonly client: string
  /** For everybody in the tenant, not for one person. */
  readonly tenantWide: boolean
  /** In lower case, without the name of the API. */
  readonly scopes: readonly string[]
}

/**
 * What a consent or a delegated grant adds: the new scopes minus the old, grant by grant. A record can hold several
 * grants, and repeats those that were there before. Without the operation's name a removal reads the same.
 */
export function newGrants(body: EntraBody): readonly Grant[] {
  const properties = modifiedProperties(body)
  const permissions = properties.get('consentaction.permissions')?.newValue
  const grants = permissions === undefined ? delegated(properties) : consented(permissions)
  const { objectId, appId } = directoryApp(body)
  const forAll = flag(properties.get('consentcontext.onbehalfofall')?.newValue) === true
  return grants
    .filter(({ scopes }) => scopes.length > 0)
    .map(({ client, type, scopes }) => ({
      client: (client ?? objectId ?? appId ?? 'unknown').slice(0, 100),
      tenantWide: type === undefined ? forAll : type === 'allprincipals',
      scopes,
    }))
}

interface Read {
  readonly client?: string | undefined
  readonly type?: string | undefined
  readonly scopes: readonly string[]
}

function delegated(properties: ReadonlyMap<string, Modified>): Read[] {
  const scope = properties.get('delegatedpermissiongrant.scope')
  const type = properties.get('delegatedpermissiongrant.consenttype')
  const before = new Set(tokens(scope?.oldValue))
  const scopes = tokens(scope?.newValue).filter(token => !before.has(token))
  return [{ type: (type?.newValue ?? type?.oldValue)?.toLowerCase(), scopes }]
}

/**
 * `[[…]] => [[Id: …, ClientId: …, PrincipalId: …, ResourceId: …, ConsentType: Principal, Scope:  a b, …], […]]; `:
 * text of its own, no JSON. Older records have no ClientId, refused consents one of zeros.
 */
function consented(text: string): Read[] {
  return text.split(';').flatMap(part => {
    const cut = part.indexOf('=>')
    const before = new Map(listed(part.slice(0, Math.max(cut, 0))).map(entry => [entry.id, entry.scopes]))
    return listed(cut < 0 ? part : part.slice(cut + 2)).map(({ id, scopes, ...rest }) => {
      const had = new Set(before.get(id))
      return { ...rest, scopes: scopes.filter(token => !had.has(token)) }
    })
  })
}

const NOBODY = /^0{8}-(?:0{4}-){3}0{12}$/

function listed(side: string) {
  return Array.from(side.matchAll(/\[([^[\]]+)/g), ([, entry = '']) => {
    const fields = new Map(
      Array.from(entry.matchAll(/(\w+):\s*([^,]*)/g), ([, name = '', value = '']) => [
        name.toLowerCase(),
        value.trim(),
      ]),
    )
    const client = fields.get('clientid')?.toLowerCase()
    const type = fields.get('consenttype')?.toLowerCase()
    return {
      // Whose grant, on which API: the same scope for one more person, or for everybody, is new.
      id: `${fields.get('principalid')} ${fields.get('resourceid')} ${type}`,
      client: client === undefined || client === '' || NOBODY.test(client) ? undefined : client,
      type,
      scopes: tokens(fields.get('scope')),
    }
  })
}

/** `https://<api>/IMAP.AccessAsUser.All` is the same scope as without the API's name. */
export function tokens(scopes: string | undefined): readonly string[] {
  const all = (scopes ?? '').toLowerCase().split(/\s+/)
  return [...new Set(all.map(token => token.slice(token.lastIndexOf('/') + 1)).filter(token => token !== ''))]
}

/**
 * Was it refused? The record lists the wanted scopes just the same; besides the status, the reason is an exception by
 * name: `Microsoft.Online.Security.UserConsentBlockedForRiskyAppsException`.
 */
export function refusal(body: EntraBody, succeeded: boolean): string | undefined {
  const properties = modifiedProperties(body)
  const exception = properties.get('methodexecutionresult.')?.newValue
  const reason = properties.get('consentaction.reason')?.newValue ?? exception?.split('.').at(-1)
  return succeeded && !/exception/i.test(exception ?? '') ? undefined : (reason ?? 'no reason recorded')
}
