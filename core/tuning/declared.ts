import type { Address } from '../model/address.ts'
import type { TenantFacts } from '../model/detection.ts'
import type { Config } from './config.ts'
import { holdsAny } from './networks.ts'

type Declared = Pick<TenantFacts, 'decoys' | 'isTrustedApp' | 'isTrustedNetwork' | 'isSensitive'>

/** What the file says about the tenant, besides its domains. */
export function declared(config: Config): Declared {
  const isTrusted = holdsAny(config.trustedNetworks)
  const sensitive = new Set(Object.values(config.sensitiveMailboxes).flat())
  const apps = trustedApps(config)
  return {
    decoys: new Set(config.decoyMailboxes),
    isTrustedApp: (app, from) => apps.get(app)?.(from) === true,
    isTrustedNetwork: ({ text }) => isTrusted(text),
    isSensitive: mailbox => sensitive.has(mailbox),
  }
}

/**
 * Application → is it trusted from there? Its own networks decide; where it names none it is trusted from anywhere: the
 * trusted networks are where people work, and a backup runs somewhere else. A record without an address, and one with an address of Microsoft's services, which is what
 * Graph shows in place of the caller's, proves nothing against it.
 */
function trustedApps({ trustedApps }: Config) {
  return new Map(
    trustedApps.map(({ id, networks = [] }) => {
      const holds = holdsAny(networks)
      const isInside = (from: Address | undefined) =>
        networks.length === 0 || from === undefined || from.owner === 'microsoft' || holds(from.text)
      return [id, isInside] as const
    }),
  )
}
