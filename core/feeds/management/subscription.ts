import type { Log } from '../../log.ts'
import type { ContentType } from '../../model/content-blob.ts'
import { FeedError } from '../../model/errors.ts'
import type { Stopped, Subscription } from '../feed.ts'
import { START_COOLDOWN_MS } from './failures.ts'
import type { SubscriptionRow } from './outcomes.ts'

/** Until when starting is not allowed, epoch ms. */
export interface CoolDown {
  readonly notBefore: number
}

/**
 * Keeps the cool-down of one tenant and content type. It has to survive the process: every cold start would otherwise start
 * again, be refused, and so extend the wait.
 */
export interface SubscriptionState {
  /** Writes what `next` makes of what is kept. `false`: it makes nothing of it, or somebody else wrote meanwhile. */
  change(next: (known?: CoolDown) => CoolDown | undefined): Promise<boolean>
}

export interface SubscribeDeps {
  readonly contentType: ContentType
  readonly list: () => Promise<readonly SubscriptionRow[]>
  readonly start: () => Promise<'started' | 'already-enabled'>
  readonly state: SubscriptionState
  readonly stopped?: (was: Stopped) => Promise<void>
  readonly now: () => number
  readonly log: Log
}

/** Lists first and starts only what is not running. */
export async function ensureSubscribed(deps: SubscribeDeps): Promise<Subscription> {
  const { contentType, now, log } = deps
  const row = (await deps.list()).find(r => r.contentType.toLowerCase() === contentType.toLowerCase())
  // An entry without a status exists, and the documentation shows one among the enabled.
  if (row && (row.status === undefined || row.status === 'enabled')) return { state: 'enabled' }
  const was = row === undefined ? 'absent' : row.status === 'expired' ? 'expired' : 'disabled'

  await deps.stopped?.(was)
  let notBefore = now() + START_COOLDOWN_MS
  // Before the request: if we die on the way, the server may still have counted it. Of several at once one may go on.
  const mayStart = await stored(
    deps.state.change(known => {
      if (known === undefined || known.notBefore <= now()) return { notBefore }
      notBefore = known.notBefore
      return undefined
    }),
  )
  if (!mayStart) return { state: 'cooling', retryAfterMs: notBefore - now() }

  try {
    if ((await deps.start()) === 'already-enabled') return { state: 'enabled' }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    // Right after a stop, a start can be refused as disabled for a while.
    if (error.code !== 'start-cooldown' && error.code !== 'subscription-disabled') throw error
    const retryAfterMs = error.retryAfterMs ?? START_COOLDOWN_MS
    await stored(deps.state.change(() => ({ notBefore: now() + retryAfterMs })))
    log.warn(
      `The ${contentType} subscription cannot be started for another ${Math.ceil(retryAfterMs / 1000)} s.`,
    )
    return { state: 'cooling', retryAfterMs }
  }
  log.info(`Started the ${contentType} subscription (it was ${was}); first content can take up to 12 hours.`)
  return { state: 'started', was }
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
