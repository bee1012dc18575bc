import {
  type AuditRecord,
  common,
  type NameValue,
  nameValues,
  type RecordKit,
  RecordType,
  UserType,
} from './record.ts'

type Names = readonly { readonly ID: string; readonly Type: number }[]

/** A change of the directory (record type 8). Its operation ends in a full stop, and it names no address. */
export interface DirectoryRecord extends AuditRecord {
  readonly Actor: Names
  readonly Target: Names
  readonly ModifiedProperties: readonly {
    readonly Name: string
    readonly NewValue: string
    readonly OldValue: string
  }[]
  readonly ExtendedProperties: readonly NameValue[]
  readonly InterSystemsId: string
  readonly IntraSystemId: string
}

/** A person or an application, as the directory knows it. */
export type DirectoryActor =
  | { readonly upn: string; readonly objectId: string; readonly puid: string }
  | { readonly name: string; readonly appId: string; readonly principalId: string }

export interface DirectoryObject {
  readonly kind: 'User' | 'Group' | 'Device' | 'ServicePrincipal' | 'Application'
  readonly id: string
  readonly name?: string
  readonly upn?: string
  readonly appId?: string
}

export function directoryChange(
  kit: RecordKit,
  input: {
    at: number
    operation: string
    by: DirectoryActor
    target: DirectoryObject
    /** Name → old and new value. */
    modified?: Readonly<Record<string, readonly [string, string]>>
    /** The same for all records that one act leaves. */
    correlationId?: string
  },
): DirectoryRecord {
  const { at, operation, by, target, modified = {} } = input
  const isPerson = 'upn' in by
  return {
    ...common(kit, {
      at,
      operation: `${operation}.`,
      recordType: RecordType.directory,
      workload: 'AzureActiveDirectory',
      userId: isPerson ? by.upn : `ServicePrincipal_${by.principalId}`,
      userKey: isPerson ? `${by.puid}@${kit.organizationName}` : 'Not Available',
      userType: isPerson ? UserType.regular : UserType.system,
    }),
    ResultStatus: 'Success',
    ObjectId: target.upn ?? target.appId ?? `${target.kind}_${target.id}`,
    ExtendedProperties: nameValues({ additionalDetails: '{}', extendedAuditEventCategory: target.kind }),
    ModifiedProperties: Object.entries(modified).map(([Name, [OldValue, NewValue]]) => ({
      Name,
      NewValue,
      OldValue,
    })),
    Actor: isPerson
      ? [{ ID: by.upn, Type: 5 }, { ID: by.puid, Type: 3 }, ...objectNames({ kind: 'User', id: by.objectId })]
      : objectNames({ kind: 'ServicePrincipal', id: by.principalId, name: by.name, appId: by.appId }),
    InterSystemsId: input.correlationId ?? kit.random.guid(),
    IntraSystemId: '00000000-0000-0000-0000-000000000000',
    Target: objectNames(target),
  }
}

function objectNames({ kind, id, name, upn, appId }: DirectoryObject): Names {
  return [
    { ID: `${kind}_${id}`, Type: 2 },
    { ID: id, Type: 2 },
    { ID: kind, Type: 2 },
    ...(name === undefined ? [] : [{ ID: name, Type: 1 }]),
    ...(appId === undefined ? [] : [{ ID: appId, Type: 2 }]),
    ...(upn === undefined ? [] : [{ ID: upn, Type: 5 }]),
  ]
}
