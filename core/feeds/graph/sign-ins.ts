import { flag, isObject, list, number, text } from '../../model/values.ts'
import { creationTime, guidIn, pairs } from './wire.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * A `signIn` of Graph as the record that the same sign-in leaves in the Management API (RecordType 15). Sign-ins of
 * applications leave none there; their operations, `ServicePrincipalLoggedIn` and `ServicePrincipalLoginFailed`, are
 * names of ours. `undefined` for what is no sign-in.
 */
export function signInBody(entry: unknown): Record<string, unknown> | undefined {
  if (!isObject(entry)) return undefined
  const at = creationTime(entry.createdDateTime)
  const id = text(entry.id)
  const who = person(entry) ?? application(entry)
  if (at === undefined || id === undefined || who === undefined) return undefined
  const status = isObject(entry.status) ? entry.status : {}
  const error = number(status.errorCode) ?? 0
  const ip = text(entry.ipAddress)
  return {
    Id: id,
    RecordType: 15,
    CreationTime: at,
    Operation: error === 0 ? who.succeeded : who.failed,
    ResultStatus: error === 0 ? 'Success' : 'Failed',
    Version: 1,
    Workload: 'AzureActiveDirectory',
    ...who.fields,
    ...(ip !== undefined && { ClientIP: ip, ActorIpAddress: ip }),
    ObjectId: text(entry.resourceId) ?? 'Unknown',
    ApplicationId: text(entry.appId),
    AzureActiveDirectoryEventType: 1,
    ErrorNumber: String(error),
    ...(error !== 0 && { LogonError: text(status.failureReason) }),
    ExtendedProperties: pairs({
      ResultStatusDetail: error === 0 ? 'Success' : text(status.additionalDetails),
      UserAgent: entry.userAgent,
      ClientAppUsed: entry.clientAppUsed,
      AppDisplayName: entry.appDisplayName,
      AuthenticationProtocol: entry.authenticationProtocol,
      IncomingTokenType: entry.incomingTokenType,
      ClientCredentialType: entry.clientCredentialType,
      ServicePrincipalCredentialKeyId: guidIn(entry.servicePrincipalCredentialKeyId),
      FederatedCredentialId: text(entry.federatedCredentialId),
      IsInteractive: flag(entry.isInteractive),
      ConditionalAccessStatus: entry.conditionalAccessStatus,
      RiskLevelDuringSignIn: entry.riskLevelDuringSignIn,
      RiskState: entry.riskState,
      RiskEventTypes: list(entry.riskEventTypes_v2)
        .flatMap(type => text(type) ?? [])
        .join(','),
      UniqueTokenId: entry.uniqueTokenIdentifier,
      AutonomousSystemNumber: entry.autonomousSystemNumber,
      CountryOrRegion: isObject(entry.location) ? entry.location.countryOrRegion : undefined,
    }),
    ModifiedProperties: [],
    DeviceProperties: device(entry),
    Target: [{ ID: text(entry.resourceId) ?? 'Unknown', Type: 0 }],
    InterSystemsId: guidIn(entry.correlationId),
    // What the Management API has here is the request's id, which is the entry's own in Graph.
    IntraSystemId: guidIn(id),
  }
}

interface Who {
  readonly succeeded: string
  readonly failed: string
  readonly fields: Record<string, unknown>
}

function person({ servicePrincipalId, userId, userPrincipalName }: Fields): Who | undefined {
  const [id, upn] = [guidIn(userId), text(userPrincipalName)]
  if (id === undefined && (upn === undefined || guidIn(servicePrincipalId) !== undefined)) return undefined
  return {
    succeeded: 'UserLoggedIn',
    failed: 'UserLoginFailed',
    fields: {
      UserId: upn ?? id,
      UserKey: id ?? upn,
      UserType: 0,
      Actor: [
        ...(id === undefined ? [] : [{ ID: id, Type: 0 }]),
        ...(upn === undefined ? [] : [{ ID: upn, Type: 5 }]),
      ],
    },
  }
}

/** The key is the application's id, which is how a record of an application by itself is told. */
function application({ appId, servicePrincipalId, servicePrincipalName }: Fields): Who | undefined {
  const [id, app] = [guidIn(servicePrincipalId), guidIn(appId)]
  if (id === undefined) return undefined
  const name = text(servicePrincipalName)
  return {
    succeeded: 'ServicePrincipalLoggedIn',
    failed: 'ServicePrincipalLoginFailed',
    fields: {
      UserId: `ServicePrincipal_${id}`,
      UserKey: app ?? id,
      UserType: 6,
      Actor: [
        { ID: `ServicePrincipal_${id}`, Type: 2 },
        { ID: id, Type: 2 },
        { ID: 'ServicePrincipal', Type: 2 },
        ...(name === undefined ? [] : [{ ID: name, Type: 1 }]),
        ...(app === undefined ? [] : [{ ID: app, Type: 2 }]),
      ],
    },
  }
}

function device(entry: Fields): { Name: string; Value: string }[] {
  const detail = isObject(entry.deviceDetail) ? entry.deviceDetail : {}
  return pairs({
    Id: detail.deviceId,
    DisplayName: detail.displayName,
    OS: detail.operatingSystem,
    BrowserType: detail.browser,
    IsCompliant: flag(detail.isCompliant),
    IsManaged: flag(detail.isManaged),
    TrustType: detail.trustType,
    SessionId: entry.sessionId,
  })
}
