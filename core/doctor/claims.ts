import { isObject, json, text } from '../model/values.ts'

/** What a token says of itself. Read to tell people, never to decide on access: the signature is not checked. */
export interface TokenClaims {
  /** Application permissions; `undefined` where the token is not one that can be read. */
  readonly roles: readonly string[] | undefined
  /** Object id of its service principal, which roles are given to. */
  readonly principal: string | undefined
}

export function claimsOf(token: string): TokenClaims {
  const payload = json(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  if (!isObject(payload)) return { roles: undefined, principal: undefined }
  const roles = Array.isArray(payload.roles) ? payload.roles.flatMap(role => text(role) ?? []) : []
  return { roles, principal: text(payload.oid) }
}
