import { blobKey, type ContentBlob } from '../content.ts'
import type { RequestSubject } from '../faults.ts'
import { type Call, jsonReply } from '../http.ts'
import { makeRandom } from '../random.ts'
import { iso } from '../times.ts'
import type { Feed } from './feed.ts'
import { isOutcome, type Operation, type Outcome, readContentType, refuse, typeOf } from './operation.ts'
import { FIRST_PAGE, pageLink, readPageToken } from './page-link.ts'
import { readRange, type TimeRange } from './range.ts'
import { serverError } from './replies.ts'

/** `GET subscriptions/content`. Pages follow the order of availability; inside a page there is no order. */
export function makeListing(feed: Feed): Operation {
  const { settings, faults, store, subscriptions } = feed
  const { clock } = settings

  const subject = (call: Call): RequestSubject => {
    const parts = ['contenttype', 'starttime', 'endtime', 'nextpage'].map(name => call.query.get(name) ?? '')
    return {
      kind: 'content',
      identity: parts.join('|').toLowerCase(),
      contentType: typeOf(call),
      page: parts[3] ? 'later' : 'first',
    }
  }

  function run(call: Call): Outcome {
    const contentType = readContentType(call)
    if (isOutcome(contentType)) return contentType
    const about = subject(call)
    const asWhole = { kind: 'content', identity: 'subscription', contentType } as const
    if (subscriptions.status(contentType) && faults.strike(asWhole, 'disabled'))
      subscriptions.disable(contentType)
    const status = subscriptions.status(contentType)
    if (status === undefined) return refuse('AF20022', `No subscription found for ${contentType}.`)
    if (status === 'disabled') {
      return refuse('AF20023', `The subscription for ${contentType} was disabled by an administrator.`)
    }
    const range = readRange(call, settings)
    if ('reason' in range) {
      const [startTime, endTime] = [call.query.get('starttime'), call.query.get('endtime')]
      const { reason, outcome } = range
      return {
        ...outcome,
        entry: { type: 'bad-range', at: clock.now(), contentType, startTime, endTime, reason },
      }
    }
    const token = call.query.get('nextpage')
    const begin = token === undefined ? FIRST_PAGE : readPageToken(token, range)
    if (!begin) return refuse('AF20031', 'The nextPage value is not valid.')
    const lost = faults.strike(about, 'lost-page')
    if (lost?.how === 'error') return { reply: serverError() }

    const all = store
      .visible(contentType, range.from, range.to, clock.now())
      .filter(blob => subscriptions.covers(contentType, blob.contentCreated))
    const from = all.filter(
      b =>
        b.availableAt < begin.availableAt ||
        (b.availableAt === begin.availableAt && b.ordinal <= begin.ordinal),
    ).length
    const fresh = all.slice(from, from + settings.pageSize)
    const again = faults.strike(about, 'repeated-blob') && (all[from - 1] ?? fresh[0])
    const page = makeRandom(`${settings.seed}/${about.identity}`).shuffle(again ? [...fresh, again] : fresh)

    const last = fresh.at(-1)
    const more = last !== undefined && from + fresh.length < all.length && !lost
    const next = faults.strike(about, 'endless-pages') ? begin : more ? last : undefined
    const offered = next && pageLink(contentType, range, next)
    return {
      reply: jsonReply(200, page.map(describe), nextPageHeader(about, offered)),
      entry: {
        type: 'listing',
        at: clock.now(),
        contentType,
        ...covered(range),
        blobs: page.map(blob => blob.id),
        offered,
        followed: token === undefined ? undefined : pageLink(contentType, range, begin),
      },
    }
  }

  // A range may reach into the future; it says nothing about what is created after the request.
  const covered = (range: TimeRange) => ({ from: range.from, to: Math.min(range.to, clock.now()) })

  function nextPageHeader(about: RequestSubject, link: string | undefined): Record<string, string> {
    if (link === undefined) return {}
    const base = faults.strike(about, 'foreign-next-page') ? feed.foreignBase() : feed.base()
    return { [settings.nextPageHeader]: base + link }
  }

  function describe(blob: ContentBlob) {
    const about = {
      kind: 'content',
      identity: `uri|${blobKey(blob)}`,
      contentType: blob.contentType,
    } as const
    const base = faults.strike(about, 'foreign-content-uri') ? feed.foreignBase() : feed.base()
    return {
      contentType: blob.contentType,
      contentId: blob.id,
      contentUri: `${base}/audit/${blob.id}`,
      contentCreated: iso(blob.contentCreated),
      contentExpiration: iso(blob.contentExpiration),
    }
  }

  return { subject, run }
}
