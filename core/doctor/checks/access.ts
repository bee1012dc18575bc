import { FeedError } from '../../model/errors.ts'
import { DAY, iso } from '../../model/time.ts'
import { duration } from '../duration.ts'
import type { Diagnosis } from '../message.ts'
import { diagnosis } from '../messages/index.ts'
import type { Observation } from '../observation.ts'
import { words } from '../words.ts'

/** Beyond this, sign-in with a certificate fails. */
const CLOCK_LIMIT = 5 * 60

export function checkClock({ date, deployed }: Observation): Diagnosis {
  if (date === undefined) return diagnosis('clock-unknown', 'no answer with a date')
  const off = date.own - date.server
  const saw = `the server says ${iso(date.server)}, this computer ${iso(date.own)}`
  if (Math.abs(off) < CLOCK_LIMIT || deployed) return diagnosis('clock-right', saw)
  return diagnosis('clock-wrong', saw, {
    minutes: duration(Math.abs(off)),
    direction: off < 0 ? 'slow' : 'fast',
  })
}

export function checkCloud({ cloud, tenant, tenantCloud }: Observation): Diagnosis[] {
  if (tenantCloud === undefined) return []
  if ('error' in tenantCloud) return [diagnosis('cloud-unknown', words(tenantCloud.error))]
  if (tenantCloud.ok === 'absent')
    return [diagnosis('tenant-absent', 'no sign-in document for it', { tenant })]
  const { cloud: found, region } = tenantCloud.ok
  const saw = `its public sign-in document: ${region}`
  if (found === cloud) return [diagnosis('cloud-right', saw)]
  if (found === undefined) return [diagnosis('cloud-unknown', saw)]
  return [diagnosis('cloud-wrong', saw, { found, set: cloud })]
}

/** Sign-in errors by their AADSTS number: the texts change, the numbers do not. */
const NUMBERS: ReadonlyMap<string, 'app-unknown' | 'secret-expired' | 'secret-wrong'> = new Map([
  ['AADSTS700016', 'app-unknown'],
  ['AADSTS7000229', 'app-unknown'],
  ['AADSTS7000222', 'secret-expired'],
  ['AADSTS7000215', 'secret-wrong'],
])

/** What `@azure/identity` says where none of its ways applies. */
const NO_CREDENTIAL = /CredentialUnavailableError|No underlying credential could be used/

export function checkSignIn(seen: Observation): Diagnosis[] {
  const { token } = seen
  if (token === undefined) return []
  if (!('error' in token)) return [diagnosis('sign-in-works', 'a token for the audit feed')]
  const { error } = token
  const saw = words(error)
  const code = error instanceof FeedError ? error.serverCode : undefined
  const known = code === undefined ? undefined : NUMBERS.get(code)
  if (known !== undefined) return [diagnosis(known, saw, { link: consentLink(seen) })]
  // Clock and cloud have checks of their own, which know by how much and which one.
  if (code === 'AADSTS700024' && clockIsOff(seen)) return []
  if (code === 'AADSTS900382' && checkCloud(seen).some(({ state }) => state === 'red')) return []
  if (error instanceof FeedError && error.code === 'unavailable')
    return [diagnosis('sign-in-down', saw, { host: hostOf(seen.authority) })]
  if (code === undefined && NO_CREDENTIAL.test(saw)) return [diagnosis('credential-none', saw)]
  return [diagnosis('sign-in-refused', saw)]
}

function clockIsOff(seen: Observation): boolean {
  return checkClock(seen).state === 'red'
}

/** The page on which an administrator accepts what an app registration asks for. */
export function consentLink({ authority, clientId, tenant }: Observation): string {
  return `${authority}/${tenant}/adminconsent?client_id=${clientId ?? 'AZURE_CLIENT_ID'}`
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? address
}

/** Days before the end of a secret from which on we tell. */
const WARN_DAYS = 30

export function checkSecret({ now, secret }: Observation): Diagnosis[] {
  if (secret.kind === 'none') return []
  if (secret.kind === 'unknown') return [diagnosis('secret-date-unknown', 'CLIENT_SECRET_EXPIRES is not set')]
  const days = Math.floor((secret.ends - now) / DAY)
  const values = { date: iso(secret.ends).slice(0, 10), days: days === 1 ? '1 day' : `${days} days` }
  const saw = `${values.date}, and today is ${iso(now).slice(0, 10)}`
  if (secret.ends <= now) return [diagnosis('secret-past', saw, values)]
  return [diagnosis(days < WARN_DAYS ? 'secret-expires' : 'secret-good', saw, values)]
}
