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

const WRONG_PASSWORD = 50_126
const ERRORS: Readonly<Record<number, string>> = {
  [WRONG_PASSWORD]: 'InvalidUserNameOrPassword',
  50057: 'UserDisabled',
  50074: 'UserStrongAuthClientAuthNRequiredInterrupt',
  50140: 'KmsiInterrupt',
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
    /** What the token is for, where that is not the application itself. */
    resource?: string
    /** The endpoint that was asked; `Cmsi:Cmsi` for a code typed on another machine. */
    requestType?: 'OAuth2:Authorize' | 'OAuth2:Token' | 'Login:login' | 'Login:reprocess' | 'Cmsi:Cmsi'
    /** An interrupt on the way: a second factor is wanted (50074), "stay signed in?" (50140). */
    error?: number
    /** One for all steps of a sign-in. */
    correlation?: string
  },
): SignInRecord {
  const { at, person, ip, applicationId, device, error, resource = applicationId } = input
  const failed = error === undefined ? input.failed === true : error !== 0
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
    ObjectId: resource,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: nameValues({
      ResultStatusDetail: failed ? 'UserError' : 'Success',
      UserAgent: input.userAgent,
      RequestType: input.requestType ?? 'OAuth2:Authorize',
    }),
    ModifiedProperties: [],
    Actor: [
      { ID: person.objectId, Type: 0 },
      { ID: person.upn, Type: 5 },
    ],
    ActorContextId: kit.organizationId,
    ActorIpAddress: ip,
    InterSystemsId: input.correlation ?? kit.random.guid(),
    IntraSystemId: kit.random.guid(),
    Target: [{ ID: resource, Type: 0 }],
    TargetContextId: kit.organizationId,
    ApplicationId: applicationId,
    DeviceProperties: nameValues({
      ...(device === undefined ? {} : { Id: device }),
      OS: input.os,
      BrowserType: input.browser,
      SessionId: input.session,
    }),
    ErrorNumber: String(error ?? (failed ? WRONG_PASSWORD : 0)),
    ...(failed ? { LogonError: ERRORS[error ?? WRONG_PASSWORD] ?? 'Unknown' } : {}),
  }
}
