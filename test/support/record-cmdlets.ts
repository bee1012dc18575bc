import type { Seconds } from '../../core/model/time.ts'
import { at, guid, nameValues, ORGANISATION, person, type RawRecord, sealed } from './records.ts'

export interface Cmdlet {
  readonly at?: Seconds
  /** Who ran it; an administrator, if nobody is named. */
  readonly by?: string
  readonly change?: RawRecord
}

export const ADMIN = person('helen')
export const SERVICE_HOST = 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)'

/** An Exchange cmdlet: all values are text, and the address carries its port. */
export function cmdlet(operation: string, parameters: RawRecord, given: Cmdlet = {}): RawRecord {
  const { by = ADMIN, change } = given
  return sealed(given.at ?? at('09:20'), operation, {
    RecordType: 1,
    ResultStatus: 'True',
    UserKey: `10032000${guid(by).slice(0, 8).toUpperCase()}`,
    UserType: 2,
    Version: 1,
    Workload: 'Exchange',
    ClientIP: '198.51.100.40:30395',
    ObjectId: parameters.Identity ?? '',
    UserId: by,
    AppId: '',
    ClientAppId: '',
    ExternalAccess: false,
    OrganizationName: ORGANISATION,
    OriginatingServer: 'LO2P265MB2207 (15.20.9115.017)',
    Parameters: nameValues(parameters),
    ...change,
  })
}

/** What Exchange's own process does when it provisions a mailbox: type 3, from no address. */
export const provisioning = (operation: string, parameters: RawRecord, change: RawRecord = {}) =>
  cmdlet(operation, parameters, {
    by: SERVICE_HOST,
    change: { UserKey: SERVICE_HOST, UserType: 3, ExternalAccess: true, ClientIP: undefined, ...change },
  })

/** A compliance cmdlet: its parameters are one command line. */
export function complianceCmdlet(operation: string, commandLine: string, given: Cmdlet = {}): RawRecord {
  const { by = ADMIN, change } = given
  return sealed(given.at ?? at('09:20'), operation, {
    RecordType: 18,
    ResultStatus: 'Success',
    UserKey: by,
    UserType: 2,
    Version: 1,
    Workload: 'SecurityComplianceCenter',
    ObjectId: '',
    UserId: by,
    ClientApplication: 'EMC',
    CmdletVersion: '15.20.9115.017',
    NonPIIParameters: '-Identity "<SNIP-PII>"',
    Parameters: commandLine,
    SecurityComplianceCenterEventType: 0,
    ...change,
  })
}
