import type { Seconds } from '../../core/model/time.ts'
import { at, guid, person, type RawRecord, sealed } from './records.ts'

/** An application as the directory knows it; both objects of it carry its id. */
export interface App {
  readonly name: string
  readonly appId: string
  /** The service principal, which is what it is in a tenant that uses it. */
  readonly principal: string
  /** The registration, in the tenant that made it. */
  readonly registration: string
}

export const application = (name: string, appId = guid(`app ${name}`)): App => ({
  name,
  appId,
  principal: guid(`principal ${name}`),
  registration: guid(`registration ${name}`),
})

export const CRM = application('CRM')

const API = (name: string, appId: string): App => ({ ...application(name), appId })
export const GRAPH_API = API('Microsoft Graph', '00000003-0000-0000-c000-000000000000')
export const EXCHANGE_API = API('Office 365 Exchange Online', '00000002-0000-0ff1-ce00-000000000000')

type Identities = readonly { readonly ID: string; readonly Type: number }[]

const object = (kind: string, id: string): Identities => [
  { ID: `${kind}_${id}`, Type: 2 },
  { ID: id, Type: 2 },
  { ID: kind, Type: 2 },
]
export const user = (upn: string): Identities => [
  ...object('User', guid(upn)),
  { ID: upn, Type: 5 },
  { ID: guid(upn).slice(0, 16).toUpperCase(), Type: 3 },
]
export const principal = ({ name, appId, principal }: App): Identities => [
  ...object('ServicePrincipal', principal),
  { ID: name, Type: 1 },
  { ID: appId, Type: 2 },
  { ID: appId, Type: 4 },
]
export const registration = ({ name, appId, registration }: App): Identities => [
  ...object('Application', registration),
  { ID: name, Type: 1 },
  { ID: appId, Type: 2 },
]

export interface DirectoryEvent {
  readonly at?: Seconds
  /** A person by UPN. */
  readonly by?: string
  /** An application that acts by itself. */
  readonly byApp?: App
  readonly operation?: string
  readonly change?: RawRecord
}

/** A value of the directory as text: old and new, `[]` and `""` standing for nothing. */
export type Changes = Readonly<Record<string, readonly [oldValue: unknown, newValue: unknown]>>

/** What Entra writes (RecordType 8). It names no address, and its operations end in a full stop. */
export function directoryRecord(
  operation: string,
  target: Identities,
  properties: Changes,
  { at: when = at('09:12'), by = person('anna'), byApp, change, ...rest }: DirectoryEvent = {},
): RawRecord {
  const actor: Identities = byApp === undefined ? user(by) : principal(byApp)
  return sealed(when, rest.operation ?? operation, {
    RecordType: 8,
    ResultStatus: 'Success',
    UserKey:
      byApp === undefined
        ? `10032000${guid(by).slice(0, 8).toUpperCase()}@birchwood.example`
        : 'Not Available',
    UserType: byApp === undefined ? 0 : 4,
    Version: 1,
    Workload: 'AzureActiveDirectory',
    ObjectId: target.find(({ Type }) => Type === 4 || Type === 5)?.ID ?? target[0]?.ID,
    UserId: byApp === undefined ? by : `ServicePrincipal_${byApp.principal}`,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: [{ Name: 'additionalDetails', Value: '{"User-Agent":"EvoSTS"}' }],
    ModifiedProperties: Object.entries(properties).map(([Name, [OldValue, NewValue]]) => ({
      Name,
      NewValue,
      OldValue,
    })),
    Actor: actor,
    Target: target,
    ...change,
  })
}

interface Granted {
  readonly scopes: string
  readonly before?: string
  readonly forAll?: boolean
  readonly resource?: string
}

/** The list of grants a consent changes, in the text form of its own that Entra writes. */
export function permissions(app: App, by: string, grants: readonly Granted[]): string {
  const entry = ({ forAll = false, resource = 'Microsoft Graph' }: Granted, scopes: string) =>
    `[Id: ${guid(`${resource}${scopes}`).slice(0, 22)}, ClientId: ${app.principal}, PrincipalId: ${forAll ? '' : guid(by)},` +
    ` ResourceId: ${guid(resource)}, ConsentType: ${forAll ? 'AllPrincipals' : 'Principal'}, Scope:  ${scopes},` +
    ' CreatedDateTime: , LastModifiedDateTime ]'
  const before = grants.flatMap(grant => (grant.before === undefined ? [] : [entry(grant, grant.before)]))
  const after = grants.map(grant => entry(grant, grant.scopes))
  return `[${before.join(', ')}] => [${after.join(', ')}]; `
}

