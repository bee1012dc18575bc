import { signInBody } from '../../core/feeds/graph/sign-ins.ts'
import type { Seconds } from '../../core/model/time.ts'
import { type App, CRM } from './record-apps.ts'
import { at, guid, nameValues, person, type RawRecord, sealed, TENANT } from './records.ts'

export const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'
export const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
export const FIREFOX_LINUX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
export const SAFARI_IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'
export const SAFARI_IPAD =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15'

export const RESOURCES = {
  exchange: '00000002-0000-0ff1-ce00-000000000000',
  graph: '00000003-0000-0000-c000-000000000000',
  sharepoint: '00000003-0000-0ff1-ce00-000000000000',
  directory: '00000002-0000-0000-c000-000000000000',
} as const
export const OFFICE_HOME = '4765445b-32c6-49b0-83e6-1d93765276ca'
export const BROKER = '29d9ed98-a469-4536-ade2-f981bc1d605e'
export const OFFICE = 'd3590ed6-52b3-4102-aeff-aad2292ab01c'
export const TO_DO = '22098786-6e16-43cc-a27d-191a01a1e3b5'

/** Errors that are steps of an honest sign-in, and those that are not. */
export const ERRORS = {
  none: 0,
  staySignedIn: 50_140,
  secondFactor: 50_074,
  password: 50_126,
  disabled: 50_057,
}

export interface SignInEvent {
  readonly at?: Seconds
  readonly by?: string
  readonly app?: string
  /** What the token is for; the application itself where it is the same. */
  readonly resource?: string
  readonly ip?: string
  readonly userAgent?: string | undefined
  readonly os?: string
  readonly browser?: string
  readonly session?: string | undefined
  /** Id of a device the tenant knows. */
  readonly device?: string
  readonly request?: string
  readonly method?: string
  readonly error?: number
  readonly correlation?: string
  readonly change?: RawRecord
}

/** A sign-in at Entra (RecordType 15): what matters is in lists, and failures are told by operation and error. */
export function signIn(event: SignInEvent = {}): RawRecord {
  const { by = person('anna'), app = OFFICE, resource = RESOURCES.exchange, ip = '198.51.100.23' } = event
  const { error = ERRORS.none, correlation = guid(`${by} ${event.at}`), userAgent = EDGE } = event
  return sealed(event.at ?? at('09:05'), error === ERRORS.none ? 'UserLoggedIn' : 'UserLoginFailed', {
    RecordType: 15,
    ResultStatus: 'Success',
    UserKey: guid(by),
    UserType: 0,
    Version: 1,
    Workload: 'AzureActiveDirectory',
    ClientIP: ip,
    ObjectId: resource,
    UserId: by,
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: nameValues({
      ResultStatusDetail: error === ERRORS.none ? 'Success' : 'UserError',
      UserAgent: 'userAgent' in event ? event.userAgent : userAgent,
      ...(event.method !== undefined && { UserAuthenticationMethod: event.method }),
      RequestType: event.request ?? 'OAuth2:Authorize',
    }),
    ModifiedProperties: [],
    Actor: [
      { ID: guid(by), Type: 0 },
      { ID: by, Type: 5 },
    ],
    ActorContextId: TENANT,
    ActorIpAddress: ip,
    InterSystemsId: guid(correlation),
    IntraSystemId: guid(`${correlation} ${event.at}`),
    SupportTicketId: '',
    Target: [{ ID: resource, Type: 0 }],
    TargetContextId: TENANT,
    ApplicationId: app,
    DeviceProperties: nameValues({
      ...(event.device !== undefined && { Id: guid(event.device), IsCompliantAndManaged: 'True' }),
      OS: event.os ?? 'Windows10',
      BrowserType: event.browser ?? 'Edge',
      ...(event.session !== undefined && { SessionId: guid(event.session) }),
    }),
    ErrorNumber: String(error),
    ...event.change,
  })
}

/**
 * The same sign-in as Graph tells it, with what Graph alone knows in `more`, by Graph's names. It names its steps and requests
 * as the Management API does, so both are one event.
 */
export function graphSignIn(event: SignInEvent = {}, more: RawRecord = {}): RawRecord {
  const { by = person('anna'), app = OFFICE, resource = RESOURCES.exchange, ip = '198.51.100.23' } = event
  const { error = ERRORS.none, correlation = guid(`${by} ${event.at}`), userAgent = EDGE } = event
  return graphRecord({
    id: guid(`${correlation} ${event.at}`),
    createdDateTime: graphTime(event.at),
    userPrincipalName: by,
    userId: guid(by),
    appId: app,
    ipAddress: ip,
    clientAppUsed: 'Browser',
    userAgent: 'userAgent' in event ? event.userAgent : userAgent,
    correlationId: guid(correlation),
    isInteractive: true,
    resourceId: resource,
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes_v2: [],
    authenticationProtocol: 'none',
    status: { errorCode: error, failureReason: 'Other.' },
    deviceDetail: {
      deviceId: event.device === undefined ? '' : guid(event.device),
      operatingSystem: event.os ?? 'Windows10',
      browser: event.browser ?? 'Edge',
    },
    location: { city: null, state: null, countryOrRegion: null, geoCoordinates: {} },
    ...(event.session !== undefined && { sessionId: guid(event.session) }),
    ...more,
  })
}

/** An application that signs in by itself. Only Graph tells. */
export function applicationSignIn(
  event: {
    readonly at?: Seconds
    readonly app?: App
    readonly resource?: string
    readonly ip?: string
    readonly asn?: number
    readonly error?: number
  } = {},
  more: RawRecord = {},
): RawRecord {
  const { app = CRM, resource = RESOURCES.exchange, ip = '198.51.100.23', asn, error = 0 } = event
  return graphRecord({
    id: guid(`${app.appId} ${event.at} ${ip} ${resource} ${JSON.stringify(more)}`),
    createdDateTime: graphTime(event.at),
    appId: app.appId,
    servicePrincipalId: app.principal,
    servicePrincipalName: app.name,
    servicePrincipalCredentialKeyId: guid(`secret of ${app.name}`),
    clientCredentialType: 'clientSecret',
    ipAddress: ip,
    autonomousSystemNumber: asn ?? null,
    correlationId: guid(`correlation ${app.appId} ${event.at}`),
    resourceId: resource,
    signInEventTypes: ['servicePrincipal'],
    status: { errorCode: error, failureReason: 'Other.' },
    ...more,
  })
}

const graphTime = (when: Seconds = at('09:05')) => new Date(when * 1000).toISOString()

function graphRecord(entry: RawRecord): RawRecord {
  const body = signInBody(JSON.parse(JSON.stringify(entry)))
  if (body === undefined) throw new Error('This is no sign-in of Graph')
  return JSON.parse(JSON.stringify({ OrganizationId: TENANT, ...body }))
}

/** The session of a sign-in, as it comes back in mail records. */
export const sessionOf = (session: string) => guid(session)
