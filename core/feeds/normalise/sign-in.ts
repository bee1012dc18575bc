import type { AuditRecord } from '../../model/audit-record.ts'
import type { AnyBody } from '../../model/bodies.ts'
import type { Client } from '../../model/client.ts'
import { isGuid, isObject, list, lower, number, text } from '../../model/values.ts'
import { agentIn } from './agents.ts'

/** What reads the texts of a sign-in; each remembers what it has read. */
interface Readers {
  name(given: string): string | undefined
  session(given: string): string | undefined
  signInClient(given: string): Client
}

const SIGN_INS = new Set([
  'UserLoggedIn',
  'UserLoginFailed',
  'ServicePrincipalLoggedIn',
  'ServicePrincipalLoginFailed',
])

export function isSignIn(operation: string): boolean {
  return SIGN_INS.has(operation)
}

/**
 * Sign-ins (RecordType 15) keep in lists of names and values what other records have as fields. `ResultStatus` says
 * `Success` of failures too: the operation and the error decide. An interrupt (50074: a second factor is wanted) is a
 * failure with a number that means no harm.
 */
export function asSignIn(record: AuditRecord, read: Readers): AuditRecord {
  const { body, operation } = record
  const device = named(body.DeviceProperties)
  const app = read.name(text(body.ApplicationId) ?? '') ?? record.app
  const resource = resourceOf(body)
  const session = device('sessionid')
  return {
    ...record,
    app,
    api: resource === app ? undefined : resource,
    client: clientOf(body, device, read),
    session:
      realSession(session === undefined ? undefined : read.session(session)) ?? realSession(record.session),
    succeeded: record.succeeded && operation.endsWith('LoggedIn') && (number(body.ErrorNumber) ?? 0) === 0,
  }
}

type Named = (name: string) => string | undefined

/** The first value of a lower-case name. A list has at most ten entries, so no map is made of it. */
function named(value: unknown): Named {
  const entries = list(value)
  return name => {
    for (const entry of entries)
      if (isObject(entry) && text(entry.Name)?.length === name.length && lower(entry.Name) === name) {
        const found = text(entry.Value)
        if (found !== undefined) return found
      }
    return undefined
  }
}

/** Where a token has no session, Entra may write a GUID of noughts. */
function realSession(session: string | undefined): string | undefined {
  return session !== undefined && /[1-9a-z]/i.test(session) ? session : undefined
}

/** What a token was wanted for: `ObjectId`, else the target. The text `Unknown` has been seen in both. */
function resourceOf(body: AnyBody): string | undefined {
  const target = list(body.Target).find(isObject)
  return [body.ObjectId, target?.ID].map(lower).find(id => id !== undefined && isGuid(id))
}

const LONGEST = 1_000

function clientOf(body: AnyBody, device: Named, read: Readers): Client | undefined {
  const agent = (named(body.ExtendedProperties)('useragent') ?? text(body.UserAgent) ?? '').slice(0, LONGEST)
  const [system = '', browser = ''] = [device('os'), device('browsertype')]
  if (agent === '' && system === '' && browser === '') return undefined
  return read.signInClient([agent, system.slice(0, 60), browser.slice(0, 60)].map(oneLine).join('\n'))
}

function oneLine(given: string): string {
  return /\s\s|[^\S ]/.test(given) ? given.replace(/\s+/g, ' ') : given
}

/** A caller by three lines: its user agent, and what Entra made of that, the system and the browser. */
export function readSignInClient(lines: string): Client {
  const [userAgent = '', os = '', browserType = ''] = lines.split('\n')
  const system =
    SYSTEMS.find(([, test]) => test.test(userAgent))?.[0] ?? SYSTEMS.find(([, test]) => test.test(os))?.[0]
  const browser = BROWSERS.find(([, test]) => test.test(userAgent))?.[0]
  return {
    family: 'other',
    name: clientName(userAgent, browser ?? known(browserType), system),
    program: undefined,
    agent: agentIn(userAgent),
    ...(system !== undefined && { system }),
    ...(browser !== undefined && { browser }),
  }
}

/** An iPad asks for desktop pages as a Mac, and an Android phone as a PC with Linux. */
const SYSTEMS = [
  ['windows', /windows/i],
  ['apple', /mac ?os|macintosh|iphone|ipad|\bios|darwin/i],
  ['linux', /android|linux|cros/i],
] as const
const SYSTEM_NAMES = { windows: 'Windows', apple: 'a Mac, iPhone or iPad', linux: 'Linux or Android' }

/** Every browser calls itself by the names of others too: the first that fits is it. */
const BROWSERS = [
  ['Edge', /\bEdgA?(?:iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS)\//],
  ['Safari', /\bVersion\/[\d.]+.*\bSafari\//],
] as const

function known(browserType: string): string | undefined {
  return BROWSERS.find(([name]) => name.toLowerCase() === browserType.toLowerCase())?.[0]
}

/** In words for people: a program by its own name, a browser with what it runs on. */
function clientName(
  userAgent: string,
  browser: string | undefined,
  system: keyof typeof SYSTEM_NAMES | undefined,
) {
  const program = /^(?!Mozilla\/)[A-Za-z][\w .-]{0,40}(?:\/[\d.]+\w*)?/.exec(userAgent)?.[0].trim()
  if (program !== undefined) return program
  const on = system === undefined ? '' : ` on ${SYSTEM_NAMES[system]}`
  return browser === undefined ? `a program${on}` : `${browser}${on}`
}
