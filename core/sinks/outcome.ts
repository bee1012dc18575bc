import type { SinkCode } from '../model/errors.ts'
import { SinkError } from '../model/errors.ts'
import type { Seconds } from '../model/time.ts'
import type { Reply } from '../net/exchange.ts'
import { retryAfter } from '../net/retry-after.ts'

/** Statuses after which the same request may well be taken later; every 5xx is one too. */
const LATER: ReadonlySet<number> = new Set([302, 303, 307, 408, 425, 429])

/** Longest wait that a receiver can ask of us: one day. */
const LONGEST_WAIT_MS = 86_400_000

/**
 * Any 2xx is acceptance. A redirect is never followed, since it could lead the alert anywhere: a temporary one (a
 * proxy's sign-in page) is tried again, a permanent one is a setting that has to change.
 */
export function outcomeOf(status: number): 'accepted' | SinkCode {
  if (status >= 200 && status < 300) return 'accepted'
  return LATER.has(status) || status >= 500 || status < 200 ? 'retry' : 'park'
}

/** Sentences for the statuses that stop an alert, in the words of one kind of receiver. */
export interface Refusals {
  readonly named: Readonly<Partial<Record<number, string>>>
  readonly otherwise: string
}

/** Throws what an answer other than acceptance means. `host` and the sentences are all that the error text carries. */
export function judge(answer: Reply, host: string, refusals: Refusals, now: Seconds): void {
  const outcome = outcomeOf(answer.status)
  if (outcome === 'accepted') return
  const said = `${host} answered ${answer.status}${serverCode(answer.body)}`
  if (outcome === 'park') {
    throw new SinkError('park', `${said}: ${refusals.named[answer.status] ?? refusals.otherwise}`)
  }
  const asked = retryAfter(answer.headers, now * 1000)
  const retryAfterMs = asked === undefined ? undefined : Math.min(asked, LONGEST_WAIT_MS)
  throw new SinkError('retry', `${said}; the alert is kept and tried again.`, { retryAfterMs })
}

/** The receiver's own error code, where it gives one that is only that. The rest of a body may quote our URL. */
function serverCode(body: string): string {
  const code = /"code"\s*:\s*"([A-Za-z][A-Za-z0-9_]{2,59})"/.exec(body)?.[1]
  return code === undefined ? '' : ` (${code})`
}
