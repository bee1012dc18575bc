import type { AnyBody } from '../../model/bodies.ts'

/** Every field name the product reads, in Microsoft's spelling. */
const NAMES: readonly (keyof AnyBody)[] = [
  'Actor',
  'ActorInfoString',
  'ActorIpAddress',
  'AffectedItems',
  'AlertEntityId',
  'AlertId',
  'AppAccessContext',
  'AppId',
  'ApplicationId',
  'Case',
  'CaseName',
  'ClientAppId',
  'ClientInfoString',
  'ClientIP',
  'ClientIPAddress',
  'ClientProcessName',
  'CreationTime',
  'Data',
  'DataSources',
  'DestFolder',
  'DeviceId',
  'DeviceProperties',
  'ErrorNumber',
  'ExchangeLocations',
  'ExportName',
  'ExtendedProperties',
  'ExternalAccess',
  'Folder',
  'Folders',
  'Id',
  'InterSystemsId',
  'Item',
  'LogonType',
  'LogonUserSid',
  'MailboxGuid',
  'MailboxOwnerSid',
  'MailboxOwnerUPN',
  'Messages',
  'ModifiedProperties',
  'Name',
  'ObjectId',
  'Operation',
  'OperationCount',
  'OperationProperties',
  'OrganizationId',
  'OrganizationName',
  'Parameters',
  'QueryText',
  'RecordType',
  'ResultStatus',
  'SessionId',
  'Severity',
  'Target',
  'UserAgent',
  'UserId',
  'UserKey',
  'UserType',
  'Workload',
]

const SPELLING = new Map(NAMES.map(name => [name.toLowerCase(), name]))

/** A record whose exporter changed the case of the field names, with the names as Microsoft writes them. */
export function canonicalFields(raw: Record<string, unknown>): AnyBody {
  const entries = Object.entries(raw).map(([name, value]) => [
    SPELLING.get(name.toLowerCase()) ?? name,
    value,
  ])
  return Object.fromEntries(entries)
}
