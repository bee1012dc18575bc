/**
 * What went wrong, in the few words the pipeline acts on. The table below is the only place that knows what
 * to do about each.
 */
export type FeedCode =
  | 'throttled'
  | 'unavailable'
  | 'unauthorized'
  | 'consent-missing'
  | 'wrong-tenant'
  | 'audit-off'
  | 'not-subscribed'
  | 'subscription-disabled'
  | 'start-cooldown'
  | 'content-missing'
  | 'content-expired'
  | 'window-rejected'
  | 'page-rejected'
  | 'foreign-origin'
  | 'malformed'
  | 'too-large'
  | 'rejected'
  | 'permission-missing'
  | 'not-licensed'
  | 'not-in-cloud'
  | 'not-ready'

/** What the pipeline does with a feed error. */
export interface Reaction {
  /** Worth trying again within this run, after `retryAfterMs` or a back-off. */
  readonly retryNow: boolean
  /** `stop` the feed for this run and keep its checkpoint; `skip` this one item; `quarantine` it. */
  readonly next: 'stop' | 'skip' | 'quarantine' | 'restart-window' | 'subscribe'
  /** Told to the operator as a health notice. */
  readonly tell: boolean
}

export const REACTIONS: Readonly<Record<FeedCode, Reaction>> = {
  throttled: { retryNow: true, next: 'stop', tell: false },
  unavailable: { retryNow: true, next: 'stop', tell: false },
  unauthorized: { retryNow: false, next: 'stop', tell: true },
  'consent-missing': { retryNow: false, next: 'stop', tell: true },
  'wrong-tenant': { retryNow: false, next: 'stop', tell: true },
  'audit-off': { retryNow: false, next: 'stop', tell: true },
  'not-subscribed': { retryNow: false, next: 'subscribe', tell: true },
  'subscription-disabled': { retryNow: false, next: 'subscribe', tell: true },
  'start-cooldown': { retryNow: false, next: 'stop', tell: false },
  'content-missing': { retryNow: true, next: 'quarantine', tell: true },
  'content-expired': { retryNow: false, next: 'skip', tell: true },
  'window-rejected': { retryNow: false, next: 'stop', tell: true },
  'page-rejected': { retryNow: false, next: 'restart-window', tell: false },
  'foreign-origin': { retryNow: false, next: 'quarantine', tell: true },
  // Asked for again, as a cut connection looks like one; what is too large stays so.
  malformed: { retryNow: true, next: 'quarantine', tell: true },
  'too-large': { retryNow: false, next: 'quarantine', tell: true },
  rejected: { retryNow: false, next: 'stop', tell: true },
  // Of a feed that somebody set up. Of one a tenant may do without it is a capability, as are the two that follow.
  'permission-missing': { retryNow: false, next: 'stop', tell: true },
  'not-licensed': { retryNow: false, next: 'stop', tell: false },
  'not-in-cloud': { retryNow: false, next: 'stop', tell: false },
  // What was asked for is being prepared: it is asked for again at a later listing.
  'not-ready': { retryNow: false, next: 'stop', tell: false },
}

interface Details extends ErrorOptions {
  readonly retryAfterMs?: number | undefined
  /** The server's own code (`AF20022`), kept for the operator. */
  readonly serverCode?: string | undefined
}

/** Nobody can ask us to be quiet for longer: an hour later it is asked again. Microsoft has been seen to ask for 15 minutes. */
const LONGEST_WAIT_MS = 3_600_000

/** A feed could not do what it was asked; `code` decides the reaction. */
export class FeedError extends Error {
  override readonly name = 'FeedError'
  readonly code: FeedCode
  readonly retryAfterMs: number | undefined
  readonly serverCode: string | undefined

  constructor(code: FeedCode, message: string, details: Details = {}) {
    super(message, details)
    this.code = code
    this.retryAfterMs =
      details.retryAfterMs === undefined ? undefined : Math.min(details.retryAfterMs, LONGEST_WAIT_MS)
    this.serverCode = details.serverCode
  }
}

/** `retry`: later, as often as needed. `park`: the receiver will never take this alert as it is. */
export type SinkCode = 'retry' | 'park'

/** A sink did not accept an alert. */
export class SinkError extends Error {
  override readonly name = 'SinkError'
  readonly code: SinkCode
  readonly retryAfterMs: number | undefined

  constructor(code: SinkCode, message: string, details: Details = {}) {
    super(message, details)
    this.code = code
    this.retryAfterMs = details.retryAfterMs
  }
}

/** Storage did not do what it was asked. `conflict` is a lost race, which callers resolve by reading again. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: 'unavailable' | 'denied' | 'too-large' | 'conflict'
  readonly serverCode: string | undefined

  constructor(code: StoreError['code'], message: string, details: Details = {}) {
    super(message, details)
    this.code = code
    this.serverCode = details.serverCode
  }
}

/** Settings that cannot work. Carries every problem found, each naming its setting, on a line of its own whatever it quotes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(given: readonly string[]) {
    const problems = given.map(problem => problem.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' '))
    super(problems.join('\n'))
    this.problems = problems
  }
}
