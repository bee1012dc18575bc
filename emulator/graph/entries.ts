import { fraction } from '../random.ts'
import type { AuditRecord } from '../records/index.ts'

export type GraphLog = 'directoryAudits' | 'signIns'

/** An entry of one of Graph's logs, as it is served from `availableAt` (tenant clock, milliseconds) on. */
export interface GraphEntry {
  readonly log: GraphLog
  readonly entry: Readonly<Record<string, unknown>>
  readonly availableAt: number
}

type Fields = Readonly<Record<string, unknown>>

const CORE_DIRECTORY = 8
const SIGN_IN = 15
const MINUTE = 60_000

/**
 * What Graph says of an event that the Management API has a record of. It is there within ten minutes; of sign-ins,
 * every fifth is published again an hour and a half later, with how MFA went.
 */
export function graphEntries(record: AuditRecord): GraphEntry[] {
  const happened = Date.parse(`${record.CreationTime}Z`)
  const availableAt = happened + Math.floor((1 + 9 * fraction('graph', record.Id)) * MINUTE)
  if (record.RecordType === CORE_DIRECTORY)
    return [{ log: 'directoryAudits', entry: directoryAudit(record), availableAt }]
  if (record.RecordType !== SIGN_IN) return []
  const entry = signIn(record)
  const again = { ...entry, authenticationRequirement: 'multiFactorAuthentication', riskState: 'none' }
  const repeated = fraction('again', record.Id) < 0.2
  return [
    { log: 'signIns', entry, availableAt },
    ...(repeated ? [{ log: 'signIns' as const, entry: again, availableAt: happened + 90 * MINUTE }] : []),
  ]
}

/** Graph's times have seven digits of fraction; those of the records have none. */
function exact(record: AuditRecord): string {
  const ticks = Math.floor(fraction('ticks', record.Id) * 10_000_000)
  return `${record.CreationTime}.${String(ticks).padStart(7, '0')}Z`
}

function signIn(record: AuditRecord): Record<string, unknown> {
  const fields: Fields = { ...record }
  const extended = named(fields.ExtendedProperties)
  const device = named(fields.DeviceProperties)
  const failed = record.Operation === 'UserLoginFailed' || isFailure(record)
  return {
    id: fields.IntraSystemId,
    createdDateTime: exact(record),
    userDisplayName: null,
    userPrincipalName: record.UserId,
    userId: record.UserKey,
    appId: fields.ApplicationId,
    appDisplayName: null,
    ipAddress: record.ClientIP,
    clientAppUsed: 'Browser',
    userAgent: extended.get('UserAgent') ?? null,
    correlationId: fields.InterSystemsId,
    conditionalAccessStatus: 'notApplied',
    isInteractive: true,
    riskDetail: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    resourceDisplayName: null,
    resourceId: record.ObjectId,
    signInEventTypes: ['interactiveUser'],
    status: {
      errorCode: Number(fields.ErrorNumber ?? 0) || (failed ? 50126 : 0),
      failureReason: failed ? (fields.LogonError ?? 'Other.') : 'Other.',
      additionalDetails: null,
    },
    deviceDetail: {
      deviceId: '',
      displayName: null,
      operatingSystem: device.get('OS') ?? null,
      browser: device.get('BrowserType') ?? null,
      isCompliant: null,
      isManaged: null,
      trustType: null,
    },
    location: { city: null, state: null, countryOrRegion: null, geoCoordinates: {} },
  }
}

