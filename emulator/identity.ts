import { randomBytes } from 'node:crypto'
import { type Call, jsonReply, type Reply } from './http.ts'
import type { Role, Settings } from './options.ts'

/** The managed-identity endpoint of App Service, and the memory of the tokens it gave out. */
export interface Identity {
  readonly header: string
  token(call: Call): Reply
  /** The live token behind an `Authorization` header, if the Management API, or Graph, takes it. */
  accept(authorization: string | undefined, service?: 'management' | 'graph'): Token | undefined
  forget(authorization: string | undefined): void
  grant(role: Role): void
  revoke(role: Role): void
}

export interface Token {
  readonly resource: string
  readonly roles: readonly Role[]
  readonly expires: number
}

const API_VERSION = '2019-08-01'
const MANAGEMENT_AUDIENCES = [
  'https://manage.office.com',
  'https://manage-gcc.office.com',
  'https://manage.office365.us',
  'https://manage.protection.apps.mil',
]
const GRAPH_AUDIENCES = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
]

/** The client itself, as the tenant knows it. */
export const OWN_APP = {
  appId: '9d4c1f7a-2b1e-4a86-8b53-6c0e7d21f94a',
  /** Of its service principal. */
  objectId: '2e8b6c14-7d3f-4a95-b0c1-5f9e3a7d2b68',
}

/** In the form of a real one, so that a client can read what it says of itself, with a signature that nobody can check. */
function jwt(payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ typ: 'JWT', alg: 'RS256' })}.${part(payload)}.${randomBytes(32).toString('base64url')}`
}

/** A token names the roles of the resource it is for. */
function rolesAt(resource: string, roles: ReadonlySet<Role>): readonly Role[] {
  const graph = GRAPH_AUDIENCES.includes(withoutSlash(resource))
  return [...roles].filter(role => role.startsWith('ActivityFeed.') !== graph)
}

const withoutSlash = (resource: string) => resource.replace(/\/+$/, '').toLowerCase()
const bearer = (authorization = '') => /^Bearer (\S+)$/i.exec(authorization)?.[1]

export function makeIdentity(settings: Settings, ownUrl: () => string): Identity {
  const header = randomBytes(16).toString('hex')
  const tokens = new Map<string, Token>()
  const roles = new Set(settings.roles)
  const audiences = (service: 'management' | 'graph') => {
    const own = service === 'graph' ? GRAPH_AUDIENCES : MANAGEMENT_AUDIENCES
    return [...own, ...settings.audiences, ownUrl()].map(withoutSlash)
  }

  return {
    header,
    token: call => {
      if (call.headers['x-identity-header'] !== header)
        return refusal(401, 'The X-IDENTITY-HEADER is missing or wrong.')
      if (call.query.get('api-version') !== API_VERSION)
        return refusal(400, `The api-version must be ${API_VERSION}.`)
      const resource = call.query.get('resource')
      if (!resource) return refusal(400, 'The resource parameter is missing.')
      if (settings.signInError !== undefined)
        return jsonReply(400, { error: 'invalid_client', error_description: settings.signInError })
      const life = settings.tokenLifeSeconds * 1000
      const clientId = call.query.get('client_id') ?? OWN_APP.appId
      const held = rolesAt(resource, roles)
      const token = jwt({ aud: resource, appid: clientId, oid: OWN_APP.objectId, roles: held })
      tokens.set(token, { resource, roles: [...roles], expires: settings.clock.now() + life })
      const told = (settings.credentialNow ?? settings.clock.now)() + life
      return jsonReply(200, {
        access_token: token,
        expires_on: String(Math.floor(told / 1000)),
        resource,
        token_type: 'Bearer',
        client_id: clientId,
      })
    },
    accept: (authorization, service = 'management') => {
      const token = tokens.get(bearer(authorization) ?? '')
      if (!token || settings.clock.now() >= token.expires) return undefined
      return audiences(service).includes(withoutSlash(token.resource)) ? token : undefined
    },
    forget: authorization => void tokens.delete(bearer(authorization) ?? ''),
    grant: role => void roles.add(role),
    revoke: role => void roles.delete(role),
  }
}

const refusal = (status: number, message: string) => jsonReply(status, { statusCode: status, message })
