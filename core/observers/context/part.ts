import { pagesOf } from '../../feeds/graph/pages.ts'
import type { Graph, GraphQuery } from '../../feeds/graph/transport.ts'
import type { Log } from '../../log.ts'
import type { AuditRecord } from '../../model/audit-record.ts'
import { FeedError } from '../../model/errors.ts'
import type { Observation } from '../../model/observation.ts'
import type { ContextItems, ContextPart, Held } from '../../model/tenant-context.ts'
import type { Seconds } from '../../model/time.ts'
import { isGuid, isObject, lower } from '../../model/values.ts'
import type { Context } from '../../stores/context.ts'
import type { Observer } from '../observer.ts'
import { difference } from './difference.ts'

/** One part of the directory: how it is read, and what is said of what appears in it. */
export interface Part<P extends ContextPart> {
  readonly part: P
  /** In words, for people who see how many there are: `verified domains`. */
  readonly what: string
  readonly every: Seconds
  /** Row → item. Throws `FeedError` alone. */
  read(signal: AbortSignal): Promise<ReadonlyMap<string, ContextItems[P]>>
  wants?(record: AuditRecord): string | undefined
  /** Absent where what appears is nobody's business. */
  readonly watch?: {
    /** Does a record that `wants` took this subject from tell of the item? */
    isExplained(item: ContextItems[P], subject: string): boolean
    observation(held: Held<ContextItems[P]>): Omit<Observation, 'identity'>
  }
}

/** Looks at one part, tells what no record told of, and keeps what is different. */
export function makeContextObserver<P extends ContextPart>(
  { part, what, every, read, wants, watch }: Part<P>,
  context: Context,
  log: Log,
): Observer {
  return {
    id: `context-${part}`,
    every,
    ...(wants && { wants }),
    async look({ now, wanted }, tell, signal) {
      // Read before the directory is: what another instance adds meanwhile is then not taken for gone.
      const before = await context.read(part)
      const found = await read(signal)
      if (before === undefined) log.info(`The directory has ${found.size} ${what}, which count as known.`)
      const isExplained = (item: ContextItems[P]) =>
        wanted.some(subject => watch?.isExplained(item, subject) === true)
      const { changed, untold } = difference(before, found, now, watch !== undefined, isExplained)
      const observations = untold.flatMap(([row, held]) => {
        const seen = watch?.observation(held)
        return seen === undefined ? [] : [{ ...seen, identity: [part, row, String(held.since)] }]
      })
      if (observations.length > 0) await tell(observations)
      await context.keep(part, before, changed, now)
    },
  }
}

/** A hundred thousand entries; what is kept of them is far less. */
const MAX_PAGES = 100
/** Microsoft gives out no more at once. The list of domains takes no size at all. */
export const TOP = 999

/** All entries of a collection of the directory. */
export async function* entriesOf(
  graph: Graph,
  query: Pick<GraphQuery, 'path' | 'select' | 'filter' | 'top' | 'subject'>,
  signal: AbortSignal,
): AsyncIterable<Readonly<Record<string, unknown>>> {
  const whole: GraphQuery = { family: 'directory', version: 'v1.0', ...query }
  for await (const entries of pagesOf(graph, whole, MAX_PAGES, signal)) yield* entries.filter(isObject)
}

/** No tenant is without any. Taken at its word, an empty answer would have everything gone, and new the next day. */
export function notEmpty<K, V>(found: ReadonlyMap<K, V>, what: string): ReadonlyMap<K, V> {
  if (found.size > 0) return found
  throw new FeedError('malformed', `The directory answered that there are no ${what} at all.`)
}

/** An id of the directory: the only shape in which one becomes a key of storage. */
export function guid(value: unknown): string | undefined {
  const given = lower(value)
  return given !== undefined && isGuid(given) ? given : undefined
}

/** Whoever writes to the directory chooses the names in it. */
export function bounded(value: string): string {
  return value.slice(0, 120).toWellFormed()
}
