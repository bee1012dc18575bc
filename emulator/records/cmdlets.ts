import {
  type AuditRecord,
  common,
  type NameValue,
  nameValues,
  type RecordKit,
  RecordType,
  UserType,
  withPort,
} from './record.ts'

/** An administration cmdlet (record type 1): all values are strings, and the address carries a port. */
export interface CmdletRecord extends AuditRecord {
  readonly ResultStatus: 'True' | 'False'
  readonly ObjectId: string
  readonly Parameters: readonly NameValue[]
  readonly AppId: string
  readonly ClientAppId: string
  readonly ExternalAccess: boolean
  readonly OrganizationName: string
  readonly OriginatingServer: string
  readonly SessionId?: string
}

export function cmdlet(
  kit: RecordKit,
  input: {
    at: number
    operation: string
    userId: string
    userKey: string
    userType?: number
    objectId: string
    parameters: Readonly<Record<string, string>>
    /** Absent for what Microsoft's own servers do. */
    ip?: string
    session?: string
    externalAccess?: boolean
  },
): CmdletRecord {
  const { ip, session } = input
  return {
    AppId: '',
    ClientAppId: '',
    ...(ip === undefined ? {} : { ClientIP: withPort(ip, kit.random.int(20_000, 60_000)) }),
    ...common(kit, {
      userType: UserType.admin,
      ...input,
      recordType: RecordType.exchangeAdmin,
      workload: 'Exchange',
    }),
    ResultStatus: 'True',
    ExternalAccess: input.externalAccess ?? false,
    ObjectId: input.objectId,
    OrganizationName: kit.organizationName,
    OriginatingServer: 'LO2P265MB2207 (15.20.9115.017)',
    Parameters: nameValues(input.parameters),
    ...(session === undefined ? {} : { SessionId: session }),
  }
}

/** `<server path>/<tenant>/<object>`, as directory objects are named. */
export const objectPath = (kit: RecordKit, object: string) =>
  `GBRP265A009.PROD.OUTLOOK.EXAMPLE/Microsoft Exchange Hosted Organizations/${kit.organizationName}/${object}`

const SERVICE_HOST = 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)'

/** Microsoft's provisioning: hundreds of these are written without anyone having done anything. */
export function provisioning(
  kit: RecordKit,
  input: { at: number; operation: string; object: string; parameters: Readonly<Record<string, string>> },
): CmdletRecord {
  return cmdlet(kit, {
    ...input,
    userId: SERVICE_HOST,
    userKey: SERVICE_HOST,
    userType: UserType.datacenterAdmin,
    objectId: objectPath(kit, input.object),
    externalAccess: true,
  })
}
