import type { Log } from '../../log.ts'
import { LOOK_BACK } from '../../model/checkpoint.ts'
import { type FeedCode, FeedError } from '../../model/errors.ts'
import { DAY, HOUR, MINUTE, type Seconds } from '../../model/time.ts'
import type { Capability, CapabilityState } from '../feed.ts'

/** What is kept of a feed's capability, besides what is shown of it. */
export interface KnownCapability extends Capability {
  /** When it was first seen to work; anew after it did not for longer than listings reach back. */
  readonly since?: Seconds
  readonly lastWorked?: Seconds
  /** Something went wrong since: look again before relying on it. */
  readonly doubtful?: boolean
}

/** Remembers the capability of one feed of one tenant. It has to survive the process: probing costs requests. */
export interface CapabilityMemory {
  recall(): Promise<KnownCapability | undefined>
  remember(value: KnownCapability): Promise<void>
}

export interface CapabilityDeps {
  readonly feed: string
  /** One request as the feed makes them. */
  readonly probe: () => Promise<unknown>
  readonly memory: CapabilityMemory
  readonly now: () => Seconds
  readonly log: Log
}

/** A probe stands between the poll and all other feeds' news: it is not to wait for long. */
export const PROBE = { retries: 1, timeoutMs: 15_000 }

/** What works is looked at once a day. What does not may have been granted meanwhile; an outage may be over at once. */
const GOOD_FOR: Partial<Readonly<Record<CapabilityState, Seconds>>> = { works: DAY, unreachable: 15 * MINUTE }
const BAD_FOR: Seconds = HOUR

/**
 * Whatever of these a probe meets is an answer, and not a fault of the run. A feed that worked is not `refused` for want
 * of a reason: that is trouble with the server or the sign-in, and passes.
 */
const ANSWERS: Partial<Readonly<Record<FeedCode, CapabilityState>>> = {
  'permission-missing': 'permission-missing',
  'not-licensed': 'not-licensed',
  'not-in-cloud': 'not-in-cloud',
  unauthorized: 'refused',
  'consent-missing': 'refused',
  'wrong-tenant': 'refused',
  rejected: 'refused',
}

/** The codes of failures after which a capability is looked at again before the next listing. */
const DOUBTFUL = new Set<FeedCode>([
  ...(Object.keys(ANSWERS) as FeedCode[]),
  'unavailable',
  'malformed',
  'too-large',
])

/**
 * The capability, found out anew where what is known is old or in doubt. Throws only where a feed that did work cannot
 * be reached: then its listing must stop, as any other feed's. One that never worked is nobody's trouble.
 */
export async function ensureCapability(deps: CapabilityDeps): Promise<KnownCapability> {
  const { feed, log, memory, now } = deps
  const before = await stored(memory.recall())
  const age = before === undefined ? Number.POSITIVE_INFINITY : now() - before.checkedAt
  if (before && !before.doubtful && age < (GOOD_FOR[before.state] ?? BAD_FOR)) return before

  const found = await look(deps, before)
  await stored(memory.remember(found))
  if (found.state !== before?.state)
    log.info(
      found.state === 'works'
        ? `Feed ${feed} can be read.`
        : `Feed ${feed} is left out (${found.state}), everything else goes on. ${found.detail ?? ''}`,
    )
  return found
}

async function look(
  { feed, now, probe }: CapabilityDeps,
  before: KnownCapability | undefined,
): Promise<KnownCapability> {
  const history = {
    ...(before?.since !== undefined && { since: before.since }),
    ...(before?.lastWorked !== undefined && { lastWorked: before.lastWorked }),
  }
  try {
    await probe()
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    const state = ANSWERS[error.code]
    const clear = state !== undefined && state !== 'refused'
    if (!clear && before?.lastWorked !== undefined) throw interrupted(error)
    return { feed, state: state ?? 'unreachable', checkedAt: now(), detail: error.message, ...history }
  }
  const checkedAt = now()
  const recent = before?.lastWorked !== undefined && checkedAt - before.lastWorked < LOOK_BACK
  return {
    feed,
    state: 'works',
    checkedAt,
    since: recent ? (before.since ?? checkedAt) : checkedAt,
    lastWorked: checkedAt,
  }
}

/** An outage, whatever it looks like: the operator is not told of an optional feed's troubles. */
function interrupted(error: FeedError): FeedError {
  if (error.code === 'throttled') return error
  const { message, retryAfterMs, serverCode, cause } = error
  return new FeedError('unavailable', message, { retryAfterMs, serverCode, cause })
}

/** After a failure in reading. */
export async function doubt(memory: CapabilityMemory, error: unknown): Promise<void> {
  if (!(error instanceof FeedError) || !DOUBTFUL.has(error.code)) return
  const known = await stored(memory.recall())
  if (known !== undefined && !known.doubtful) await stored(memory.remember({ ...known, doubtful: true }))
}

/** What others are told of it. */
export function shown(known: KnownCapability | undefined): Capability | undefined {
  if (known === undefined) return undefined
  const { checkedAt, detail, feed, state } = known
  return { feed, state, checkedAt, ...(detail !== undefined && { detail }) }
}

/** Throws `FeedError` where storage does not answer. */
export async function stored<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation
  } catch (cause) {
    throw new FeedError('unavailable', 'What is known of the feed could not be read or saved in storage.', {
      cause,
    })
  }
}
