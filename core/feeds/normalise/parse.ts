import { createHash } from 'node:crypto'
import type { AuditRecord } from '../../model/audit-record.ts'
import type { AnyBody } from '../../model/bodies.ts'
import type { Client } from '../../model/client.ts'
import { canonicalOperation } from '../../model/operations.ts'
import { remember } from '../../model/remember.ts'
import { parseWireTime } from '../../model/time.ts'
import { isGuid, isObject, number, text } from '../../model/values.ts'
import { normaliseAddress } from './address.ts'
import { readClient } from './client.ts'
import { entraEvent } from './entra-event.ts'
import { canonicalFields } from './fields.ts'
import { asGraphRequest, isGraphRequest } from './graph-request.ts'
import { RECORD_TYPES } from './record-types.ts'
import { asSignIn, isSignIn, readSignInClient } from './sign-in.ts'

/** Why a record could not be read. Everything else passes, also with operations and types nobody knows. */
export type RejectReason = 'not-an-object' | 'no-operation' | 'no-time' | 'too-deep'

export type Parsed =
  | { readonly record: AuditRecord; readonly rejected?: undefined }
  | { readonly rejected: RejectReason; readonly record?: undefined }

export type Parse = (raw: unknown) => Parsed

/**
 * Makes the one reader of raw records. It remembers the names, addresses and client strings it has read: they
 * repeat from record to record, reading them is most of the cost, and one text for all records keeps memory small.
 * `tenant` is used where a record names none.
 */
export function makeParser(tenant: string): Parse {
  const operationOf = remember(canonicalOperation)
  const read: Readers = {
    name: remember(given => shortName(text(given)?.toLowerCase())),
    session: remember(given => limited(text(given))),
    address: remember(normaliseAddress),
    client: remember(readClient),
    signInClient: remember(readSignInClient),
  }
  return raw => {
    if (!isObject(raw)) return { rejected: 'not-an-object' }
    const body: AnyBody = Object.hasOwn(raw, 'Operation') ? raw : canonicalFields(raw)
    const operation = text(body.Operation)
    if (operation === undefined) return { rejected: 'no-operation' }
    const at = parseWireTime(body.CreationTime)
    if (at === undefined) return { rejected: 'no-time' }
    const id = recordId(body)
    if (id === undefined) return { rejected: 'too-deep' }
    return { record: recordOf(id, operationOf(operation), at, body, tenant, read) }
  }
}

interface Readers {
  name(given: string): string | undefined
  session(given: string): string | undefined
  address(given: string): AuditRecord['address']
  client(given: string): AuditRecord['client']
  signInClient(given: string): Client
}

function recordOf(
  id: string,
  operation: string,
  at: number,
  body: AnyBody,
  tenant: string,
  read: Readers,
): AuditRecord {
  const name = (value: unknown) => {
    if (value === undefined) return undefined
    return read.name(typeof value === 'string' ? value : (text(value) ?? ''))
  }
  const context = isObject(body.AppAccessContext) ? body.AppAccessContext : undefined
  const client = name(context?.ClientAppId) ?? name(body.ClientAppId)
  const resource = name(body.AppId)
  const userType = number(body.UserType)
  const user = name(body.UserId)
  const key = name(body.UserKey)
  const appOnly = isAppOnly(userType, user, key, client ?? resource)
  const app = client ?? (appOnly && key !== undefined && isGuid(key) ? key : resource)
  const actor = appOnly ? `app:${app ?? user ?? 'unknown'}` : (user ?? key ?? 'unknown')
  const owner = name(body.MailboxOwnerUPN)
  const mailbox = owner ?? name(body.MailboxGuid)
  const session = text(body.SessionId) ?? text(context?.AADSessionId)
  const record: AuditRecord = {
    id,
    event: entraEvent(body) ?? id,
    operation,
    at,
    tenant: name(body.OrganizationId) ?? tenant,
    recordType: recordType(body.RecordType),
    userType,
    actor,
    appOnly,
    app,
    api: name(context?.APIId) ?? (resource !== app ? resource : undefined),
    mailbox,
    nonOwner: mailbox !== undefined && (appOnly || isSomeoneElse(body, owner, actor)),
    address: firstAddress(body, read),
    client: clientOf(body, read),
    session: session === undefined ? undefined : read.session(session),
    succeeded: !FAILED.has(name(body.ResultStatus) ?? ''),
    body,
  }
  if (isGraphRequest(operation)) return asGraphRequest(record, read)
  return isSignIn(operation) ? asSignIn(record, read) : record
}

const FAILED = new Set(['failed', 'failure', 'false', 'fail'])

/** The longest honest name, a UPN, has 113 characters; one that is not all ASCII is a person's own, and shorter. */
const LONGEST_NAME = 160
const LONGEST_FOREIGN_NAME = 90

/**
 * Names end up in storage keys, where ASCII takes up to three characters of 512 and anything else five. Whoever fails to
 * sign in chooses what name is recorded, so one that does not fit would hold up everybody's sign-ins.
 */
function shortName(name: string | undefined): string | undefined {
  const start = limited(name, LONGEST_NAME)
  return start !== undefined && /[^\x00-\x7f]/.test(start) ? limited(start, LONGEST_FOREIGN_NAME) : start
}

function limited(value: string | undefined, most = 200): string | undefined {
  return value !== undefined && value.length > most ? value.slice(0, most) : value
}

/** `ClientIPAddress` first: `ClientIP` differs from it in item records that went through a Microsoft service. */
function firstAddress(body: AnyBody, read: Readers): AuditRecord['address'] {
  return (
    addressIn(body.ClientIPAddress, read) ??
    addressIn(body.ClientIP, read) ??
    addressIn(body.ActorIpAddress, read)
  )
}

function addressIn(value: unknown, read: Readers): AuditRecord['address'] {
  const given = limited(text(value))
  return given === undefined ? undefined : read.address(given)
}

/** The caller writes a part of these himself; a browser's is 300 characters. Bounded, as they are searched and kept. */
const LONGEST_CLIENT = 1_000

function clientOf(body: AnyBody, read: Readers): AuditRecord['client'] {
  let given = ''
  for (const value of [body.ClientInfoString, body.ActorInfoString, body.UserAgent]) {
    const line = limited(text(value), LONGEST_CLIENT)
    if (line !== undefined) given = given === '' ? line : `${given}\n${line}`
  }
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
function isSomeoneElse(body: AnyBody, owner: string | undefined, actor: string): boolean {
  const [own, logon] = [text(body.MailboxOwnerSid), text(body.LogonUserSid)]
  if (own !== undefined && logon !== undefined) return own !== logon
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
