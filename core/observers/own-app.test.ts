import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { FeedError } from '../model/errors.ts'
import type { Observation } from '../model/observation.ts'
import type { TokenSource } from '../net/token.ts'
import { makeMemoryTables } from '../stores/memory.ts'
import { makeState } from '../stores/state.ts'
import { makeOwnAppObserver, OWN_APP, type OwnApp } from './own-app.ts'

const signal = new AbortController().signal
const token = (roles: readonly string[], oid = 'OBJECT') =>
  `x.${Buffer.from(JSON.stringify({ appid: 'app', oid, roles })).toString('base64url')}.y`

function setUp(tables = makeMemoryTables()) {
  const state = makeState(tables, 't')
  const told: Observation[] = []
  let now = 1_000
  const issued: Record<string, string | FeedError | Promise<string>> = { audit: token(['ActivityFeed.Read']) }
  const source = (service: string) => (): TokenSource => ({
    async token() {
      const next = await (issued[service] ?? token([]))
      if (next instanceof FeedError) throw next
      return next
    },
    forget() {},
  })
  const observer = makeOwnAppObserver({ state, tokens: { audit: source('audit'), graph: source('graph') } })
  const look = () =>
    observer.look(
      { now: now++, all: true, wanted: [] },
      async seen => {
        told.push(...seen)
      },
      signal,
    )
  return { issued, told, look, known: () => state.read<OwnApp>(OWN_APP) }
}

describe('our own application', () => {
  it('is known by its ids once it has signed in', async () => {
    const { look, known } = setUp()
    await look()
    expect((await known())?.ids).toEqual(['app', 'object'])
  })

  it('is told of as losing what a fresh token no longer holds, under one identity until it is given back', async () => {
    const { issued, told, look } = setUp()
    issued.graph = token(['AuditLog.Read.All', 'Domain.Read.All'])
    await look()
    await look()
    expect(told).toEqual([])
    issued.graph = token(['Domain.Read.All'])
    await look()
    await look()
    expect(told).toMatchObject([{ operation: 'OwnPermissionRemoved', object: 'AuditLog.Read.All' }])
    issued.graph = token(['AuditLog.Read.All', 'Domain.Read.All'])
    await look()
    issued.graph = token(['Domain.Read.All'])
    await look()
    expect(told).toHaveLength(2)
    expect(new Set(told.map(({ identity }) => identity.join())).size).toBe(2)
  })

  it('is told of the same by two instances that look at once', async () => {
    const tables = makeMemoryTables()
    const [one, two] = [setUp(tables), setUp(tables)]
    await one.look()
    // Both have read what is known before either can write.
    const slow = setTimeout(20, token([]))
    for (const { issued } of [one, two]) issued.audit = slow
    await Promise.all([one.look(), two.look()])
    const identities = [...one.told, ...two.told].map(({ identity }) => identity.join())
    expect(identities).toHaveLength(2)
    expect(new Set(identities).size).toBe(1)
  })

  it('loses nothing by an outage of the sign-in, nor by a token that cannot be read', async () => {
    const { issued, told, look, known } = setUp()
    await look()
    const before = await known()
    issued.audit = new FeedError('unavailable', 'Down.')
    await expect(look()).rejects.toThrow('Down.')
    issued.audit = 'opaque'
    await look()
    expect(told).toEqual([])
    expect((await known())?.granted.audit).toEqual(before?.granted.audit)
  })
})
