import type { Slice } from '../../model/checkpoint.ts'
import type { ContentType } from '../../model/content-blob.ts'
import { FeedError } from '../../model/errors.ts'
import { iso } from '../../model/time.ts'
import type { HttpRequest } from '../../net/exchange.ts'
import { foreign, originOf, sameOrigin } from '../../net/origin.ts'

export interface Api {
  readonly origin: string
  readonly tenantId: string
  /**
   * `PublisherIdentifier`: the tenant id of whoever runs the program. Each has its own quota; calls without it share one
   * quota with everybody else's, blob downloads included.
   */
  readonly publisher: string
}

export function listSubscriptions(api: Api): HttpRequest {
  return { method: 'GET', url: `${root(api)}/subscriptions/list?${publisher(api)}` }
}

export function startSubscription(api: Api, contentType: ContentType): HttpRequest {
  return {
    method: 'POST',
    url: `${root(api)}/subscriptions/start?contentType=${contentType}&${publisher(api)}`,
  }
}

/** The first page of what became available in the slice, `from` included and `to` not. */
export function listContent(api: Api, contentType: ContentType, { from, to }: Slice): HttpRequest {
  const range = `startTime=${iso(from).slice(0, 19)}&endTime=${iso(to).slice(0, 19)}`
  return {
    method: 'GET',
    url: `${root(api)}/subscriptions/content?contentType=${contentType}&${range}&${publisher(api)}`,
  }
}

/** `link`: the server's own. Real ones have lower-case names, `/api/v1/` and no `PublisherIdentifier`. */
export function nextPage(api: Api, link: string): HttpRequest {
  if (!URL.canParse(link)) {
    throw new FeedError(
      'page-rejected',
      'The address of the next page cannot be read; the listing starts over.',
    )
  }
  return follow(api, link)
}

/** `contentUri` as listed. */
export function fetchBlob(api: Api, contentUri: string): HttpRequest {
  return follow(api, contentUri)
}

/**
 * Edits the text and not a parsed URL: content ids and page tokens hold `$` and `:`, and what `URLSearchParams` writes
 * back (`%24`) is refused as an unknown id.
 */
function follow(api: Api, address: string): HttpRequest {
  if (!sameOrigin(address, api.origin)) throw foreign(address, api.origin)
  const [base = '', query = ''] = (address.trim().split('#')[0] ?? '').split(/\?(.*)/s)
  const kept = query.split('&').filter(part => part !== '' && !/^publisheridentifier(=|$)/i.test(part))
  return { method: 'GET', url: `${base}?${[...kept, publisher(api)].join('&')}` }
}

function root({ origin, tenantId }: Api): string {
  return `${originOf(origin) ?? origin}/api/v1.0/${encodeURIComponent(tenantId)}/activity/feed`
}

function publisher(api: Api): string {
  return `PublisherIdentifier=${encodeURIComponent(api.publisher)}`
}