/** Somebody presses "Accept". */
export function consent(
  scopes: string | readonly Granted[],
  event: DirectoryEvent & { readonly app?: App } = {},
): RawRecord {
  const { app = CRM, by = person('anna') } = event
  const grants = typeof scopes === 'string' ? [{ scopes }] : scopes
  const forAll = grants.some(grant => grant.forAll === true) ? 'True' : 'False'
  return directoryRecord(
    'Consent to application.',
    principal(app),
    {
      'ConsentContext.IsAdminConsent': ['', forAll],
      'ConsentContext.IsAppOnly': ['', 'False'],
      'ConsentContext.OnBehalfOfAll': ['', forAll],
      'ConsentContext.Tags': ['', ''],
      'ConsentAction.Permissions': ['', permissions(app, by, grants)],
      'TargetId.ServicePrincipalNames': ['', app.appId],
    },
    event,
  )
}

/** The grant itself, as PowerShell and Graph make it: the target is the API, the application an object id. */
export function delegatedGrant(
  scopes: string,
  event: DirectoryEvent & { readonly app?: App; readonly before?: string; readonly forAll?: boolean } = {},
): RawRecord {
  const { app = CRM, before = '', forAll = true } = event
  const type = forAll ? 'AllPrincipals' : 'Principal'
  return directoryRecord(
    'Add delegated permission grant.',
    principal(GRAPH_API),
    {
      'DelegatedPermissionGrant.Scope': [before, ` ${scopes}`],
      'DelegatedPermissionGrant.ConsentType': [before === '' ? '' : type, type],
      'ServicePrincipal.ObjectID': ['', app.principal],
      'ServicePrincipal.DisplayName': ['', ''],
      'ServicePrincipal.AppId': ['', ''],
      'ServicePrincipal.Name': ['', ''],
      'TargetId.ServicePrincipalNames': ['', `${GRAPH_API.appId};https://graph.example`],
    },
    event,
  )
}

/** An application gets a right of its own. The target is the API. */
export function appRole(
  value: string,
  event: DirectoryEvent & { readonly app?: App; readonly api?: App; readonly id?: string } = {},
): RawRecord {
  const { app = CRM, api = GRAPH_API, id = guid(`role ${value}`) } = event
  return directoryRecord(
    'Add app role assignment to service principal.',
    principal(api),
    {
      'AppRole.Id': ['', id],
      'AppRole.Value': ['', value],
      'AppRole.DisplayName': ['', `Use ${value}`],
      'ServicePrincipal.ObjectID': ['', app.principal],
      'ServicePrincipal.DisplayName': ['', app.name],
      'ServicePrincipal.AppId': ['', app.appId],
      'ServicePrincipal.Name': ['', app.appId],
    },
    event,
  )
}

/** An application becomes known in the tenant, by a consent or by itself. */
export const createdPrincipal = (event: DirectoryEvent & { readonly app?: App } = {}) => {
  const { app = CRM } = event
  return directoryRecord(
    'Add service principal.',
    principal(app),
    {
      AccountEnabled: ['[]', '[\r\n  true\r\n]'],
      AppPrincipalId: ['[]', `[\r\n  "${app.appId}"\r\n]`],
      DisplayName: ['[]', `[\r\n  "${app.name}"\r\n]`],
      AppAddress: [
        '[]',
        '[\r\n  {\r\n    "AddressType": 0,\r\n    "Address": "https://crm.example/signin"\r\n  }\r\n]',
      ],
      Credential: [
        '[]',
        `[\r\n  {\r\n    "CredentialType": 2,\r\n    "KeyGroupId": "${guid('group')}"\r\n  }\r\n]`,
      ],
    },
    event,
  )
}

/** One entry of `KeyDescription`. */
export const key = (id: string, type = 'Password') =>
  `[KeyIdentifier=${guid(id)},KeyType=${type},KeyUsage=Verify,DisplayName=${id}]`
/** A list of texts as the directory writes it. */
export const written = (...texts: readonly unknown[]) =>
  texts.length === 0 ? '[]' : JSON.stringify(texts, null, 2).replaceAll('\n', '\r\n')
