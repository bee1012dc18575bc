import { HOUR, type Seconds } from '../model/time.ts'
import { claimsOf } from '../net/claims.ts'
import type { TokenSource } from '../net/token.ts'
import type { State } from '../stores/state.ts'
import type { Observer } from './observer.ts'

/** What we last knew of ourselves, kept as `own-app`. */
export interface OwnApp {
  /** Ids of the application and its service principal. */
  readonly ids: readonly string[]
  /** By service, as its tokens said: our permissions, and when they were first seen to be these. */
  readonly granted: Readonly<Record<string, { readonly roles: readonly string[]; readonly since: Seconds }>>
}

export const OWN_APP = 'own-app'

export interface OwnAppDeps {
  readonly state: State
  /** Service → where tokens for it come from, asked anew each time. */
  readonly tokens: Readonly<Record<string, () => TokenSource>>
}

/**
 * Who we are, and whether we still may what we might: fresh tokens tell, before those in use run out and the feeds fail.
 * A managed identity is given its old token for up to a day, and so tells later.
 */
export function makeOwnAppObserver({ state, tokens }: OwnAppDeps): Observer {
  return {
    id: 'own-app',
    every: HOUR / 4,
    async look({ all, now }, tell, signal) {
      if (!all) return
      const known = await state.read<OwnApp>(OWN_APP)
      const ids = new Set<string>()
      const granted = { ...known?.granted }
      for (const [service, source] of Object.entries(tokens)) {
        const claims = claimsOf(await source().token(signal))
        if (claims === undefined) continue
        for (const id of claims.ids) ids.add(id)
        const before = granted[service]
        const roles = claims.roles.toSorted()
        const lost = before?.roles.filter(role => !roles.includes(role)) ?? []
        await tell(
          lost.map(role => ({
            operation: 'OwnPermissionRemoved',
            at: now,
            identity: [service, role, String(before?.since)],
            object: role,
          })),
        )
        if (before?.roles.join() !== roles.join()) granted[service] = { roles, since: now }
      }
      if (ids.size > 0) await state.write(OWN_APP, { ids: [...ids], granted } satisfies OwnApp)
    },
  }
}
