import type { Clock } from './clock.ts'
import type { ContentType } from './content.ts'
import { fraction } from './random.ts'

/** Plain data: what goes wrong in this tenant. Keep it beside a failing test and it fails again the same way. */
export interface FaultSchedule {
  readonly seed: number
  readonly faults: readonly Fault[]
}

export type RequestKind =
  | 'token'
  | 'start'
  | 'stop'
  | 'list'
  | 'content'
  | 'blob'
  | 'notifications'
  | 'resources'
  | 'teams'
  | 'webhook'
  | 'directoryAudits'
  | 'signIns'
  | 'users'
  | 'messageRules'
  | 'mailFolders'
  | 'hunting'
  | 'directory'

/** Which requests a fault means. Everything absent means "any". */
export interface Aim {
  readonly on?: readonly RequestKind[]
  readonly contentTypes?: readonly ContentType[]
  /** Only the first page of a listing, or only the pages behind it. */
  readonly pages?: 'first' | 'later'
  /** Share of the pages, blobs or messages that are struck at all, 0 to 1. Default 1. */
  readonly rate?: number
  /** How often each of them is struck before it heals. Default 1; without limit when `until` is set. */
  readonly hits?: number
  readonly permanent?: boolean
  /** Tenant clock, milliseconds: nothing happens before `from`, nor from `until` on. */
  readonly from?: number
  readonly until?: number
}

export type FaultKind =
  // instead of an answer
  | {
      readonly kind: 'throttle'
      status?: 403 | 429
      retryAfterSeconds?: number
      quotes?: 'double' | 'single'
    }
  | { readonly kind: 'unauthorized'; revoke?: boolean }
  | { readonly kind: 'server-error'; shape?: 'af50000' | 'html' | 'empty' }
  | { readonly kind: 'outage' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'disabled' }
  // on top of an answer
  | { readonly kind: 'slow'; ms: number }
  | { readonly kind: 'truncated'; shape?: 'short' | 'dropped' }
  // in what a listing says
  | { readonly kind: 'lost-page'; how?: 'no-link' | 'error' }
  | { readonly kind: 'unordered-page' }
  | { readonly kind: 'repeated-blob' }
  | { readonly kind: 'endless-pages' }
  | { readonly kind: 'foreign-next-page' }
  | { readonly kind: 'foreign-content-uri' }
  // in the blobs themselves; these never heal
  | { readonly kind: 'poison'; shape?: 'cut' | 'html' | 'object' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'same-timestamp' }
  | { readonly kind: 'late'; delayMs: number }
  // in what is recorded at all, by the time of the blob
  | { readonly kind: 'silent' }
  | { readonly kind: 'unaudited'; mailboxes: readonly string[] }
  | { readonly kind: 'late-entry'; delayMs: number }
  | { readonly kind: 'duplicates-inside'; share?: number }
  | { readonly kind: 'duplicates-across'; share?: number }

export type Fault = Aim & FaultKind
export type FaultNamed<K extends Fault['kind']> = Extract<Fault, { kind: K }>

/** What a fault may strike: a request, or a blob while it is published (`kind: 'publish'`). */
export interface Subject {
  readonly kind: RequestKind | 'publish'
  /** The page, blob or message it is about. Decisions hang on this, never on the order of requests. */
  readonly identity: string
  readonly contentType?: ContentType | undefined
  readonly page?: 'first' | 'later'
  /** Tenant clock, milliseconds: the time it is about, where that is not now. */
  readonly at?: number
}

export interface RequestSubject extends Subject {
  readonly kind: RequestKind
}

export interface Faults {
  /** The first fault of these kinds that strikes this subject now. Asking counts as a hit when it does. */
  strike<K extends Fault['kind']>(subject: Subject, ...kinds: readonly K[]): FaultNamed<K> | undefined
  /** For data shapes: whether a coin with this seed falls inside `share` for this part of the subject. */
  share(subject: Subject, part: string | number, share: number): boolean
  has(...kinds: readonly Fault['kind'][]): boolean
}

const NEVER_HEALS: ReadonlySet<Fault['kind']> = new Set([
  'poison',
  'expired',
  'same-timestamp',
  'late',
  'silent',
  'unaudited',
  'late-entry',
  'duplicates-inside',
  'duplicates-across',
])

const FEED: readonly RequestKind[] = [
  'start',
  'stop',
  'list',
  'content',
  'blob',
  'notifications',
  'resources',
]
const DEFAULT_TARGETS: { readonly [K in Fault['kind']]?: readonly (RequestKind | 'publish')[] } = {
  throttle: FEED,
  'server-error': FEED,
  outage: ['teams', 'webhook'],
  unauthorized: ['content', 'blob'],
  disabled: ['content'],
  reset: FEED,
  truncated: ['content', 'blob'],
}

export function makeFaults(schedule: FaultSchedule, clock: Clock): Faults {
  const hits = new Map<string, number>()

  function strikes(fault: Fault, index: number, subject: Subject): boolean {
    const targets = fault.on ?? DEFAULT_TARGETS[fault.kind]
    if (targets && !targets.some(target => target === subject.kind)) return false
    if (fault.contentTypes && !fault.contentTypes.some(type => type === subject.contentType)) return false
    if (fault.pages && fault.pages !== subject.page) return false
    const now = subject.at ?? clock.now()
    if (now < (fault.from ?? Number.NEGATIVE_INFINITY)) return false
    if (now >= (fault.until ?? Number.POSITIVE_INFINITY)) return false
    const chance = fraction(schedule.seed, index, fault.kind, subject.kind, subject.identity)
    if (chance >= (fault.rate ?? 1)) return false
    if (fault.permanent || NEVER_HEALS.has(fault.kind)) return true
    const key = `${index}|${subject.kind}|${subject.identity}`
    const sofar = hits.get(key) ?? 0
    if (sofar >= (fault.hits ?? (fault.until === undefined ? 1 : Number.POSITIVE_INFINITY))) return false
    hits.set(key, sofar + 1)
    return true
  }

  return {
    strike: <K extends Fault['kind']>(subject: Subject, ...kinds: readonly K[]) => {
      const isWanted = (fault: Fault): fault is FaultNamed<K> => kinds.some(kind => kind === fault.kind)
      for (const [index, fault] of schedule.faults.entries()) {
        if (isWanted(fault) && strikes(fault, index, subject)) return fault
      }
      return undefined
    },
    share: (subject, part, share) => fraction(schedule.seed, subject.kind, subject.identity, part) < share,
    has: (...kinds) => schedule.faults.some(fault => kinds.includes(fault.kind)),
  }
}
