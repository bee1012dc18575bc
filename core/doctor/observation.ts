import type { Subscription } from '../feeds/feed.ts'
import type { CloudName } from '../feeds/management/clouds.ts'
import type { SubscriptionRow } from '../feeds/management/outcomes.ts'
import type { ContentType } from '../model/content-blob.ts'
import type { Seconds } from '../model/time.ts'
import type { FeedReport } from '../pipeline/poll.ts'
import type { TeamsDoubt } from '../sinks/teams/url.ts'
import type { MailboxReads } from '../stores/mailboxes.ts'
import type { TokenClaims } from './claims.ts'

/** What came of a question; `undefined` in an observation: it was not asked. */
export type Seen<T> = { readonly ok: T } | { readonly error: unknown }

export async function see<T>(ask: () => Promise<T>): Promise<Seen<T>> {
  try {
    return { ok: await ask() }
  } catch (error) {
    return { error }
  }
}

/** Everything the checks judge by. Gathering it is I/O, judging it is not. */
export interface Observation {
  readonly now: Seconds
  readonly tenant: string
  /** What M365_CLOUD says. */
  readonly cloud: CloudName
  readonly contentTypes: readonly ContentType[]
  /** Runs in Azure, with the platform's clock. */
  readonly deployed: boolean
  /** Signs in as a managed identity. */
  readonly identity: boolean
  readonly clientId: string | undefined
  readonly host: string
  readonly authority: string
  /** What a server's `Date` said, and when we read it. */
  readonly date?: { readonly server: Seconds; readonly own: Seconds }
  readonly secret: SecretDate
  readonly tenantCloud?: Seen<TenantCloud>
  readonly token?: Seen<TokenClaims>
  readonly subscriptions?: Seen<readonly SubscriptionRow[]>
  /** What `--fix` did about subscriptions. */
  readonly started: ReadonlyMap<ContentType, Seen<Subscription>>
  /** Until when starting a subscription is not allowed, UTC seconds. */
  readonly notBefore: ReadonlyMap<ContentType, Seconds>
  readonly storage?: Seen<'new' | 'read' | 'written'>
  readonly reports: readonly FeedReport[]
  readonly backlog?: Backlog
  readonly receivers?: readonly Receiver[]
  readonly mailboxes?: readonly MailboxReads[]
}

/** When the app's own secret ends, as somebody noted it or as its certificate says. */
export type SecretDate =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly ends: Seconds }

/** `undefined` as a cloud: it is one that Waxseal does not read. */
export type TenantCloud = { readonly cloud: CloudName | undefined; readonly region: string } | 'absent'

export interface Backlog {
  readonly waiting: number
  /** When the oldest of them became available. */
  readonly oldest: Seconds | undefined
  readonly doneLastHour: number
}

export interface Receiver {
  readonly name: string
  /** What is doubtful about its address. */
  readonly doubts: readonly TeamsDoubt[]
  readonly lastTaken: Seconds | undefined
  /** Alerts that several tries have not brought to it. */
  readonly failing: number
  readonly parked: number
  /** The last answer that was no. */
  readonly problem: string | undefined
  /** What came of a card sent just now, and whether somebody saw it. */
  readonly card?: Seen<'seen' | 'not-seen' | 'unconfirmed'>
}
