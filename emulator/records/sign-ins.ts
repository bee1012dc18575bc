import { type AuditRecord, common, type NameValue, nameValues, type RecordKit, RecordType } from './record.ts'

/** A logon at the security token service (record type 15). `ResultStatus` is no proof: look at the operation. */
export interface SignInRecord extends AuditRecord {
  readonly ClientIP: string
  readonly ActorIpAddress: string
  readonly ApplicationId: string
  readonly AzureActiveDirectoryEventType: number
  readonly ErrorNumber: string
  readonly LogonError?: string
  readonly ExtendedProperties: readonly NameValue[]
  readonly ModifiedProperties: readonly unknown[]
  readonly Actor: readonly { readonly ID: string; readonly Type: number }[]
  readonly ActorContextId: string
  readonly Target: readonly { readonly ID: string; readonly Type: number }[]
  readonly TargetContextId: string
  readonly InterSystemsId: string
  readonly IntraSystemId: string
  readonly DeviceProperties: readonly NameValue[]
}

export function signIn(
  kit: RecordKit,
  input: {
    at: number
    person: { upn: string; objectId: string }
    ip: string
    applicationId: string
    userAgent: string
    os: string
    browser: string
    session: string
    /** A wrong password, and the like. */
    failed?: boolean
    /** A device the directory knows. */
    device?: string
  },
): SignInRecord {
  const { at, person, ip, applicationId, device, failed = false } = input
  return {
    ...common(kit, {
      at,
      operation: failed ? 'UserLoginFailed' : 'UserLoggedIn',
      recordType: RecordType.stsLogon,
      workload: 'AzureActiveDirectory',
      userId: person.upn,
      userKey: person.objectId,
    }),
    ResultStatus: failed ? 'Failed' : 'Success',
    ClientIP: ip,
    ObjectId: applicationId,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: nameValues({
      ResultStatusDetail: failed ? 'UserError' : 'Success',
      UserAgent: input.userAgent,
      RequestType: 'OAuth2:Authorize',
    }),
    ModifiedProperties: [],
    Actor: [
      { ID: person.objectId, Type: 0 },
      { ID: person.upn, Type: 5 },
    ],
    ActorContextId: kit.organizationId,
    ActorIpAddress: ip,
    InterSystemsId: kit.random.guid(),
    IntraSystemId: kit.random.guid(),
    Target: [{ ID: applicationId, Type: 0 }],
    TargetContextId: kit.organizationId,
    ApplicationId: applicationId,
    DeviceProperties: nameValues({
      ...(device === undefined ? {} : { Id: device }),
      OS: input.os,
      BrowserType: input.browser,
      SessionId: input.session,
    }),
    ErrorNumber: failed ? '50126' : '0',
    ...(failed ? { LogonError: 'InvalidUserNameOrPassword' } : {}),
  }
}
