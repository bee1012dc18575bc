import type { Log } from '../../log.ts'
import type { Slice } from '../../model/checkpoint.ts'
import type { ContentBlob, ContentType } from '../../model/content-blob.ts'
import { FeedError } from '../../model/errors.ts'
import { parseWireTime } from '../../model/time.ts'
import type { HttpRequest, Reply } from '../../net/exchange.ts'
import { withBearer } from '../../net/origin.ts'
import type { Outcome, Sender, SendOptions } from '../../net/send.ts'
import type { TokenSource } from '../../net/token.ts'
import type { Feed } from '../feed.ts'
import { failure, type Subject } from './failures.ts'
import { blobOutcome, contentOutcome, startOutcome, subscriptionsOutcome } from './outcomes.ts'
import { fetchBlob, listContent, listSubscriptions, nextPage, startSubscription } from './requests.ts'
import { ensureSubscribed, type SubscriptionState } from './subscription.ts'

export interface ManagementFeedDeps {
  readonly origin: string
  readonly tenantId: string
  readonly publisher: string
  readonly contentType: ContentType
  /** One for all feeds of a tenant: they share its quota and therefore its pause. */
  readonly http: Sender
  readonly tokens: TokenSource
  readonly state: SubscriptionState
  /** Epoch ms. */
  readonly now: () => number
  readonly log: Log
  /** Larger blobs are read in pieces; 4 MiB by default. */
  readonly wholeBytes?: number
  /** Larger blobs are not read; 128 MiB by default. */
  readonly maxBlobBytes?: number
}

/** Pages of up to 600 blobs have been seen; no real day comes near this. */
const MAX_PAGES = 1_000
const BLOB_TIMEOUT_MS = 120_000
/** A large one is evaluated while it comes. */
const STREAM_TIMEOUT_MS = 300_000

/** One content type of one tenant. The feed's id is the content type. */
export function makeManagementFeed(deps: ManagementFeedDeps): Feed {
  const { contentType, tenantId, tokens, log, now } = deps
  const { wholeBytes = 4 * 1024 * 1024, maxBlobBytes = 128 * 1024 * 1024 } = deps
  const subject: Subject = { tenantId, contentType, host: URL.parse(deps.origin)?.host ?? deps.origin }

  /** A refused token is replaced once and the request sent again: it may have been revoked, or lack a role granted since. */
  async function call<T>(
    request: HttpRequest,
    send: (request: HttpRequest) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const attempt = (token: string) => send(withBearer(request, token, deps.origin))
    const token = await tokens.token(signal)
    try {
      return await attempt(token)
    } catch (error) {
      if (!isRefusedToken(error)) throw error
      tokens.forget(token)
      return await attempt(await tokens.token(signal))
    }
  }

  function ask<T>(
    request: HttpRequest,
    decide: (reply: Reply, subject: Subject) => Outcome<T>,
    options: SendOptions,
  ): Promise<T> {
    const send = (given: HttpRequest) => deps.http.send(given, reply => decide(reply, subject), options)
    return call(request, send, options.signal)
  }

  /** The request for a blob that has not expired yet. */
  function requestFor(blob: ContentBlob): HttpRequest {
    const request = fetchBlob(deps, blob.uri)
    const expires = parseWireTime(blob.expires)
    if (expires === undefined || now() < expires * 1000) return request
    const message = `A content blob of ${contentType} expired at ${blob.expires} before it was fetched, and its records are lost; poll at least every few days.`
    throw new FeedError('content-expired', message)
  }

  function report(skipped: ReadonlyMap<string, number>): void {
    for (const [field, count] of skipped) {
      log.error(
        `A listing of ${contentType} has ${count} entries without a usable ${field}; they cannot be fetched.`,
      )
    }
  }

  return {
    id: contentType,

    subscribe(signal, stopped) {
      return ensureSubscribed({
        contentType,
        list: () => ask(listSubscriptions(deps), subscriptionsOutcome, { signal }),
        // Never repeated by the sender: a lost answer may have been a start, and the next one starts the cool-down over.
        start: () => ask(startSubscription(deps, contentType), startOutcome, { signal, retries: 0 }),
        state: deps.state,
        ...(stopped && { stopped }),
        now,
        log,
      })
    },

    async *list(slice: Slice, signal: AbortSignal) {
      let request = listContent(deps, contentType, slice)
      const seen = new Set<string>()
      for (let page = 1; page <= MAX_PAGES; page++) {
        const decide = (reply: Reply) => contentOutcome(reply, subject, contentType)
        const { blobs, next, skipped } = await ask(request, decide, { signal })
        report(skipped)
        yield blobs
        if (next === undefined) return
        if (seen.has(next)) throw endless(`page ${page} points back to an earlier page`)
        seen.add(next)
        request = nextPage(deps, next)
      }
      throw endless(`it did not end after ${MAX_PAGES} pages`)
    },

    fetch: async (blob: ContentBlob, signal: AbortSignal) =>
      ask(requestFor(blob), blobOutcome, { signal, timeoutMs: BLOB_TIMEOUT_MS, maxBytes: wholeBytes }),

    async stream(blob, signal, read) {
      const options = { signal, timeoutMs: STREAM_TIMEOUT_MS, maxBytes: maxBlobBytes }
      const refused = (reply: Reply) => failure('blob', reply, subject)
      return call(requestFor(blob), given => deps.http.stream(given, refused, read, options), signal)
    },
  }

  function endless(why: string): FeedError {
    return new FeedError('page-rejected', `The listing of ${contentType} runs in a circle: ${why}.`)
  }
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof FeedError && (error.code === 'unauthorized' || error.code === 'consent-missing')
}
