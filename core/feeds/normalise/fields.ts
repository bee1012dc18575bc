import type { AnyBody } from '../../model/bodies.ts'

/** Every field name the product reads, in Microsoft's spelling. */
const NAMES: readonly (keyof AnyBody)[] = [
  'ActorInfoString',
  'ActorIpAddress',
  'AffectedItems',
  'AppAccessContext',
  'AppId',
  'ApplicationId',
  'ClientAppId',
  'ClientInfoString',
  'ClientIP',
  'ClientIPAddress',
  'CreationTime',
  'DeviceProperties',
  'ExtendedProperties',
  'ExternalAccess',
  'Folders',
  'Id',
  'Item',
  'LogonType',
  'LogonUserSid',
  'MailboxGuid',
  'MailboxOwnerSid',
  'MailboxOwnerUPN',
  'Messages',
  'ModifiedProperties',
  'ObjectId',
  'Operation',
  'OperationCount',
  'OperationProperties',
  'OrganizationId',
  'OrganizationName',
  'Parameters',
  'RecordType',
  'ResultStatus',
  'SessionId',
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
