import {
  type AuditRecord,
  common,
  type NameValue,
  nameValues,
  type RecordKit,
  RecordType,
  UserType,
} from './record.ts'

interface Activity {
  readonly at: number
  readonly operation: string
  readonly by: string
}

const compliance = (kit: RecordKit, input: Activity & { recordType: number; userType?: number }) => ({
  ...common(kit, { ...input, workload: 'SecurityComplianceCenter', userId: input.by, userKey: input.by }),
  ResultStatus: 'Succeeded',
})

export interface DiscoveryRecord extends AuditRecord {
  readonly ObjectType: string
  readonly ExchangeLocations: string
  readonly SharepointLocations: string
  readonly Query: string
  readonly ClientApplication: string
  readonly SecurityComplianceCenterEventType: number
  readonly ExtendedProperties: readonly NameValue[]
}

/** What somebody does with a content search in Purview (record type 24). */
export function discoveryActivity(
  kit: RecordKit,
  input: Activity & { ip: string; search: string; mailboxes: readonly string[]; query: string },
): DiscoveryRecord {
  return {
    ...compliance(kit, { ...input, recordType: RecordType.discovery }),
    ClientIP: input.ip,
    ObjectId: input.search,
    ObjectType: 'ComplianceSearch',
    ExchangeLocations: input.mailboxes.join(';'),
    SharepointLocations: '',
    Query: input.query,
    ClientApplication: 'PortalWeb',
    SecurityComplianceCenterEventType: 0,
    ExtendedProperties: nameValues({ SearchId: kit.random.guid() }),
  }
}

export interface ComplianceCmdletRecord extends AuditRecord {
  readonly Parameters: string
  readonly NonPIIParameters: string
  readonly ClientApplication: string
  readonly CmdletVersion: string
  readonly SecurityComplianceCenterEventType: number
}

/** The cmdlet behind it (record type 18): its parameters are one command line, and it comes hours later. */
export function complianceCmdlet(
  kit: RecordKit,
  input: Activity & { commandLine: string },
): ComplianceCmdletRecord {
  return {
    ...compliance(kit, { ...input, recordType: RecordType.complianceCmdlet, userType: UserType.admin }),
    ObjectId: '',
    ClientApplication: 'EMC',
    CmdletVersion: '15.20.9115.017',
    NonPIIParameters: '-Identity "<SNIP-PII>"',
    Parameters: input.commandLine,
    SecurityComplianceCenterEventType: 0,
  }
}

const ALERT_SERVICE = 'SecurityComplianceAlerts'

export interface AlertRecord extends AuditRecord {
  readonly AlertId: string
  readonly AlertType: string
  readonly Category: string
  readonly Data: string
  readonly Name: string
  readonly Severity: string
  readonly Source: string
  readonly Status: string
}

/** An alert of Microsoft's own (record type 40): the person it is about is inside a JSON text. */
export function microsoftAlert(
  kit: RecordKit,
  input: { at: number; name: string; severity: string; about: string; operation: string },
): AlertRecord {
  const { at, name, severity, about, operation } = input
  const id = kit.random.guid()
  return {
    ...compliance(kit, {
      at,
      operation: 'AlertTriggered',
      by: ALERT_SERVICE,
      recordType: RecordType.complianceAlert,
      userType: UserType.system,
    }),
    ObjectId: id,
    AlertId: id,
    AlertType: 'System',
    Category: 'ThreatManagement',
    Data: JSON.stringify({ an: name, sev: severity, f3u: about, op: operation, lon: name }),
    Name: name,
    Severity: severity,
    Source: 'Office 365 Security & Compliance',
    Status: 'Active',
  }
}
