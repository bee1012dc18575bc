import type { Feed, Progress } from '../feeds/feed.ts'
import type { Api } from '../feeds/management/requests.ts'
import type { Sender } from '../net/send.ts'
import type { TokenSource } from '../net/token.ts'
import type { Observer } from '../observers/observer.ts'
import type { Sink } from '../sinks/sink.ts'
import type { Ledger } from '../stores/ledger.ts'
import type { Mailboxes } from '../stores/mailboxes.ts'
import type { Outbox } from '../stores/outbox.ts'
import type { Queue, Tables } from '../stores/port.ts'
import type { State } from '../stores/state.ts'
import type { Observation, Receiver } from './observation.ts'

/** What is fixed for a while, and what answers questions. */
export interface DoctorDeps
  extends Pick<
    Observation,
    'tenant' | 'cloud' | 'contentTypes' | 'deployed' | 'identity' | 'clientId' | 'secret'
  > {
  readonly api: Api
  /** Addresses of sign-in services, the tenant's own first. */
  readonly authorities: readonly string[]
  readonly http: Pick<Sender, 'send'>
  readonly tokens: TokenSource
  /** Of Microsoft Graph, where its feeds are read. */
  readonly graphTokens?: TokenSource
  /** Those of the audit feed. */
  readonly feeds: readonly Feed[]
  /** All of them; of those that are optional, what the tenant makes of them is told. */
  readonly allFeeds: readonly OptionalFeed[]
  readonly observers: readonly Pick<Observer, 'id'>[]
  readonly sinks: readonly Sink[]
  readonly doubts: Receiver['doubts']
  readonly tables: Tables
  readonly queue: Pick<Queue, 'create' | 'size'>
  readonly state: State
  readonly ledger: Ledger
  readonly outbox: Outbox
  readonly mailboxes: Mailboxes
  /** UTC milliseconds. */
  now(): number
  random(): number
}

/** Of a feed that a tenant may do without: whether it can be read, and how far the reading of the past has come. */
export interface OptionalFeed extends Pick<Feed, 'capability'> {
  progress?(): Promise<PastRead | undefined>
}

/** Days before the installation: all that are wanted, those that were read, and those that could not be. */
export type PastRead = Pick<Progress, 'days' | 'done' | 'lost'>
