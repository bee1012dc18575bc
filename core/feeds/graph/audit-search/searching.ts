import type { Log } from '../../../log.ts'
import type { Slice } from '../../../model/checkpoint.ts'
import { type FeedCode, FeedError } from '../../../model/errors.ts'
import { type Search, type SearchQuery, spanName } from '../../../model/search.ts'
import { DAY, MINUTE, type Seconds } from '../../../model/time.ts'
import { stored } from '../capability.ts'
import type { SearchApi } from './api.ts'
import type { SearchMemory } from './memory.ts'
import { recordsIn } from './records.ts'
import { canSplit } from './spans.ts'

export interface SearchingDeps {
  readonly api: SearchApi
  readonly memory: SearchMemory
  readonly now: () => Seconds
  readonly log: Log
}

/** Ten minutes have been seen. After a day nothing comes any more. */
const LONGEST: Seconds = DAY
/** Longer than a request lasts: whoever has been creating a query for so long has died. */
const ASKING: Seconds = 5 * MINUTE
/** Who creates queries too fast is told no time to wait, and each that is refused may count against the next. */
const HOLD: Seconds = 10 * MINUTE
/** Queries that may end badly before a span is given up. */
const MOST_FAILURES = 3

/** Answers that say something about the query and not about the line or the consent. */
const BAD = new Set<FeedCode>(['malformed', 'page-rejected', 'rejected', 'foreign-origin'])

/** Of a span that has nothing to tell any more, or leaves that to its halves. */
const NOTHING = '[]'

/**
 * Takes the search of a span one step further: creates its query, asks how it is doing, or reads what it found. Throws
 * `not-ready` until it has, so that the blob comes again. Each step is remembered before the next.
 */
export async function searched(deps: SearchingDeps, span: Slice, signal: AbortSignal): Promise<string> {
  const search = await stored(deps.memory.find(span))
  if (search === undefined) throw new FeedError('rejected', `The search of ${spanName(span)} was never begun`)
  if (search.state === 'split' || search.state === 'lost') return NOTHING
  try {
    if (search.query === undefined) return await created(deps, span, signal)
    return await answered(deps, search, search.query, signal)
  } catch (error) {
    if (!(error instanceof FeedError) || !BAD.has(error.code)) throw error
    const text = await failed(deps, search, error.message)
    // The operator is to know of a server that sends us elsewhere.
    if (error.code === 'foreign-origin') throw error
    return text
  }
}

async function created(
  { api, memory, now }: SearchingDeps,
  span: Slice,
  signal: AbortSignal,
): Promise<never> {
  const askedAt = now()
  const mine = await stored(
    memory.change(span, search =>
      search.query === undefined && (search.asking ?? 0) <= askedAt - ASKING
        ? { ...search, asking: askedAt }
        : undefined,
    ),
  )
  if (mine === undefined) throw notReady('somebody else is creating it')
  const wait = await stored(memory.submit(span, askedAt))
  if (wait > 0) throw notReady('no more may be submitted just now', wait)
  const query = await api.create(span, askedAt, { signal }).catch(async (error: unknown) => {
    if (error instanceof FeedError && error.code === 'throttled')
      await stored(memory.hold(askedAt + Math.max(HOLD, Math.ceil((error.retryAfterMs ?? 0) / 1000))))
    throw error
  })
  await stored(memory.change(span, ({ asking: _, ...search }) => ({ ...search, query })))
  throw notReady('it was just created')
}

async function answered(
  deps: SearchingDeps,
  search: Search,
  query: SearchQuery,
  signal: AbortSignal,
): Promise<string> {
  const { api, log, now } = deps
  const { status, truncated } = await api.look(query, { signal })
  if (status === 'failed') return await failed(deps, search, 'The query failed.')
  if (status === 'under way') {
    if (now() - query.askedAt < LONGEST) throw notReady('it is under way')
    return await failed(deps, search, 'The query did not end within a day.')
  }
  const found =
    truncated && canSplit(search) ? undefined : await recordsIn(api.records(query, signal), search)
  if (found === undefined || (found.more && canSplit(search))) {
    await note(deps, search, { state: 'split' })
    return NOTHING
  }
  if (truncated || found.more) {
    log.warn(`The audit log of ${spanName(search)} holds more than can be read; the rest teaches nothing.`)
    await note(deps, search, { cut: true })
  }
  return found.text
}

/** One query less to try. Returns where the span is given up, and throws where it comes again. */
async function failed({ log, memory }: SearchingDeps, search: Search, why: string): Promise<string> {
  const after = await stored(
    memory.change(search, ({ asking: _, query, ...rest }) => {
      if (query?.id !== search.query?.id) return undefined
      const failures = rest.failures + 1
      return { ...rest, failures, state: failures < MOST_FAILURES ? rest.state : 'lost' }
    }),
  )
  if (after?.state !== 'lost') throw notReady('its query ended badly')
  log.warn(`The audit log of ${spanName(search)} could not be searched and teaches nothing. ${why}`)
  return NOTHING
}

async function note({ memory }: SearchingDeps, span: Slice, news: Partial<Search>) {
  await stored(memory.change(span, search => (search.state === 'open' ? { ...search, ...news } : undefined)))
}

function notReady(why: string, wait: Seconds = MINUTE): FeedError {
  return new FeedError('not-ready', `A search of the audit log is not ready: ${why}.`, {
    retryAfterMs: wait * 1000,
  })
}
