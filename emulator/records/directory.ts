import {
  type AuditRecord,
  common,
  type NameValue,
  nameValues,
  type RecordKit,
  RecordType,
  UserType,
} from './record.ts'

/** Names of one object of the directory. Types: 1 name, 2 ids and kinds, 3 PUID, 4 SPN, 5 UPN. */
export type Identities = readonly { readonly ID: string; readonly Type: number }[]

interface User {
  readonly upn: string
  readonly objectId: string
  readonly puid: string
}

/** An application as a tenant knows it. */
export interface Principal {
  readonly name: string
  readonly appId: string
  readonly objectId: string
}

const object = (kind: string, id: string): Identities => [
  { ID: `${kind}_${id}`, Type: 2 },
  { ID: id, Type: 2 },
  { ID: kind, Type: 2 },
]
export const userNames = ({ upn, objectId, puid }: User): Identities => [
  ...object('User', objectId),
  { ID: upn, Type: 5 },
  { ID: puid, Type: 3 },
]
export const principalNames = ({ name, appId, objectId }: Principal): Identities => [
  ...object('ServicePrincipal', objectId),
  { ID: name, Type: 1 },
  { ID: appId, Type: 2 },
  { ID: appId, Type: 4 },
]
export const groupNames = (name: string, id: string): Identities => [
  ...object('Group', id),
  { ID: name, Type: 1 },
]
export const deviceNames = (name: string, id: string): Identities => [
  ...object('Device', id),
  { ID: name, Type: 1 },
]

/** A change of the directory (record type 8). It names no address. */
export interface DirectoryRecord extends AuditRecord {
  readonly AzureActiveDirectoryEventType: number
  readonly ExtendedProperties: readonly NameValue[]
  readonly ModifiedProperties: readonly {
    readonly Name: string
    readonly NewValue: string
    readonly OldValue: string
  }[]
  readonly Actor: Identities
  readonly ActorContextId: string
  readonly InterSystemsId: string
  readonly IntraSystemId: string
  readonly SupportTicketId: string
  readonly Target: Identities
  readonly TargetContextId: string
}

/** `operation` without the full stop that Entra ends it with; `by` a person, or a service that works by itself. */
export function directoryChange(
  kit: RecordKit,
  input: {
    at: number
    operation: string
    by: User | Principal
    target: Identities
    category: string
    /** Name → old and new value. */
    changes?: Readonly<Record<string, readonly [before: string, after: string]>>
    /** The same for all records that one act leaves. */
    correlationId?: string
  },
): DirectoryRecord {
  const { at, by, category, changes = {}, operation, target } = input
  const person = 'upn' in by
  const named = target.find(({ Type }) => Type === 5 || Type === 4) ?? target[0]
  return {
    ...common(kit, {
      at,
      operation: `${operation}.`,
      recordType: RecordType.directory,
      workload: 'AzureActiveDirectory',
      userId: person ? by.upn : `ServicePrincipal_${by.objectId}`,
      userKey: person ? `${by.puid}@${kit.organizationName}` : 'Not Available',
      userType: person ? UserType.regular : UserType.system,
    }),
    ResultStatus: 'Success',
    ObjectId: named?.ID ?? 'Not Available',
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: nameValues({ additionalDetails: '{}', extendedAuditEventCategory: category }),
    ModifiedProperties: Object.entries(changes).map(([Name, [OldValue, NewValue]]) => ({
      Name,
      NewValue,
      OldValue,
    })),
    Actor: person ? userNames(by) : principalNames(by),
    ActorContextId: kit.organizationId,
    InterSystemsId: input.correlationId ?? kit.random.guid(),
    IntraSystemId: kit.random.guid(),
    SupportTicketId: '',
    Target: target,
    TargetContextId: kit.organizationId,
  }
}

/** Scopes given in somebody's name, in the text form of its own that Entra writes; nobody was given any before. */
export function consentText(
  kit: RecordKit,
  app: Principal,
  given: { scopes: string; resource: string; to?: string },
): string {
  const { scopes, resource, to } = given
  const type = to === undefined ? 'AllPrincipals' : 'Principal'
  return (
    `[] => [[Id: ${kit.random.hex(22)}, ClientId: ${app.objectId}, PrincipalId: ${to ?? ''}, ResourceId: ${resource},` +
    ` ConsentType: ${type}, Scope:  ${scopes}, CreatedDateTime: , LastModifiedDateTime ]]; `
  )
}
