import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Door } from './door.ts'
import type { FaultNamed, RequestSubject } from './faults.ts'
import { type Call, jsonReply, type Reply } from './http.ts'

/** A card that the Workflows receiver took. */
export interface Card {
  /** Arrival, milliseconds on the tenant's clock. */
  readonly at: number
  readonly bytes: number
  /** The Adaptive Card itself, parsed. */
  readonly content: unknown
}

export interface WebhookDelivery {
  readonly at: number
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The raw body: signatures are over its bytes. */
  readonly body: string
}

export interface Sinks {
  readonly teamsPath: string
  teams(call: Call): Reply
  webhook(call: Call): Reply
  cards(): readonly Card[]
  webhooks(): readonly WebhookDelivery[]
}

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive'
const MAX_BYTES = 28 * 1024
const sha = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

export function makeSinks(deps: { clock: Clock; door: Door }): Sinks {
  const { clock, door } = deps
  const [flow, signature] = [randomBytes(16).toString('hex'), randomBytes(32).toString('base64url')]
  const cards: Card[] = []
  const webhooks: WebhookDelivery[] = []

  function receiveCard(call: Call): Reply {
    if (call.method !== 'POST') return problem(405, 'MethodNotAllowed', 'Send the card with POST.')
    if (call.path !== `/teams/${flow}`) return problem(404, 'WorkflowNotFound', 'There is no such workflow.')
    if (call.query.get('sig') !== signature)
      return problem(401, 'DirectApiAuthorizationRequired', 'Wrong sig.')
    if (call.bytes > MAX_BYTES) return problem(413, 'RequestEntityTooLarge', 'Request Entity too large.')
    const contents = readEnvelope(call.body)
    if (!contents) return problem(400, 'InvalidRequestContent', 'The body has no Adaptive Card attachments.')
    for (const content of contents) cards.push({ at: clock.now(), bytes: call.bytes, content })
    return { status: 202 }
  }

  function receiveWebhook(call: Call): Reply {
    if (call.method !== 'POST') return problem(405, 'MethodNotAllowed', 'Deliver with POST.')
    webhooks.push({ at: clock.now(), headers: call.headers, body: call.body })
    return { status: 200 }
  }

  // A retry of the same message must meet the same decision: it is known by its webhook-id, or else by its body.
  const identity = (call: Call) => String(call.headers['webhook-id'] ?? sha(call.body))
  const visit = (kind: 'teams' | 'webhook', receive: (call: Call) => Reply) => (call: Call) => {
    const subject: RequestSubject = { kind, identity: identity(call) }
    return door.enter(call, { subject, throttled, run: () => ({ reply: receive(call) }) })
  }

  return {
    teamsPath: `/teams/${flow}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${signature}`,
    teams: visit('teams', receiveCard),
    webhook: visit('webhook', receiveWebhook),
    cards: () => cards,
    webhooks: () => webhooks,
  }
}

function throttled(fault: FaultNamed<'throttle'>): Reply {
  const reply = problem(fault.status ?? 429, 'TooManyRequests', 'Rate limit is exceeded.')
  if (fault.retryAfterSeconds === undefined) return reply
  return { ...reply, headers: { ...reply.headers, 'Retry-After': String(fault.retryAfterSeconds) } }
}

const problem = (status: number, code: string, message: string) =>
  jsonReply(status, { error: { code, message } })

/**
 * The cards in `{type: 'message', attachments: [{contentType, contentUrl, content}]}`, or undefined when it is
 * something else. The real flow answers success to a body without attachments and then fails in silence;
 * here it is refused, so that a test can see it.
 */
function readEnvelope(body: string): unknown[] | undefined {
  try {
    const message: unknown = JSON.parse(body)
    if (!isObject(message) || message.type !== 'message' || !Array.isArray(message.attachments))
      return undefined
    const attachments: unknown[] = message.attachments
    const cards = attachments.flatMap(a => (isObject(a) && isCard(a) ? [a.content] : []))
    return cards.length > 0 && cards.length === attachments.length ? cards : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const isCard = (attachment: Record<string, unknown>) =>
  attachment.contentType === ADAPTIVE &&
  isObject(attachment.content) &&
  attachment.content.type === 'AdaptiveCard'
