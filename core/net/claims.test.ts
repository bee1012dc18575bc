import { describe, expect, it } from 'vitest'
import { claimsOf } from './claims.ts'

const token = (claims: unknown) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`

describe('the claims of a token', () => {
  it('are its ids in lower case, each once, and its roles', () => {
    const claims = { appid: 'ABC', azp: 'abc', oid: 'def', roles: ['ActivityFeed.Read'], upn: 'a@b.example' }
    expect(claimsOf(token(claims))).toEqual({ ids: ['abc', 'def'], roles: ['ActivityFeed.Read'] })
  })

  it('are none where it holds none', () => {
    expect(claimsOf(token({ roles: 'all', oid: 7 }))).toEqual({ ids: [], roles: [] })
  })

  it.each(['', 'opaque', 'a.b.c', token('text'), token(null), `x.${'%'}.y`])('are unknown in %j', given => {
    expect(claimsOf(given)).toBeUndefined()
  })

  it('are bounded', () => {
    const roles = Array.from({ length: 5_000 }, (_, n) => `r${n}`)
    expect(claimsOf(token({ roles: ['x'.repeat(101), ...roles] }))?.roles).toHaveLength(200)
  })
})
