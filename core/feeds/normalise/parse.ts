import { createHash } from 'node:crypto'
import type { AuditRecord } from '../../model/audit-record.ts'
import type { AnyBody } from '../../model/bodies.ts'
import { canonicalOperation } from '../../model/operations.ts'
import { parseWireTime } from '../../model/time.ts'
import { isGuid, isObject, lower, number, text } from '../../model/values.ts'
import { normaliseAddress } from './address.ts'
import { readClient } from './client.ts'
import { canonicalFields } from './fields.ts'
import { RECORD_TYPES } from './record-types.ts'

/** Why a record could not be read. Everything else passes, also with operations and types nobody knows. */
export type RejectReason = 'not-an-object' | 'no-operation' | 'no-time' | 'too-deep'

export type Parsed =
  | { readonly record: AuditRecord; readonly rejected?: undefined }
  | { readonly rejected: RejectReason; readonly record?: undefined }

export type Parse = (raw: unknown) => Parsed

/** Distinct texts remembered before the memory starts over. */
const REMEMBERED = 20_000

/**
 * Makes the one reader of raw records. It remembers the addresses and client strings it has read: they repeat
 * from record to record and are most of the cost. `tenant` is used where a record names none.
 */
export function makeParser(tenant: string): Parse {
  const read: Readers = { address: remember(normaliseAddress), client: remember(readClient) }
  return raw => {
    if (!isObject(raw)) return { rejected: 'not-an-object' }
    const body: AnyBody = Object.hasOwn(raw, 'Operation') ? raw : canonicalFields(raw)
    const operation = text(body.Operation)
    if (operation === undefined) return { rejected: 'no-operation' }
    const at = parseWireTime(body.CreationTime)
    if (at === undefined) return { rejected: 'no-time' }
    const id = recordId(body)
    if (id === undefined) return { rejected: 'too-deep' }
    return {
      record: { id, operation: canonicalOperation(operation), at, ...envelope(body, tenant, read), body },
    }
  }
}

interface Readers {
  address(given: string): AuditRecord['address']
  client(given: string): AuditRecord['client']
}

function envelope(body: AnyBody, tenant: string, read: Readers) {
  const context = isObject(body.AppAccessContext) ? body.AppAccessContext : undefined
  const client = name(context?.ClientAppId) ?? name(body.ClientAppId)
  const resource = name(body.AppId)
  const userType = number(body.UserType)
  const user = name(body.UserId)
  const key = name(body.UserKey)
  const appOnly = isAppOnly(userType, user, key, client ?? resource)
  const app = client ?? (appOnly && key !== undefined && isGuid(key) ? key : resource)
  const actor = appOnly ? `app:${app ?? user ?? 'unknown'}` : (user ?? key ?? 'unknown')
  const mailbox = name(body.MailboxOwnerUPN) ?? name(body.MailboxGuid)
  return {
    tenant: name(body.OrganizationId) ?? tenant,
    recordType: recordType(body.RecordType),
    userType,
    actor,
    appOnly,
    app,
    api: name(context?.APIId) ?? (resource !== app ? resource : undefined),
    mailbox,
    nonOwner: mailbox !== undefined && (appOnly || isSomeoneElse(body, actor)),
    address: firstAddress(body, read),
    client: clientOf(body, read),
    session: limited(text(body.SessionId) ?? text(context?.AADSessionId)),
    succeeded: !FAILED.has(lower(body.ResultStatus) ?? ''),
  }
}

const FAILED = new Set(['failed', 'failure', 'false', 'fail'])

/** Names end up in storage keys, which are short; the longest honest one, a UPN, has 113 characters. */
function limited(value: string | undefined, most = 200): string | undefined {
  return value?.slice(0, most)
}

function name(value: unknown): string | undefined {
  return limited(text(value))?.toLowerCase()
}

/** `ClientIPAddress` first: `ClientIP` differs from it in item records that went through a Microsoft service. */
function firstAddress(body: AnyBody, read: Readers): AuditRecord['address'] {
  for (const value of [body.ClientIPAddress, body.ClientIP, body.ActorIpAddress]) {
    const given = limited(text(value))
    const address = given === undefined ? undefined : read.address(given)
    if (address !== undefined) return address
  }
  return undefined
}

/** The caller writes a part of these himself; a browser's is 300 characters. Bounded, as they are searched and kept. */
const LONGEST_CLIENT = 1_000

function clientOf(body: AnyBody, read: Readers): AuditRecord['client'] {
  const given = [body.ClientInfoString, body.ActorInfoString, body.UserAgent]
    .map(value => limited(text(value), LONGEST_CLIENT))
    .filter(string => string !== undefined)
    .join('\n')
  return given === '' ? undefined : read.client(given)
}

/**
 * With an application token Exchange names the mailbox owner as the user (seen in 318 of 318 records of one
 * tenant); the application shows in UserType 5 or 6, in a UserKey equal to the application id, or in a UserId
 * that is no person.
 */
function isAppOnly(
  type: number | undefined,
  user: string | undefined,
  key: string | undefined,
  app: string | undefined,
) {
  if (type === 5 || type === 6) return true
  if (app !== undefined && key === app) return true
  return user !== undefined && (user.startsWith('serviceprincipal_') || isGuid(user))
}

/** Compared by SID where the record has both: UPNs change and differ in case. */
function isSomeoneElse(body: AnyBody, actor: string): boolean {
  const [own, logon] = [text(body.MailboxOwnerSid), text(body.LogonUserSid)]
  if (own !== undefined && logon !== undefined) return own !== logon
  const owner = name(body.MailboxOwnerUPN)
  return owner !== undefined && actor.includes('@') && actor !== owner
}

function recordType(value: unknown): number | undefined {
  return (
    number(value) ?? (typeof value === 'string' ? RECORD_TYPES.get(value.trim().toLowerCase()) : undefined)
  )
}

/**
 * `Id` is documented as a GUID that names the record. Where it is anything else (hand-made exports repeat it) or
 * missing, the content decides, so that two different records never count as one. `undefined` for content nested
 * so deep that it cannot even be written down.
 */
function recordId(body: AnyBody): string | undefined {
  const id = text(body.Id)
  if (id !== undefined && isGuid(id)) return id.toLowerCase()
  try {
    const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)
    return id === undefined ? `sha256:${digest}` : `${id.slice(0, 64)}#${digest}`
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function remember<T>(read: (given: string) => T): (given: string) => T {
  const known = new Map<string, T>()
  return given => {
    const found = known.get(given)
    if (found !== undefined || known.has(given)) return found as T
    if (known.size >= REMEMBERED) known.clear()
    const value = read(given)
    known.set(given, value)
    return value
  }
}