/** Operations lose their full stop, texts gain quotes, the actor's application its id, and every object is its own. */
function directoryAudit(record: AuditRecord): Record<string, unknown> {
  const fields: Fields = { ...record }
  const correlationId = String(fields.InterSystemsId)
  const operation = record.Operation.replace(/ ?\.$/, '')
  const targets = targetsOf(record)
  const modified = rows(fields.ModifiedProperties).map(({ Name, NewValue, OldValue }) => ({
    displayName: Name,
    oldValue: quoted(OldValue),
    newValue: quoted(NewValue),
  }))
  const details = JSON.parse(named(fields.ExtendedProperties).get('additionalDetails') ?? '{}') as Fields
  const [application] = targets.flatMap(target => target.appId ?? [])
  return {
    id: `Directory_${correlationId}_${record.Id.slice(0, 5).toUpperCase()}_${Number.parseInt(record.Id.slice(-6), 16)}`,
    category: 'ApplicationManagement',
    correlationId,
    result: isFailure(record) ? 'failure' : 'success',
    resultReason: '',
    activityDisplayName: operation,
    activityDateTime: exact(record),
    loggedByService: /\bPIM\b/.test(operation) ? 'PIM' : 'Core Directory',
    operationType: operation.split(' ')[0],
    initiatedBy: initiator(record),
    targetResources: targets.map((target, i) => ({
      id: target.id ?? null,
      displayName: target.name ?? null,
      type: target.kind ?? 'Other',
      ...(target.upn === undefined ? {} : { userPrincipalName: target.upn }),
      modifiedProperties: i === 0 ? modified : [],
      administrativeUnits: [],
    })),
    additionalDetails: Object.entries({
      ...details,
      ...(application === undefined ? {} : { AppId: application }),
    }).map(([key, value]) => ({ key, value: String(value) })),
  }
}

function isFailure({ ResultStatus = '' }: AuditRecord): boolean {
  return /^fail/i.test(ResultStatus)
}

/** Some records name their target by the application's id alone. */
function targetsOf(record: AuditRecord): DirectoryObject[] {
  const { ObjectId, Target }: Fields = { ...record }
  if (rows(Target).length > 0) return objects(Target)
  const appId = typeof ObjectId === 'string' && GUID.test(ObjectId) ? ObjectId : undefined
  return [{ ...NOTHING, ...(appId === undefined ? {} : { kind: 'ServicePrincipal', appId }) }]
}

function initiator(record: AuditRecord): Record<string, unknown> {
  const [actor] = objects(({ ...record } as Fields).Actor)
  const [, principal] = /^ServicePrincipal_(.+)$/.exec(record.UserId) ?? []
  if (principal === undefined && (actor?.upn !== undefined || record.UserId.includes('@')))
    return {
      user: {
        id: actor?.id ?? null,
        displayName: null,
        userPrincipalName: actor?.upn ?? record.UserId,
        ipAddress: record.ClientIP ?? '',
        roles: [],
      },
    }
  return {
    app: {
      appId: null,
      displayName: actor?.name ?? null,
      servicePrincipalId: principal ?? actor?.id ?? null,
      servicePrincipalName: null,
    },
  }
}

interface DirectoryObject {
  readonly kind: string | undefined
  readonly id: string | undefined
  readonly name: string | undefined
  readonly upn: string | undefined
  readonly appId: string | undefined
}

const NOTHING: DirectoryObject = {
  kind: undefined,
  id: undefined,
  name: undefined,
  upn: undefined,
  appId: undefined,
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The flat list of names, cut into the objects they are of: a new one begins with each `Kind_<id>`. */
function objects(list: unknown): DirectoryObject[] {
  const names = rows(list).map(({ ID, Type }) => ({ id: String(ID), type: Number(Type) }))
  const starts = names.flatMap(({ id }, i) => (/^[A-Za-z]+_[0-9a-f-]{36}$/.test(id) ? [i] : []))
  const cuts = starts.length > 1 ? starts : [0]
  return cuts.map((from, n) => {
    const own = names.slice(n === 0 ? 0 : from, cuts[n + 1])
    const full = own.find(({ id }) => /^[A-Za-z]+_[0-9a-f-]{36}$/.test(id))?.id
    const [kind, id] = full?.split(/_(.*)/s) ?? []
    return {
      kind,
      id,
      name: own.find(({ type }) => type === 1)?.id,
      upn: own.find(({ type }) => type === 5)?.id,
      appId: own.find(one => one.type === 2 && GUID.test(one.id) && one.id !== id)?.id,
    }
  })
}

function quoted(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null
  return /^[[{]/.test(value) && isJson(value) ? value : JSON.stringify(value)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function rows(list: unknown): Fields[] {
  return Array.isArray(list)
    ? list.filter((one): one is Fields => typeof one === 'object' && one !== null)
    : []
}

function named(list: unknown): ReadonlyMap<string, string> {
  return new Map(rows(list).map(({ Name, Value }) => [String(Name), String(Value ?? '')]))
}
