import type { AuditRecord } from '../../model/audit-record.ts'
import { lower, number, text } from '../../model/values.ts'
import { valueNamed } from './name-values.ts'
import { type SignInPlace, type SignInRisk, signInPlace, signInRisk } from './sign-in-context.ts'

/** What a sign-in tells besides the envelope, which has its client, session, application and resource (`api`). */
export interface SignIn {
  readonly app: string
  /** What the token is for; absent where that is unknown or the application itself. */
  readonly resource: string | undefined
  readonly userAgent: string
  /** Lower-case: `oauth2:authorize`, `oauth2:token`, `login:login`, `cmsi:cmsi`. */
  readonly requestType: string | undefined
  /** `UserAuthenticationMethod`: a sum of flags without a public key; 1 has been seen for a password alone. */
  readonly method: string | undefined
  /** Id of a device the tenant knows. */
  readonly device: string | undefined
  /** `ErrorNumber`; 0 for none. */
  readonly error: number
  /** Graph alone has this and what follows. Lower-case: `devicecode`, `ropc`, `oauth2`. */
  readonly protocol: string | undefined
  /** `Browser`, `Mobile Apps and Desktop clients`, or an old protocol by name. */
  readonly clientApp: string | undefined
  readonly risk: SignInRisk
  readonly place: SignInPlace
  /** Ties the steps of one sign-in together. */
  readonly correlation: string | undefined
}

/** `undefined` for any other record, and for a sign-in that names no application. */
export function signIn(record: AuditRecord): SignIn | undefined {
  const { operation } = record
  if (operation !== 'UserLoggedIn' && operation !== 'UserLoginFailed') return undefined
  // Half a dozen detections ask about one record in turn, and its lists are most of their work.
  if (latest?.record !== record) latest = { record, told: read(record) }
  return latest.told
}

let latest: { readonly record: AuditRecord; readonly told: SignIn | undefined } | undefined

function read({ api, app, body }: AuditRecord): SignIn | undefined {
  if (app === undefined) return undefined
  const properties = body.ExtendedProperties
  return {
    app,
    resource: api,
    userAgent: valueNamed(properties, 'UserAgent') ?? '',
    requestType: valueNamed(properties, 'RequestType')?.toLowerCase(),
    method: valueNamed(properties, 'UserAuthenticationMethod'),
    device: deviceOf(valueNamed(body.DeviceProperties, 'Id')),
    error: number(body.ErrorNumber) ?? 0,
    protocol: valueNamed(properties, 'AuthenticationProtocol')?.toLowerCase(),
    clientApp: valueNamed(properties, 'ClientAppUsed')?.toLowerCase(),
    risk: signInRisk(properties),
    place: signInPlace(properties),
    correlation: lower(body.InterSystemsId)?.slice(0, 60),
  }
}

function deviceOf(id: string | undefined): string | undefined {
  return id !== undefined && /[1-9a-f]/i.test(id) ? text(id) : undefined
}

/** The names under which Exchange hands on the passwords of old protocols: POP, IMAP, SMTP, ActiveSync, EWS. */
const LEGACY = /\b(?:BAV2ROPC|CBAInPROD|CBAInTAR)\b/i

/**
 * What Graph calls clients that send a password. Not ActiveSync: phones that sign in the modern way have been called that
 * as well.
 */
const LEGACY_CLIENTS = new Set([
  'authenticated smtp',
  'smtp',
  'imap',
  'imap4',
  'pop',
  'pop3',
  'mapi',
  'mapi over http',
  'outlook anywhere (rpc over http)',
  'exchange web services',
  'offline address book',
  'reporting web services',
  'autodiscover',
  'exchange online powershell',
  'other clients',
])

export function isLegacyClient({ clientApp, userAgent }: Pick<SignIn, 'clientApp' | 'userAgent'>): boolean {
  return LEGACY.test(userAgent) || (clientApp !== undefined && LEGACY_CLIENTS.has(clientApp))
}

/**
 * Somebody typed a code, shown by a program elsewhere, into the sign-in page. `Cmsi` asks "are you trying to sign in to
 * …?", which some mobile programs ask as well; those run on devices the tenant mostly knows.
 */
export function isDeviceCode({ device, protocol, requestType }: SignIn): boolean {
  return (requestType === 'cmsi:cmsi' || protocol === 'devicecode') && device === undefined
}
