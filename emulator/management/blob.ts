import { blobKey, type ContentBlob } from '../content.ts'
import type { RequestSubject } from '../faults.ts'
import type { Reply } from '../http.ts'
import type { Feed } from './feed.ts'
import { type Operation, refuse } from './operation.ts'

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' }

/** `GET {contentUri}`: one blob, whole. Ids hold `$`; one that comes back percent-encoded is not ours any more. */
export function makeBlobOperation(feed: Feed): Operation {
  const { settings, faults, store } = feed
  const { clock } = settings

  const subject = (_call: unknown, id: string): RequestSubject => {
    const blob = store.get(id)
    return { kind: 'blob', identity: blob ? blobKey(blob) : id, contentType: blob?.contentType }
  }

  return {
    subject,
    run: (call, id) => {
      const blob = store.get(id)
      const malformed = id.includes('%') || id.includes('/') || !id.includes('$')
      if (!blob && malformed) return refuse('AF20052', `The content id ${id} is not valid.`)
      if (!blob || blob.availableAt > clock.now()) {
        return refuse('AF20050', `The content ${id} does not exist.`)
      }
      const about = subject(call, id)
      if (clock.now() >= blob.contentExpiration || faults.strike(about, 'expired')) {
        return refuse('AF20051', `The content ${id} has expired.`)
      }
      return { reply: served(blob, about), entry: { type: 'fetch', at: clock.now(), blob: id } }
    },
  }

  function served(blob: ContentBlob, about: RequestSubject): Reply {
    const own = typeof blob.body === 'function' ? blob.body() : blob.body
    const body = own ?? JSON.stringify(withDuplicates(blob, about))
    const poison = faults.strike(about, 'poison')
    if (!poison) return { status: 200, headers: JSON_TYPE, body }
    if (poison.shape === 'html')
      return { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>' }
    if (poison.shape === 'object') return { status: 200, headers: JSON_TYPE, body: '{"value":"unexpected"}' }
    return { status: 200, headers: JSON_TYPE, body: body.slice(0, body.length >> 1) }
  }

  /** Microsoft's retries repeat records, inside a blob and from one blob to a later one. */
  function withDuplicates(blob: ContentBlob, about: RequestSubject): readonly object[] {
    const inside = faults.strike(about, 'duplicates-inside')
    const across = faults.strike(about, 'duplicates-across')
    const repeated = (from: ContentBlob | undefined, share = 0.2) =>
      from?.records.filter((_, i) => faults.share(about, `${from.ordinal}.${i}`, share)) ?? []
    return [
      ...blob.records,
      ...(inside ? repeated(blob, inside.share) : []),
      ...(across ? repeated(store.before(blob), across.share) : []),
    ]
  }
}
