import { isGuid, isObject, list, text } from '../../model/values.ts'
import { creationTime, guidIn, pairs } from './wire.ts'

type Fields = Readonly<Record<string, unknown>>
interface Identity {
  readonly ID: string
  readonly Type: number
}

/**
 * A `directoryAudit` of Graph as the record that the same change leaves in the Management API (RecordType 8), so that
 * detections need not know which way it came. `undefined` for what is none.
 */
export function directoryAuditBody(entry: unknown): Record<string, unknown> | undefined {
  if (!isObject(entry)) return undefined
  const operation = text(entry.activityDisplayName)
  const at = creationTime(entry.activityDateTime)
  if (operation === undefined || at === undefined) return undefined
  const resources = list(entry.targetResources).filter(isObject)
  const details = detailsOf(entry.additionalDetails)
  const properties = resources.flatMap(modifiedOf)
  const principalNames = properties.find(({ Name }) => Name === 'TargetId.ServicePrincipalNames')?.NewValue
  const named = isPim(entry) ? resources : resources.slice(0, 1)
  const [first] = resources
  return {
    Id: text(entry.id),
    RecordType: 8,
    CreationTime: at,
    Operation: operation,
    ResultStatus: text(entry.result)?.toLowerCase() === 'success' ? 'Success' : 'Failure',
    Version: 1,
    Workload: 'AzureActiveDirectory',
    ...initiator(isObject(entry.initiatedBy) ? entry.initiatedBy : {}),
    ObjectId: text(first?.userPrincipalName) ?? principalNames ?? text(first?.displayName),
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: pairs({
      additionalDetails: JSON.stringify(details),
      extendedAuditEventCategory: text(first?.type),
      InitiatedByDisplayName: initiatorName(entry.initiatedBy),
      resultReason: text(entry.resultReason),
    }),
    ModifiedProperties: properties,
    InterSystemsId: guidIn(entry.correlationId),
    Target: named.flatMap(one => namesOf(one, one === first ? [text(details.AppId), principalNames] : [])),
  }
}

/**
 * The Management API's target is the first resource: the API of a grant, the new owner, the member of a role. What
 * follows is said by the properties. Privileged Identity Management names the role first, and all of them there too.
 */
function isPim({ activityDisplayName, loggedByService }: Fields): boolean {
  return loggedByService === 'PIM' || /\bPIM\b/.test(String(activityDisplayName))
}

/** The flat list of an object's names: `Kind_<id>`, id, kind (2), display name (1), address (5), application (2, 4). */
function namesOf(resource: Fields, application: readonly (string | undefined)[]): Identity[] {
  const [kind, id] = [text(resource.type), text(resource.id)]
  const isApplication = kind === 'ServicePrincipal' || kind === 'Application'
  const [given, addresses] = isApplication ? application : []
  const appId = guidIn(given) ?? addresses?.split(';').find(isGuid)?.toLowerCase()
  return names([
    [kind !== undefined && id !== undefined ? `${kind}_${id}` : undefined, 2],
    [id, 2],
    [kind, 2],
    [text(resource.displayName), 1],
    [appId, 2],
    [addresses, 4],
    [text(resource.userPrincipalName), 5],
  ])
}

const names = (given: readonly (readonly [string | undefined, number])[]): Identity[] =>
  given.flatMap(([ID, Type]) => (ID === undefined ? [] : [{ ID, Type }]))

/** Values are JSON texts with quotes of their own, seldom lists or nothing; one layer of quotes is taken off. */
function modifiedOf(resource: Fields): { Name: string; NewValue: string; OldValue: string }[] {
  return list(resource.modifiedProperties).flatMap(property => {
    const Name = isObject(property) ? text(property.displayName) : undefined
    if (!isObject(property) || Name === undefined) return []
    return [{ Name, NewValue: bare(property.newValue), OldValue: bare(property.oldValue) }]
  })
}

function bare(value: unknown): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : JSON.stringify(value)
  if (!value.startsWith('"')) return value
  try {
    const read: unknown = JSON.parse(value)
    return typeof read === 'string' ? read : value
  } catch {
    return value
  }
}

function detailsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    list(value).flatMap(one => {
      const [key, given] = isObject(one) ? [text(one.key), text(one.value)] : []
      return key === undefined || given === undefined ? [] : [[key, given]]
    }),
  )
}

/**
 * Services of Microsoft's own that act in every tenant. Graph leaves their application id out, by which the Management
 * API's records are told. A name proves nothing: whoever borrows one is seen by the other feed.
 */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['Managed Service Identity', 'ef5d5c69-a5df-46bb-acaf-426f161a21a2'],
  ['Windows Azure Service Management API', '797f4846-ba00-4fd7-ba43-dac1f8f63013'],
  ['AAD App Management', 'f0ae4899-d877-4d3c-ae25-679e38eea492'],
  ['Power Virtual Agents Service', '9d8f559b-5984-46a4-902a-ad4271e83efa'],
  ['MS-PIM', '01fc33a7-78ba-4d2f-a4b7-768e336e890e'],
])

/** Who did it. An application is known by its service principal: its `appId` has been seen empty. */
function initiator({ app, user }: Fields): Record<string, unknown> {
  if (isObject(user) && (text(user.userPrincipalName) ?? text(user.id)) !== undefined) {
    const [id, upn] = [text(user.id), text(user.userPrincipalName)]
    return {
      UserId: upn ?? id,
      UserKey: id ?? upn,
      UserType: 0,
      ...address(user.ipAddress),
      Actor: names([[upn, 5], ...objectNames('User', id)]),
    }
  }
  if (!isObject(app)) return { UserId: 'Not Available', UserKey: 'Not Available', UserType: 4, Actor: [] }
  const [id, name] = [text(app.servicePrincipalId), text(app.displayName)]
  const appId = guidIn(app.appId) ?? (name === undefined ? undefined : SERVICES.get(name))
  return {
    UserId: id === undefined ? (name ?? appId ?? 'Not Available') : `ServicePrincipal_${id}`,
    UserKey: 'Not Available',
    UserType: 4,
    Actor: names([
      [name, 1],
      [appId, 2],
      [text(app.servicePrincipalName), 4],
      ...objectNames('ServicePrincipal', id),
    ]),
  }
}

/**
 * What a user who acted is called. With a token that a service of Microsoft's made out for him it is the service's name,
 * beside the user's own address. Of applications it is among the actor's names.
 */
function initiatorName(initiatedBy: unknown): string | undefined {
  const user = isObject(initiatedBy) ? initiatedBy.user : undefined
  return isObject(user) ? text(user.displayName) : undefined
}

function objectNames(kind: string, id: string | undefined): [string, number][] {
  return id === undefined
    ? []
    : [
        [`${kind}_${id}`, 2],
        [id, 2],
        [kind, 2],
      ]
}

function address(value: unknown): Record<string, string> {
  const ip = text(value)
  return ip === undefined ? {} : { ClientIP: ip, ActorIpAddress: ip }
}
