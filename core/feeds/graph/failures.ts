import { type FeedCode, FeedError } from '../../model/errors.ts'
import type { Reply } from '../../net/exchange.ts'
import { readErrorBody } from '../management/error-body.ts'

/** What a sentence about a refusal may name. */
export interface Subject {
  readonly host: string
  /** What was asked for, in words: `directory audits`. */
  readonly what: string
  /** The application permission it takes. */
  readonly permission: string
  /** What it would be good for, in words that follow the permission: `which shows …`. */
  readonly adds?: string
}

/** Graph's codes where the status alone does not tell. */
const CODES: ReadonlyMap<string, FeedCode> = new Map([
  ['authentication_requestfromnonpremiumtenantorb2ctenant', 'not-licensed'],
  ['authorization_requestdenied', 'permission-missing'],
  ['authentication_msgraphpermissionmissing', 'permission-missing'],
  ['invalidauthenticationtoken', 'unauthorized'],
  ['toomanyrequests', 'throttled'],
])

/** The licence refusal has been reported with other codes too; its words stay the same. */
const NO_PREMIUM = /doesn't have premium license|does not have premium license/i

/** Reporting counts requests in windows of this length and names none when it refuses. */
const WINDOW_MS = 10_000

/** What a refusal means. `link`: the address was one that Graph handed out itself. */
export function graphFailure(reply: Reply, subject: Subject, link: boolean): FeedError {
  const { code: serverCode, text } = readErrorBody(reply.body)
  const code = meaning(reply.status, serverCode, text, link)
  const head = serverCode === undefined ? `HTTP ${reply.status}` : `HTTP ${reply.status}, ${serverCode}`
  const words = text?.replace(/[.\s]+$/, '').replaceAll('"', "'")
  const seen = words === undefined ? head : `${head}: "${words}"`
  return new FeedError(code, `${say(code, subject)}: ${seen}.`, {
    serverCode,
    ...(code === 'throttled' && { retryAfterMs: WINDOW_MS }),
  })
}

function meaning(
  status: number,
  code: string | undefined,
  text: string | undefined,
  link: boolean,
): FeedCode {
  if (text !== undefined && NO_PREMIUM.test(text)) return 'not-licensed'
  const known = code === undefined ? undefined : CODES.get(code.toLowerCase())
  if (known !== undefined) return known
  if (status === 429) return 'throttled'
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'permission-missing'
  if (status === 408 || (status >= 500 && status !== 501)) return 'unavailable'
  // A page link that has grown old is refused as a bad request, or as gone.
  if (link && [400, 404, 410].includes(status)) return 'page-rejected'
  if (status === 404 || status === 405 || status === 501) return 'not-in-cloud'
  return 'rejected'
}

function say(code: FeedCode, { host, what, permission, adds }: Subject): string {
  switch (code) {
    case 'not-licensed':
      return `The tenant has no Entra ID P1 or P2 licence, which Microsoft asks for to read ${what}`
    case 'permission-missing':
      return `The app may not read ${what}; a Global Administrator can grant it ${permission} of Microsoft Graph${adds === undefined ? '' : `, ${adds}`}`
    case 'not-in-cloud':
      return `Graph in this cloud does not offer ${what}`
    case 'unauthorized':
      return `The server ${host} refuses our token; check that the credential belongs to the tenant and M365_CLOUD is right`
    case 'throttled':
      return `Microsoft asks us to read ${what} more slowly; nothing is lost`
    case 'unavailable':
      return `The server ${host} is not available at the moment`
    case 'page-rejected':
      return `Graph no longer knows a page of ${what} that it pointed to; the reading starts over by itself`
    default:
      return `The server ${host} refuses to hand out ${what} for a reason we do not know`
  }
}
