import { isObject, json, list } from '../../core/model/values.ts'
import type { RawRecord } from './records.ts'

/**
 * The same event as a Management record. Diagnostic logs and Log Analytics have other names around the same values;
 * properties, with their quotes, and operations stay as Microsoft wrote them. `undefined` for anything else.
 */
export function asManagementRecord(entry: unknown): RawRecord | undefined {
  if (!isObject(entry)) return undefined
  const properties = isObject(entry.properties) ? entry.properties : {}
  const Operation = entry.operationName ?? entry.OperationName
  if (Operation === undefined) return undefined
  const all = list(properties.targetResources ?? entry.TargetResources)
  const user = field(properties.initiatedBy ?? json(entry.InitiatedBy), 'user')
  const app = field(properties.initiatedBy ?? json(entry.InitiatedBy), 'app')
  const kind = app === undefined ? 'User' : 'ServicePrincipal'
  const actor = String(field(user, 'id') ?? field(app, 'servicePrincipalId'))
  return {
    CreationTime: String(entry.time ?? entry.TimeGenerated).slice(0, 19),
    Operation,
    OrganizationId: entry.tenantId ?? entry.TenantId,
    RecordType: 8,
    ResultStatus: properties.result ?? entry.Result,
    UserType: app === undefined ? 0 : 4,
    UserId: field(user, 'userPrincipalName') ?? `ServicePrincipal_${actor}`,
    Workload: 'AzureActiveDirectory',
    Actor: [{ ID: `${kind}_${actor}`, Type: 2 }],
    Target: identities(all[0]),
    ModifiedProperties: all.flatMap(one =>
      list(field(one, 'modifiedProperties')).map(property => ({
        Name: field(property, 'displayName'),
        NewValue: field(property, 'newValue'),
        OldValue: field(property, 'oldValue'),
      })),
    ),
    ExtendedProperties: [],
  }
}

function identities(target: unknown) {
  const { id, type, displayName, userPrincipalName } = isObject(target) ? target : {}
  return [
    ...(id == null
      ? []
      : [
          { ID: `${type}_${id}`, Type: 2 },
          { ID: id, Type: 2 },
          { ID: type, Type: 2 },
        ]),
    ...(displayName == null ? [] : [{ ID: displayName, Type: 1 }]),
    ...(userPrincipalName == null ? [] : [{ ID: userPrincipalName, Type: 5 }]),
  ]
}

function field(value: unknown, name: string): unknown {
  return isObject(value) ? (value[name] ?? undefined) : undefined
}
