import type { AuditRecord } from '../../model/audit-record.ts'
import type { TenantFacts } from '../../model/detection.ts'
import { isDeviceCode, isLegacyClient, type SignIn, signIn } from './sign-in.ts'
import { BROKER, isMailResource, OFFICE_HOME, signInAppKind } from './sign-in-apps.ts'
import { names } from './words.ts'

/**
 * What is wrong with one sign-in, the worst first. `tool`: made for stolen accounts. `kit`: a library where phishing kits
 * use one. `reported`: Entra itself says that it went through a page in between or was not the user. `broker-code`: a code typed for the broker, which then fetches any token. `device-code`, `script`, `password`:
 * other ways without a browser to a token for mail. `legacy`: a password by an old protocol. `disabled`: somebody
 * tried an account that is switched off. `risky`: Entra rates the risk as high, and says no more.
 */
export type Suspicion =
  | 'tool'
  | 'kit'
  | 'reported'
  | 'broker-code'
  | 'device-code'
  | 'script'
  | 'password'
  | 'legacy'
  | 'risky'
  | 'disabled'

/** The account is disabled. */
const DISABLED = 50_057

/** Is there something wrong with this record as a sign-in? Not from addresses and applications somebody vouched for. */
export function suspiciousSignIn(record: AuditRecord, tenant: TenantFacts): Suspicion | undefined {
  const read = signIn(record)
  if (read === undefined || record.appOnly) return undefined
  if (record.succeeded && record.client?.agent?.kind === 'tool') return 'tool'
  if (tenant.isTrustedApp(read.app)) return undefined
  if (record.address !== undefined && tenant.isTrustedNetwork(record.address)) return undefined
  if (!record.succeeded) return read.error === DISABLED ? 'disabled' : undefined
  return signOf(record, read)
}

function signOf({ client }: AuditRecord, read: SignIn): Suspicion | undefined {
  const mail = isMailResource(read.resource)
  const library = client?.agent !== undefined
  if (library && (read.app === OFFICE_HOME || (read.app === BROKER && mail))) return 'kit'
  if (read.risk.isReported) return 'reported'
  if (isLegacyClient(read)) return 'legacy'
  return (mail ? wayToMail(read, client) : undefined) ?? (read.risk.level === 'high' ? 'risky' : undefined)
}

function wayToMail(read: SignIn, client: AuditRecord['client']): Suspicion | undefined {
  if (isDeviceCode(read)) return read.app === BROKER ? 'broker-code' : 'device-code'
  // Developers’ clients are such programs; whether one is new to the user is asked of it instead.
  if (client?.agent !== undefined) return signInAppKind(read.app) === 'developer' ? undefined : 'script'
  return isPasswordGrant(read) && client?.browser === undefined ? 'password' : undefined
}

/**
 * A password sent to the token endpoint (ROPC) leaves `OAuth2:Token` with method 1: seen of Entra Connect and of scripts.
 * Whether mail programs that redeem a code leave the same is not known, so they do not count.
 */
function isPasswordGrant({ app, device, method, protocol, requestType }: SignIn): boolean {
  if (protocol === 'ropc') return true
  if (requestType !== 'oauth2:token' || method !== '1' || device !== undefined) return false
  return signInAppKind(app) !== 'mail-program'
}

/** Ways to a token for mail without a browser of the user's own. */
export function isAroundBrowser(suspicion: string | undefined): suspicion is Suspicion {
  return suspicion !== undefined && AROUND.has(suspicion)
}

const AROUND: ReadonlySet<string> = new Set(['broker-code', 'device-code', 'script', 'password'])

const STRONG: ReadonlySet<Suspicion> = new Set(['tool', 'kit', 'reported', 'broker-code'])

/** Signs that hardly ever have a harmless reason. */
export function isStrong(suspicion: Suspicion): boolean {
  return STRONG.has(suspicion)
}

/** Notes of a sequence, told in its order: how somebody signed in, and what came after. */
export function inOrder(notes: readonly string[]): { readonly first: string; readonly rest: string } {
  const isFirst = (note: string) => note.startsWith(SIGNED_IN)
  const told = (some: readonly string[], most: number) => names(some.toSorted(), most)
  return {
    first: told(notes.filter(isFirst), 2),
    rest: told(
      notes.filter(note => !isFirst(note)),
      4,
    ),
  }
}

const SIGNED_IN = 'signed in '

/** `signed in with a tool made for stolen accounts` */
export function suspicionNote(suspicion: Suspicion): string {
  return `${SIGNED_IN}${SUSPICIONS[suspicion]}`
}

/** In words, after "signed in". */
export const SUSPICIONS: Readonly<Record<Suspicion, string>> = {
  tool: 'with a tool made for stolen accounts',
  kit: 'with a scripting library where phishing kits use one',
  reported: 'in a way that Entra reports as an attack',
  'broker-code': 'by a code typed for another machine, as the authentication broker',
  'device-code': 'by a code typed for another machine',
  script: 'to mail with a scripting library',
  password: 'to mail with a bare password',
  legacy: 'with a password by an old protocol',
  risky: 'in a way that Entra rates as high risk',
  disabled: 'to an account that was switched off (refused)',
}
