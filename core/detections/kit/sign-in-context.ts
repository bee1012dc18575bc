import { valueNamed } from './name-values.ts'

/** What Entra’s own risk engine says of a sign-in. Only Graph tells it, and only of tenants with a P2 licence. */
export interface SignInRisk {
  /** `low`, the most of it, is noise; absent also where somebody looked and found it harmless. */
  readonly level: 'medium' | 'high' | undefined
  /** Somebody held it to be an attack, or Entra saw the session pass through a page in between. */
  readonly isReported: boolean
}

const HARMLESS = new Set(['dismissed', 'confirmedsafe'])
/** A second factor given to the page in between counts as `remediated`: that state says nothing. */
const COMPROMISED = 'confirmedcompromised'
const RELAYED = 'attackerinthemiddle'

/** `properties`: `ExtendedProperties` of the sign-in. */
export function signInRisk(properties: unknown): SignInRisk {
  const state = valueNamed(properties, 'RiskState')?.toLowerCase() ?? ''
  if (HARMLESS.has(state)) return NONE
  const level = valueNamed(properties, 'RiskLevelDuringSignIn')?.toLowerCase()
  const types = valueNamed(properties, 'RiskEventTypes')?.toLowerCase().split(',') ?? []
  const isReported = state === COMPROMISED || types.includes(RELAYED)
  return { level: level === 'medium' || level === 'high' ? level : undefined, isReported }
}

const NONE: SignInRisk = { level: undefined, isReported: false }

/** Where a sign-in came from, as Graph tells besides the address. */
export interface SignInPlace {
  /** `AS64500`: whoever runs the network. It stays while addresses change, and is no part of other records. */
  readonly provider: string | undefined
  /** `NL` */
  readonly country: string | undefined
}

export function signInPlace(properties: unknown): SignInPlace {
  const number = valueNamed(properties, 'AutonomousSystemNumber')
  const country = valueNamed(properties, 'CountryOrRegion')?.toUpperCase()
  return {
    provider: number !== undefined && /^[1-9]\d{0,9}$/.test(number) ? `AS${number}` : undefined,
    country: country !== undefined && /^[A-Z]{2}$/.test(country) ? country : undefined,
  }
}
