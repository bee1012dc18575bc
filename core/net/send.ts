import { type Log, silent } from '../log.ts'
import { FeedError, REACTIONS } from '../model/errors.ts'
import { deadlineOf } from './deadline.ts'
import {
  exchange,
  exchangeInPieces,
  type HttpRequest,
  type ReadBody,
  type Reply,
  TransportError,
} from './exchange.ts'
import { makePause, type Pause } from './pause.ts'
import { withRetries } from './retries.ts'
import { retryAfter } from './retry-after.ts'
import { sleep as realSleep, type Sleep } from './sleep.ts'

export type Outcome<T> = { readonly ok: T } | { readonly error: FeedError }

export interface SendOptions {
  readonly signal: AbortSignal
  /** Per attempt; 30 s by default. */
  readonly timeoutMs?: number
  /** 8 MiB by default. */
  readonly maxBytes?: number
  /** Attempts after the first; 4 by default. 0 for a request that must not be repeated. */
  readonly retries?: number
}

/**
 * Sends a request until its reply is good or its error is not worth another try now. `decide` is pure and reads one
 * reply; what to do about an error is in `REACTIONS`. Throws FeedError only. `retryAfterMs` is set on whatever the server asked
 * to wait for, and on whatever was not tried again because the wait did not fit.
 */
export interface Sender {
  send<T>(request: HttpRequest, decide: (reply: Reply) => Outcome<T>, options: SendOptions): Promise<T>
  /**
   * For bodies too large to be held: a success is handed to `read` as it comes, anew with each attempt, and `refused` says
   * what any other reply means. `read` throws nothing of its own.
   */
  stream<T>(
    request: HttpRequest,
    refused: (reply: Reply) => FeedError,
    read: ReadBody<T>,
    options: SendOptions,
  ): Promise<T>
}

export interface SenderDeps {
  readonly now: () => number
  readonly random: () => number
  readonly sleep?: Sleep
  readonly log?: Log
  /** What shares a quota shares a pause. By default everything sent through this sender does. */
  readonly pause?: Pause
  /** The longest one call goes on where its signal tells no deadline (`runSignal`); 60 s by default. */
  readonly patienceMs?: number
  readonly firstMs?: number
  readonly longestMs?: number
}

/** One per tenant: Microsoft counts requests per tenant, and a throttled call holds back all of the sender's others. */
export function makeSender(deps: SenderDeps): Sender {
  const { now, random, sleep = realSleep, log = silent } = deps
  const { patienceMs = 60_000, firstMs = 1_000, longestMs = 30_000 } = deps
  const pause = deps.pause ?? makePause({ now, sleep })

  async function persist<T>(
    once: (limits: Limits) => Promise<Outcome<T>>,
    { signal, timeoutMs = 30_000, maxBytes = 8 * 1024 * 1024, retries = 4 }: SendOptions,
  ): Promise<T> {
    const known = deadlineOf(signal)
    const deadline = Number.isFinite(known) ? known : now() + patienceMs
    let waited = 0
    let paused: unknown

    const attempt = async () => {
      const left = await pause.hold({ signal, deadline, waited })
      if (left > 0) throw held(left)
      const outcome = await once({ signal, timeoutMs, maxBytes })
      if ('error' in outcome) throw outcome.error
      return outcome.ok
    }

    try {
      return await withRetries(
        attempt,
        {
          signal,
          deadline,
          retries,
          firstMs,
          longestMs,
          reaction: worthRetrying,
          postponed: (error, waitMs) => (error instanceof FeedError ? delayed(error, waitMs) : error),
          waiting(error, waitMs, attemptNumber) {
            if (isThrottled(error)) {
              waited = pause.extend(waitMs)
              paused = error
            }
            const why = error instanceof FeedError ? (error.serverCode ?? error.code) : error.name
            log.debug(`Attempt ${attemptNumber} failed (${why}); trying again in ${waitMs} ms.`)
          },
        },
        { now, random, sleep },
      )
    } catch (error) {
      const news = isThrottled(error) && error !== paused && !(error.cause instanceof Held)
      if (news) pause.extend(error.retryAfterMs ?? longestMs)
      throw error
    }
  }

  return {
    send: (request, decide, options) =>
      persist(limits => arrived(async () => decided(await exchange(request, limits), decide, now)), options),

    stream: (request, refused, read, options) =>
      persist(
        limits =>
          arrived(async () => {
            const reply = await exchangeInPieces(request, limits, read)
            return 'read' in reply
              ? { ok: reply.read }
              : decided(reply, one => ({ error: refused(one) }), now)
          }),
        options,
      ),
  }
}

type Limits = Required<Pick<SendOptions, 'signal' | 'timeoutMs' | 'maxBytes'>>

async function arrived<T>(attempt: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await attempt()
  } catch (cause) {
    if (!(cause instanceof TransportError)) throw cause
    return { error: new FeedError(CODES[cause.code], cause.message, { cause }) }
  }
}

function decided<T>(reply: Reply, decide: (reply: Reply) => Outcome<T>, now: () => number): Outcome<T> {
  const outcome = decide(reply)
  if (!('error' in outcome)) return outcome
  const asked = retryAfter(reply.headers, now())
  if (asked === undefined) return outcome
  // Body and header can both name a wait; the longer one is right for both.
  return { error: delayed(outcome.error, Math.max(asked, outcome.error.retryAfterMs ?? 0)) }
}

const CODES = {
  unreachable: 'unavailable',
  timeout: 'unavailable',
  aborted: 'unavailable',
  'too-large': 'too-large',
  'bad-address': 'rejected',
} as const

/** Marks an error that came from waiting for somebody else's pause: it must not extend that pause. */
class Held extends Error {
  override readonly name = 'Held'
}

function held(left: number): FeedError {
  const message = 'Microsoft asked us to slow down, and the wait is longer than this run.'
  return new FeedError('throttled', message, { retryAfterMs: left, cause: new Held() })
}

function isThrottled(error: unknown): error is FeedError {
  return error instanceof FeedError && error.code === 'throttled'
}

function worthRetrying(error: Error): { retry: boolean; retryAfterMs: number | undefined } {
  if (!(error instanceof FeedError) || error.cause instanceof Held)
    return { retry: false, retryAfterMs: undefined }
  return { retry: REACTIONS[error.code].retryNow, retryAfterMs: error.retryAfterMs }
}

function delayed(error: FeedError, retryAfterMs: number): FeedError {
  const { code, message, serverCode, cause } = error
  return new FeedError(code, message, { retryAfterMs, serverCode, cause })
}
