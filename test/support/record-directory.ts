import type { Seconds } from '../../core/model/time.ts'
import { at, guid, person, type RawRecord, sealed, TENANT } from './records.ts'

/** Identities as Entra lists them: one flat list of names for each side. */
export const userNames = (upn: string) => [
  { ID: `User_${guid(upn)}`, Type: 2 },
  { ID: guid(upn), Type: 2 },
  { ID: 'User', Type: 2 },
  { ID: upn, Type: 5 },
  { ID: `10032000${guid(upn).slice(0, 8).toUpperCase()}`, Type: 3 },
]
export const applicationNames = (name: string) => [
  { ID: `ServicePrincipal_${guid(name)}`, Type: 2 },
  { ID: guid(name), Type: 2 },
  { ID: 'ServicePrincipal', Type: 2 },
  { ID: name, Type: 1 },
  { ID: guid(`${name} application`), Type: 2 },
]

export interface Directory {
  readonly at?: Seconds
  readonly by?: string
  readonly ip?: string | undefined
  readonly actor?: readonly RawRecord[]
  readonly target?: readonly RawRecord[]
  readonly object?: string
  /** Name → new value, or old and new. */
  readonly modified?: Readonly<Record<string, string | readonly [old: string, now: string]>>
  readonly change?: RawRecord
}

/** A change of the directory: the operation ends in a full stop, as on the wire. */
export function directoryRecord(operation: string, given: Directory = {}): RawRecord {
  const { by = person('helen'), target = [], modified = {}, change } = given
  return sealed(given.at ?? at('11:05'), `${operation}.`, {
    RecordType: 8,
    ResultStatus: 'Success',
    UserKey: `10032000${guid(by).slice(0, 8).toUpperCase()}@birchwood.onmicrosoft.example`,
    UserType: 0,
    Version: 1,
    Workload: 'AzureActiveDirectory',
    ClientIP: given.ip,
    ObjectId: given.object ?? 'Not Available',
    UserId: by,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: [
      { Name: 'additionalDetails', Value: '{}' },
      { Name: 'extendedAuditEventCategory', Value: 'Role' },
    ],
    ModifiedProperties: Object.entries(modified).map(([Name, value]) =>
      typeof value === 'string'
        ? { Name, NewValue: value, OldValue: '' }
        : { Name, NewValue: value[1], OldValue: value[0] },
    ),
    Actor: given.actor ?? userNames(by),
    ActorContextId: TENANT,
    InterSystemsId: guid(`inter ${given.at} ${operation}`),
    IntraSystemId: guid('intra'),
    SupportTicketId: '',
    Target: target,
    TargetContextId: TENANT,
    ...change,
  })
}
