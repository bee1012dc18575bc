import { blobKey, type ContentBlob, type ContentType, type PublishOptions } from './content.ts'
import type { Faults } from './faults.ts'
import type { Settings } from './options.ts'
import { stamp } from './times.ts'

/** The published blobs. Nothing is scheduled: whether a blob is visible is worked out when someone asks. */
export interface BlobStore {
  publish(contentType: ContentType, records: readonly object[], options?: PublishOptions): ContentBlob
  /** Created in [from, to) and available by `now`, in order of availability. */
  visible(contentType: ContentType, from: number, to: number, now: number): ContentBlob[]
  get(id: string): ContentBlob | undefined
  /** The blob published just before this one, of the same type. */
  before(blob: ContentBlob): ContentBlob | undefined
  all(): readonly ContentBlob[]
}

const REGIONS = ['emea0036', 'emea0036$na0030']

export function makeBlobStore(settings: Settings, faults: Faults): BlobStore {
  const byType = new Map<ContentType, ContentBlob[]>()
  const byId = new Map<string, ContentBlob>()
  const ofType = (contentType: ContentType) => {
    const blobs = byType.get(contentType) ?? []
    byType.set(contentType, blobs)
    return blobs
  }

  return {
    publish: (contentType, records, options = {}) => {
      const siblings = ofType(contentType)
      const ordinal = siblings.length + 1
      const subject = {
        kind: 'publish',
        identity: blobKey({ contentType, ordinal }),
        contentType,
      } as const
      const wished = options.contentCreated ?? options.at ?? settings.clock.now()
      const twin = faults.strike(subject, 'same-timestamp') && siblings.at(-1)?.contentCreated
      const contentCreated = twin ?? wished
      const late = faults.strike(subject, 'late')?.delayMs ?? 0
      const blob: ContentBlob = {
        id: options.id ?? contentId(contentType, contentCreated, ordinal),
        contentType,
        ordinal,
        contentCreated,
        contentExpiration: contentCreated + settings.contentLifeMs,
        availableAt: (options.availableAt ?? wished) + late,
        records: recorded(records, faults.strike({ ...subject, at: contentCreated }, 'unaudited')?.mailboxes),
        body: options.body,
      }
      if (byId.has(blob.id)) throw new Error(`A blob with the id ${blob.id} is published already.`)
      if (faults.strike({ ...subject, at: contentCreated }, 'silent')) return blob
      byId.set(blob.id, blob)
      siblings.push(blob)
      return blob
    },
    visible: (contentType, from, to, now) =>
      ofType(contentType)
        .filter(b => b.contentCreated >= from && b.contentCreated < to && b.availableAt <= now)
        .sort((a, b) => a.availableAt - b.availableAt || a.ordinal - b.ordinal),
    get: id => byId.get(id),
    before: blob => ofType(blob.contentType)[blob.ordinal - 2],
    all: () => [...byId.values()],
  }
}

/** Without the reads of mailboxes that are no longer audited, as after a bypass or the loss of a licence. */
function recorded(records: readonly object[], unaudited: readonly string[] = []): readonly object[] {
  return records.filter(
    record =>
      Reflect.get(record, 'Operation') !== 'MailItemsAccessed' ||
      !unaudited.includes(String(Reflect.get(record, 'MailboxOwnerUPN'))),
  )
}

/** The modern form: `{23 digits}${23 digits}$audit_exchange$Audit_Exchange$emea0036`, at times with one more part. */
function contentId(contentType: ContentType, created: number, ordinal: number): string {
  const name = contentType.replace('.', '_')
  const region = REGIONS[ordinal % 5 === 0 ? 1 : 0]
  return `${stamp(created, ordinal)}$${stamp(created)}$${name.toLowerCase()}$${name}$${region}`
}
