import { CONTENT_TYPES, type ContentType } from '../content.ts'
import { type Call, jsonReply } from '../http.ts'
import type { Settings } from '../options.ts'
import { isOutcome, type Operation, type Outcome, readContentType, refuse, typeOf } from './operation.ts'
import { tooManyStarts } from './replies.ts'

interface Webhook {
  readonly status: 'enabled'
  readonly address: string
  readonly authId: string | null
  readonly expiration: string | null
}

interface Subscription {
  status: 'enabled' | 'disabled'
  lastStart: number
  webhook: Webhook | null
  /** When it ran. What is created while it is stopped can never be listed. */
  readonly spans: { readonly from: number; to: number }[]
}

export interface Subscriptions {
  readonly start: Operation
  readonly stop: Operation
  readonly list: Operation
  /** An administrator switches it off: listings answer AF20023 until the next start. */
  disable(contentType: ContentType): void
  status(contentType: ContentType): 'enabled' | 'disabled' | undefined
  /** Whether content created at this moment can ever be listed. */
  covers(contentType: ContentType, created: number): boolean
  /** First start, for the audit. */
  since(contentType: ContentType): number | undefined
}

export function makeSubscriptions(settings: Settings): Subscriptions {
  const { clock } = settings
  const running = new Map<ContentType, Subscription>()
  const past = new Map<ContentType, Subscription>()
  const described = (contentType: ContentType, { status, webhook }: Subscription) => ({
    contentType,
    status,
    webhook,
  })

  function start(call: Call): Outcome {
    const contentType = readContentType(call)
    if (isOutcome(contentType)) return contentType
    const wanted = readWebhook(call, clock.now())
    if (wanted === 'malformed') return refuse('AF20002', 'The request body is not valid JSON.')
    if (wanted === 'expired') return refuse('AF20003', 'The webhook expiration lies in the past.')

    const known = past.get(contentType)
    const current = running.get(contentType)
    const sinceLast = known && clock.now() - known.lastStart
    const unchanged =
      current?.status === 'enabled' && JSON.stringify(current.webhook) === JSON.stringify(wanted)
    const cooling = sinceLast !== undefined && sinceLast < settings.coolDownMs
    const noted = (answer: string) =>
      ({ type: 'start', at: clock.now(), contentType, sinceLastMs: sinceLast, answer }) as const

    if (cooling && !(unchanged && settings.repeatedStart === 'AF20024')) {
      const reply = tooManyStarts(settings.coolDownStatus, settings.coolDownMs - sinceLast)
      return { reply, entry: noted('429') }
    }
    if (unchanged) {
      return { ...refuse('AF20024', 'The subscription is already enabled.'), entry: noted('AF20024') }
    }
    const next: Subscription = {
      status: 'enabled',
      lastStart: clock.now(),
      webhook: wanted,
      spans: known?.spans ?? [],
    }
    if (!current) next.spans.push({ from: clock.now(), to: Number.POSITIVE_INFINITY })
    running.set(contentType, next)
    past.set(contentType, next)
    return { reply: jsonReply(200, described(contentType, next)), entry: noted('enabled') }
  }

  function stop(call: Call): Outcome {
    const contentType = readContentType(call)
    if (isOutcome(contentType)) return contentType
    const current = running.get(contentType)
    if (!current) return refuse('AF20022', `No subscription found for the content type ${contentType}.`)
    const span = current.spans.at(-1)
    if (span) span.to = clock.now()
    running.delete(contentType)
    return { reply: { status: 200 } }
  }

  const subject = (kind: 'start' | 'stop' | 'list') => (call: Call) => ({
    kind,
    identity: call.query.get('contenttype')?.toLowerCase() ?? '',
    contentType: typeOf(call),
  })

  return {
    start: { subject: subject('start'), run: start },
    stop: { subject: subject('stop'), run: stop },
    list: {
      subject: subject('list'),
      run: () => {
        const known = CONTENT_TYPES.flatMap(type => {
          const subscription = running.get(type)
          return subscription ? [described(type, subscription)] : []
        })
        return { reply: jsonReply(200, known) }
      },
    },
    disable: contentType => {
      const current = running.get(contentType)
      if (current) current.status = 'disabled'
    },
    status: contentType => running.get(contentType)?.status,
    covers: (contentType, created) => {
      const spans = past.get(contentType)?.spans ?? []
      return spans.some((span, i) => created >= span.from - (i ? 0 : settings.backlogMs) && created < span.to)
    },
    since: contentType => past.get(contentType)?.spans[0]?.from,
  }
}

/** The optional body of a start. The address is kept and listed; no notifications are sent to it. */
function readWebhook(call: Call, now: number): Webhook | null | 'malformed' | 'expired' {
  if (!call.body.trim()) return null
  try {
    const { webhook } = JSON.parse(call.body) ?? {}
    if (!webhook) return null
    const expiration = webhook.expiration ? String(webhook.expiration) : null
    if (expiration && Date.parse(expiration) <= now) return 'expired'
    const authId = webhook.authId ? String(webhook.authId) : null
    return { status: 'enabled', address: String(webhook.address ?? ''), authId, expiration }
  } catch {
    return 'malformed'
  }
}
