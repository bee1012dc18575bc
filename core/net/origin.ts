import { FeedError } from '../model/errors.ts'
import { isLoopback } from '../model/loopback.ts'
import type { HttpRequest } from './exchange.ts'

/** `https://host[:port]` of an absolute http or https address; `undefined` for anything else or with a user name in it. */
export function originOf(address: string): string | undefined {
  const url = URL.parse(address)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined
  return url.username || url.password ? undefined : url.origin
}

export function sameOrigin(address: string, origin: string): boolean {
  const own = originOf(origin)
  return own !== undefined && originOf(address) === own
}

/** What is wrong with the address of an endpoint, as the end of a sentence; `undefined` when it can be used. */
export function endpointProblem(address: string): string | undefined {
  const origin = originOf(address)
  if (origin === undefined) return 'is not a plain http or https address'
  if (origin.startsWith('http:') && !isLoopback(new URL(origin).hostname)) return 'must begin with https://'
  return undefined
}

/**
 * The only place that puts a token on a request. It goes to the configured origin, scheme, host and port alike, and never
 * over plain http to another machine.
 */
export function withBearer(request: HttpRequest, token: string, origin: string): HttpRequest {
  if (!sameOrigin(request.url, origin)) throw foreign(request.url, origin)
  const problem = endpointProblem(origin)
  if (problem) throw new FeedError('rejected', `The address ${originOf(origin) ?? 'of the feed'} ${problem}.`)
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } }
}

/** The error for an address that a server handed us and that is not its own. */
export function foreign(address: string, origin: string): FeedError {
  const where = originOf(address) ?? 'an unreadable address'
  return new FeedError(
    'foreign-origin',
    `An answer pointed to ${where.slice(0, 120)} instead of ${originOf(origin) ?? origin}, so nothing was sent there; find out which proxy or fault put it there.`,
  )
}
