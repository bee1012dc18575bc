import type { Log } from '../../log.ts'
import type { ContentType } from '../../model/content-blob.ts'
import { FeedError } from '../../model/errors.ts'
import type { NotRunning, Subscription } from '../feed.ts'
import { START_COOLDOWN_MS } from './failures.ts'
import type { SubscriptionRow } from './outcomes.ts'

export interface KnownStart {
  /** Until when starting again is not allowed, epoch ms. */
  readonly notBefore: number
  /** What was found not running and started, until that is on record elsewhere. */
  readonly was?: NotRunning
}

/**
 * Remembers starts of one tenant and content type. It has to survive the process: every cold start would otherwise
 * start again, be refused, and so extend the wait.
 */
export interface SubscriptionState {
  recall(): Promise<KnownStart | undefined>
  remember(value: KnownStart): Promise<void>
}

export interface SubscribeDeps {
  readonly contentType: ContentType
  readonly list: () => Promise<readonly SubscriptionRow[]>
  readonly start: () => Promise<'started' | 'already-enabled'>
  readonly state: SubscriptionState
  readonly now: () => number
  readonly log: Log
}

/** Lists first and starts only what is not running. */
export async function ensureSubscribed(deps: SubscribeDeps): Promise<Subscription> {
  const { contentType, now, log } = deps
  const row = (await deps.list()).find(r => r.contentType.toLowerCase() === contentType.toLowerCase())
  const known = await stored(deps.state.recall())
  const notBefore = known?.notBefore ?? 0
  const started = (was: NotRunning, until: number): Subscription => ({
    state: 'started',
    was,
    noted: () => stored(deps.state.remember({ notBefore: until })),
  })
  // An entry without a status exists, and the documentation shows one among the enabled.
  if (row && (row.status === undefined || row.status === 'enabled'))
    return known?.was === undefined ? { state: 'enabled' } : started(known.was, notBefore)
  const was = known?.was ?? (row === undefined ? 'absent' : row.status === 'expired' ? 'expired' : 'disabled')
  if (now() < notBefore) return { state: 'cooling', retryAfterMs: notBefore - now() }

  // Before the request: if we die on the way, the server may still have counted it.
  const until = now() + START_COOLDOWN_MS
  await stored(deps.state.remember({ notBefore: until, was }))
  try {
    if ((await deps.start()) === 'already-enabled') {
      await stored(deps.state.remember({ notBefore: until }))
      return { state: 'enabled' }
    }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    // Right after a stop, a start can be refused as disabled for a while.
    if (error.code !== 'start-cooldown' && error.code !== 'subscription-disabled') throw error
    const retryAfterMs = error.retryAfterMs ?? START_COOLDOWN_MS
    await stored(deps.state.remember({ notBefore: now() + retryAfterMs, was }))
    log.warn(
      `The ${contentType} subscription cannot be started for another ${Math.ceil(retryAfterMs / 1000)} s.`,
    )
    return { state: 'cooling', retryAfterMs }
  }
  log.info(`Started the ${contentType} subscription (it was ${was}); first content can take up to 12 hours.`)
  return started(was, until)
}

async function stored<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation
  } catch (cause) {
    throw new FeedError(
      'unavailable',
      'The state of the subscription could not be read or saved in storage.',
      { cause },
    )
  }
}
