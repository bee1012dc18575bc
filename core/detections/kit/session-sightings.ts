import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { isObject, text } from '../../model/values.ts'
import { personalNetwork } from './places.ts'
import { signIn } from './sign-in.ts'

export const SESSION_RECORDS = [
  'UserLoggedIn',
  'MailItemsAccessed',
  'AttachmentAccess',
  'Send',
  'SendAs',
  'SendOnBehalf',
  'Create',
  'Update',
  'Move',
  'SoftDelete',
  'HardDelete',
  'MoveToDeletedItems',
  'UpdateInboxRules',
] as const

/**
 * Where one session was seen, under the user and the session: `networks`, kinds of `machines`, `browsers`, and
 * the `countries` and `providers` of its sign-ins. A session
 * belongs to one machine: its cookie lies in one browser, and what a signed-in Windows shares with its programs stays on
 * that Windows. So two kinds of machine in one session are two machines, wherever a laptop or a phone is carried.
 */
export function sessionSightings(record: AuditRecord, tenant: TenantFacts): readonly Signal[] {
  const machine = record.succeeded && !record.appOnly ? machineOf(record) : undefined
  const session = record.session ?? tokenOf(record)
  if (machine === undefined || session === undefined || !record.actor.includes('@')) return []
  const network = personalNetwork(record, tenant)
  if (network === undefined) return []
  const key = [record.actor, session] as const
  const browser = browserOf(record)
  const signals: Signal[] = [
    { key, measure: 'networks', members: [network], note: noteOf(record) },
    { key, measure: 'machines', members: [machine] },
  ]
  if (browser !== undefined) signals.push({ key, measure: 'browsers', members: [browser] })
  return [...signals, ...placesOf(record).map(place => ({ key, ...place }))]
}

/** `countries` and `providers`, where Graph tells both. Not of machines the tenant knows: those travel and use VPNs. */
function placesOf(record: AuditRecord): readonly Omit<Signal, 'key'>[] {
  const read = signIn(record)
  const { country, provider } = read?.place ?? {}
  if (country === undefined || provider === undefined || read?.device !== undefined) return []
  return [
    { measure: 'countries', members: [country] },
    { measure: 'providers', members: [provider] },
  ]
}

/** `Edge on Windows in NL (AS64500)`; what is not known is left out. A record has one note, whatever it is counted for. */
function noteOf(record: AuditRecord): string | undefined {
  const { country, provider } = signIn(record)?.place ?? {}
  const name = record.client?.name
  if (name === undefined || country === undefined) return name
  return `${name} in ${country}${provider === undefined ? '' : ` (${provider})`}`
}

/** Libraries that programs on phones are made with. */
const PHONE_LIBRARIES = new Set(['okhttp', 'Java', 'Apache-HttpClient'])

/** Of mail records only scripts are asked: what other clients tell of their machine varies within one. */
function machineOf({ client }: AuditRecord): string | undefined {
  if (client?.system !== undefined) return client.system
  return client?.agent === undefined || PHONE_LIBRARIES.has(client.agent.name) ? undefined : 'a script'
}

/**
 * The browser of a sign-in. On a machine the tenant knows, all browsers share one session: there it is the machine that
 * counts, and that is one.
 */
function browserOf(record: AuditRecord): string | undefined {
  const { browser, system } = record.client ?? {}
  if (browser === undefined) return undefined
  return signIn(record)?.device === undefined ? `${browser} on ${system}` : 'a known device'
}

/** `UniqueTokenId`: what a session leaves where nobody wrote its own id. */
function tokenOf({ body }: AuditRecord): string | undefined {
  return isObject(body.AppAccessContext)
    ? text(body.AppAccessContext.UniqueTokenId)?.slice(0, 100)
    : undefined
}
