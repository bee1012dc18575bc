import { feedPause, type Hours, quietMailbox } from '../../model/rhythm.ts'
import type { Signs } from '../../stores/rhythms.ts'
import type { Silent } from './episodes.ts'

/** The records of reads of all mailboxes together: they can stop while their feed goes on. */
export const READS = 'MailItemsAccessed'

/** Of records as old as that, hardly any are still on their way. */
const SETTLED_HOURS = 6

/** When everything is quiet, so many usual hours more are no outage of an afternoon any longer. */
const ALL_QUIET_HOURS = 24

export interface Heard {
  readonly feeds: ReadonlyMap<string, Hours>
  readonly mailboxes: ReadonlyMap<string, Signs>
  /** All content that became available up to this hour may not have been read. */
  readonly unread: number
}

/** A feed that has paused for too long while others went on, and since which hour all of them are quiet. */
export function silentFeeds(
  feeds: Heard['feeds'],
  now: number,
): { readonly silent: readonly Silent[]; readonly quietSince?: number } {
  const silent: Silent[] = []
  const quiet: number[] = []
  for (const [of, hours] of feeds) {
    const elsewhere = united([...feeds].flatMap(([other, seen]) => (other === of ? [] : [seen])))
    const pause = feedPause(hours, elsewhere, now)
    if (pause === undefined) continue
    const { last, missed, needed, usual } = pause
    if (missed >= needed)
      silent.push({
        operation: 'FeedSilent',
        of,
        last,
        silentBy: last + 1,
        observed: { missed, needed },
      })
    if (usual - missed >= needed + ALL_QUIET_HOURS) quiet.push(last)
  }
  const allQuiet = quiet.length > 0 && quiet.length === feeds.size
  return { silent, ...(allQuiet && { quietSince: Math.max(...quiet) }) }
}

/** Mailboxes whose reads are no longer recorded while other things are, or the reads of all of them as one. */
export function silentMailboxes({ mailboxes, unread }: Heard, now: number): Silent[] {
  const settled = now - SETTLED_HOURS
  const all = [...mailboxes.values()].filter(({ reads }) => reads !== undefined)
  const reads = united(all.flatMap(signs => signs.reads ?? []))
  // Items come by the same way as reads; a sign-in may overtake both by hours.
  const items = united(all.flatMap(signs => signs.items ?? []))
  const tenant = quietMailbox(reads, items, { now, until: settled, after: unread })
  if (tenant !== undefined) return [silentOf('FeedSilent', READS, tenant)]
  const until = Math.min(settled, Math.max(...reads))
  return [...mailboxes].flatMap(([mailbox, signs]) => {
    const life = united([signs.items ?? [], signs.acts ?? []])
    const quiet = quietMailbox(signs.reads ?? new Set(), life, { now, until, after: unread })
    return quiet === undefined ? [] : [silentOf('MailboxSilent', mailbox, quiet)]
  })
}

type Quiet = NonNullable<ReturnType<typeof quietMailbox>>

function silentOf(operation: Silent['operation'], of: string, { last, missed, signs, usual }: Quiet): Silent {
  return { operation, of, last, silentBy: missed + 1, observed: { signs, usual } }
}

function united(all: readonly Iterable<number>[]): Hours {
  return new Set(all.flatMap(hours => [...hours]))
}
