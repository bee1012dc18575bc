import { type FeedCode, FeedError } from '../../model/errors.ts'
import type { Reply } from '../../net/exchange.ts'
import { type About, AF_CODES, auditOff, throttled } from './af-codes.ts'
import { delayIn, readErrorBody } from './error-body.ts'

export type Call = 'subscriptions' | 'start' | 'content' | 'blob'
export type Subject = Omit<About, 'seen'>

/** After a start, another one is refused for this long. */
export const START_COOLDOWN_MS = 15 * 60_000

/** Turning auditing off and asking the wrong cloud look alike, with whatever code and status they come. */
const NO_TENANT = /\btenant\b.{0,80}\bdoes not exist\b/i

/** What a refusal means. The code in the body comes first: a throttle is documented as 403 and also sent as 429. */
export function failure(call: Call, reply: Reply, subject: Subject): FeedError {
  const { code: serverCode, text } = readErrorBody(reply.body)
  const about = { ...subject, seen: seen(reply.status, serverCode, text) }
  const fail = (code: FeedCode, message: string, retryAfterMs?: number) =>
    new FeedError(code, message, { serverCode, retryAfterMs })

  if (text !== undefined && NO_TENANT.test(text)) return fail('audit-off', auditOff(about))

  const asked = text === undefined ? undefined : delayIn(text)
  if (call === 'start' && (serverCode === '429' || /too many frequent subscription/i.test(text ?? ''))) {
    const message = `Starting the ${subject.contentType} subscription again is not allowed yet; it is tried again by itself: ${about.seen}.`
    return fail('start-cooldown', message, asked ?? START_COOLDOWN_MS)
  }

  const known = serverCode === undefined ? undefined : AF_CODES.get(serverCode)
  if (known) {
    const message = known.code === 'window-rejected' ? known.say(withClock(about, reply)) : known.say(about)
    return fail(known.code, message, asked)
  }
  if (serverCode === '429') return fail('throttled', throttled(about), asked)
  const [code, message] = byStatus(call, reply.status, about)
  return fail(code, message, asked)
}

function byStatus(call: Call, status: number, about: About): readonly [FeedCode, string] {
  const { host, tenantId, seen } = about
  if (status === 429) return ['throttled', throttled(about)]
  if (status === 401) {
    return [
      'unauthorized',
      `The server ${host} refuses our token; check that the credential belongs to tenant ${tenantId} and M365_CLOUD is right: ${seen}.`,
    ]
  }
  if (status === 408 || status >= 500)
    return ['unavailable', `The server ${host} is not available at the moment: ${seen}.`]
  if (call === 'blob' && (status === 404 || status === 410)) {
    return [
      'content-missing',
      `The server listed a content blob and cannot find it; it is tried again by itself: ${seen}.`,
    ]
  }
  if (status >= 300 && status < 400) {
    return [
      'rejected',
      `The server ${host} redirects to another address, which is not followed; check MANAGEMENT_API_URL and any proxy: ${seen}.`,
    ]
  }
  return ['rejected', `The server ${host} refuses the request for a reason we do not know: ${seen}.`]
}

/** `HTTP 400, AF20022: "The tenant has no subscription"` */
function seen(status: number, code: string | undefined, text: string | undefined): string {
  const head = code === undefined ? `HTTP ${status}` : `HTTP ${status}, ${code}`
  return text === undefined ? head : `${head}: "${text.replace(/[.\s]+$/, '').replaceAll('"', "'")}"`
}

function withClock(about: About, { headers }: Reply): About {
  const date = headers.get('date')
  const at = date === null ? Number.NaN : Date.parse(date)
  return Number.isNaN(at)
    ? about
    : { ...about, seen: `${about.seen}, server time ${new Date(at).toISOString()}` }
}
