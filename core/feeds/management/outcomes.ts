import { textTooDeep } from '../../json/depth.ts'
import type { ContentBlob } from '../../model/content-blob.ts'
import { FeedError } from '../../model/errors.ts'
import { parseWireTime } from '../../model/time.ts'
import type { Reply } from '../../net/exchange.ts'
import type { Outcome } from '../../net/send.ts'
import { type Call, failure, type Subject } from './failures.ts'

export interface SubscriptionRow {
  readonly contentType: string
  /** Left out by some answers of the documentation. */
  readonly status: string | undefined
}

export function subscriptionsOutcome(reply: Reply, subject: Subject): Outcome<readonly SubscriptionRow[]> {
  return arrayOutcome('subscriptions', reply, subject, items => ({
    ok: items.flatMap(item => {
      const contentType = text(item, 'contentType')
      return contentType === undefined ? [] : [{ contentType, status: text(item, 'status')?.toLowerCase() }]
    }),
  }))
}

/** `already-enabled` is a 400 with AF20024, which Microsoft does not document. The body of a success says nothing we need. */
export function startOutcome(reply: Reply, subject: Subject): Outcome<'started' | 'already-enabled'> {
  if (isSuccess(reply)) return { ok: 'started' }
  const error = failure('start', reply, subject)
  return error.serverCode === 'AF20024' ? { ok: 'already-enabled' } : { error }
}

export interface ContentPage {
  readonly blobs: readonly ContentBlob[]
  /** Address of the next page, as the server wrote it. */
  readonly next: string | undefined
  /** Entries that cannot be fetched, by the field they lack. */
  readonly skipped: ReadonlyMap<string, number>
}

export function contentOutcome(reply: Reply, subject: Subject, feed: string): Outcome<ContentPage> {
  return arrayOutcome('content', reply, subject, items => {
    const blobs: ContentBlob[] = []
    const skipped = new Map<string, number>()
    for (const item of items) {
      const [id, uri, created] = [
        usable(text(item, 'contentId'), LONGEST_ID),
        usable(text(item, 'contentUri'), LONGEST_URI),
        time(text(item, 'contentCreated')),
      ]
      if (id !== undefined && uri !== undefined && created !== undefined) {
        blobs.push({ feed, id, uri, created, expires: time(text(item, 'contentExpiration')) })
        continue
      }
      const lacking = id === undefined ? 'contentId' : uri === undefined ? 'contentUri' : 'contentCreated'
      skipped.set(lacking, (skipped.get(lacking) ?? 0) + 1)
    }
    return { ok: { blobs, next: nextLink(reply.headers), skipped } }
  })
}

/**
 * Characters. Seen: 110, and 250 of an address. An id becomes a key of 512, in which each may take three; eight addresses
 * travel in one message of the queue. One that does not fit would end the listing of all the others.
 */
const LONGEST_ID = 150
const LONGEST_URI = 2_000

/** Printable ASCII alone: ids stand in logs. */
function usable(value: string | undefined, longest: number): string | undefined {
  return value !== undefined && value.length <= longest && /^[\x21-\x7e]+$/.test(value) ? value : undefined
}

function time(value: string | undefined): string | undefined {
  return value !== undefined && value.length <= LONGEST_TIME && parseWireTime(value) !== undefined
    ? value
    : undefined
}

const LONGEST_TIME = 40

/** The blob's text. Only its first and last characters are looked at: a cut answer and a gateway's page show there. */
export function blobOutcome(reply: Reply, subject: Subject): Outcome<string> {
  if (!isSuccess(reply)) return { error: failure('blob', reply, subject) }
  const ends = `${reply.body.trimStart().at(0) ?? ''}${reply.body.trimEnd().at(-1) ?? ''}`
  return ends === '[]' || ends === '{}' ? { ok: reply.body } : { error: malformed('blob', reply, subject) }
}

/** Microsoft's reference says `NextPageUri`, its troubleshooting page `NextPageUrl`; header names know no case. */
function nextLink(headers: Headers): string | undefined {
  return headers.get('NextPageUri')?.trim() || headers.get('NextPageUrl')?.trim() || undefined
}

function arrayOutcome<T>(
  call: Call,
  reply: Reply,
  subject: Subject,
  read: (items: readonly unknown[]) => Outcome<T>,
): Outcome<T> {
  if (!isSuccess(reply)) return { error: failure(call, reply, subject) }
  let value: unknown
  try {
    if (!textTooDeep(reply.body)) value = JSON.parse(reply.body)
  } catch {
    // Not the parser's own message: it quotes the body.
  }
  return Array.isArray(value) ? read(value) : { error: malformed(call, reply, subject) }
}

function malformed(call: Call, { body, status }: Reply, { host }: Subject): FeedError {
  const what =
    call === 'blob' ? 'a content blob' : call === 'content' ? 'a content listing' : 'the subscriptions'
  return new FeedError(
    'malformed',
    `The server ${host} answered ${status} with ${body.length} characters that are not ${what}.`,
  )
}

function isSuccess({ status }: Reply): boolean {
  return status >= 200 && status < 300
}

function text(item: unknown, name: string): string | undefined {
  const value: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, name) : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}
