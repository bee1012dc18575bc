import { Webhook } from 'standardwebhooks'
import { ConfigError } from '../../model/errors.ts'
import type { Seconds } from '../../model/time.ts'
import type { Refusals } from '../outcome.ts'
import { judge } from '../outcome.ts'
import { post } from '../post.ts'
import { checkReceiverUrl } from '../receiver-url.ts'
import type { Sink } from '../sink.ts'
import { renderWebhook } from './render.ts'
import { secretProblem, splitSecrets } from './secret.ts'

export interface WebhookSinkOptions {
  /** Name of this sink in the outbox; `webhook` unless there are several. */
  readonly id?: string
  readonly url: string
  /** `whsec_…`, or two of them with a blank between during a change. Without one, requests go out unsigned. */
  readonly secret?: string | undefined
  /** UTC seconds, signed into every try. */
  readonly now: () => Seconds
  /** 20 seconds unless told. */
  readonly timeoutMs?: number
}

const REFUSALS: Refusals = {
  named: {
    400: 'the receiver did not take the payload; look at its log for the webhook id.',
    401: 'the receiver refused the signature; compare WEBHOOK_SECRET on both sides.',
    403: 'the receiver does not allow these requests; check its access rules and WEBHOOK_SECRET.',
    404: 'there is nothing at this address; check the path of WEBHOOK_URL.',
    410: 'the receiver says it is gone and wants no more requests; remove or change WEBHOOK_URL.',
    413: 'the payload was too large for the receiver; raise its limit to at least 20 KB.',
  },
  otherwise: 'the receiver refused the payload; look at its log for the webhook id.',
}

/** Posts alerts as Standard Webhooks 1.0. */
export function makeWebhookSink(options: WebhookSinkOptions): Sink {
  const check = checkReceiverUrl(options.url, 'WEBHOOK_URL')
  const secrets = splitSecrets(options.secret ?? '')
  const problems = secrets.map(secret => secretProblem(secret)).filter(problem => problem !== undefined)
  if (!check.ok) throw new ConfigError([check.problem, ...problems])
  if (problems.length > 0) throw new ConfigError(problems)
  const { url } = check
  const signers = secrets.map(secret => new Webhook(secret))
  return {
    id: options.id ?? 'webhook',
    async send(alert, posted, signal) {
      const body = JSON.stringify(renderWebhook(alert, posted))
      const headers = signed(signers, alert.id, options.now(), body)
      const answer = await post(url, body, headers, signal, options.timeoutMs ?? 20_000)
      judge(answer, url.host, REFUSALS, options.now())
    },
  }
}

function signed(signers: readonly Webhook[], id: string, at: Seconds, body: string): Record<string, string> {
  const headers: Record<string, string> = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at)) }
  if (signers.length > 0) {
    headers['webhook-signature'] = signers.map(signer => signer.sign(id, new Date(at * 1000), body)).join(' ')
  }
  return headers
}
