import type { Allowed } from '../model/allowed.ts'
import type { Finding } from '../model/finding.ts'
import type { AllowEntry } from './allow-schema.ts'
import type { Config } from './config.ts'
import { type Seen, type Weighed, weigh } from './escalation.ts'
import { matchAllow } from './match-allow.ts'
import { holdsAny } from './networks.ts'

/** An entry that matches a finding, and how the two go together, given what was seen under the entry. */
export interface Match {
  readonly entry: AllowEntry
  weigh(seen: Seen | undefined): Weighed
}

/** For each finding the entries that may allow it. The first that is not broken by it does. */
export function makeMatcher({ allow, trustedNetworks }: Pick<Config, 'allow' | 'trustedNetworks'>) {
  const isTrusted = holdsAny(trustedNetworks)
  return (finding: Finding): Match[] =>
    matchAllow(finding, allow).map(entry => {
      // An entry that names a network vouches for all of it.
      const isKnown = entry.network === undefined ? isTrusted : () => true
      return { entry, weigh: seen => weigh(seen, finding, isKnown) }
    })
}

export function allowedBy({ id, reason, owner, until }: AllowEntry, broken: string | undefined): Allowed {
  return { entry: id, reason, owner, until, ...(broken !== undefined && { broken }) }
}

/** What entries say about findings that come one by one in order of time, remembered in memory. */
export function makeAllowance(config: Pick<Config, 'allow' | 'trustedNetworks'>) {
  const matching = makeMatcher(config)
  const known = new Map<string, Seen>()
  return (finding: Finding): Allowed | undefined => {
    let broken: Allowed | undefined
    for (const { entry, weigh } of matching(finding)) {
      const memory = `${finding.tenant} ${entry.id}`
      const weighed = weigh(known.get(memory))
      known.set(memory, weighed.seen)
      if (weighed.broken === undefined) return allowedBy(entry, undefined)
      broken ??= allowedBy(entry, weighed.broken)
    }
    return broken
  }
}
