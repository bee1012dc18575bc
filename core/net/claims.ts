import { Buffer } from 'node:buffer'

/** What a token says of the application it was given to. */
export interface Claims {
  /** Ids of the application and of its service principal, lower-case. */
  readonly ids: readonly string[]
  /** Application permissions, by name. */
  readonly roles: readonly string[]
}

/**
 * Read without checking the signature: it is our own token, and what it says decides nothing but what we tell of ourselves.
 * `undefined` for a token that is not readable, which a token may be.
 */
export function claimsOf(token: string): Claims | undefined {
  let claims: unknown
  try {
    claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
  if (typeof claims !== 'object' || claims === null) return undefined
  const read = (name: string): unknown => Reflect.get(claims, name)
  const ids = ['appid', 'azp', 'oid'].flatMap(name => texts([read(name)]))
  const roles = read('roles')
  return {
    ids: [...new Set(ids.map(id => id.toLowerCase()))],
    roles: Array.isArray(roles) ? texts(roles) : [],
  }
}

/** Far more than any application has. */
const MOST = 200

function texts(values: readonly unknown[]): string[] {
  return values
    .filter(value => typeof value === 'string' && value !== '' && value.length <= 100)
    .slice(0, MOST) as string[]
}
