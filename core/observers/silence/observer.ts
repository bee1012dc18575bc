import { type Hours, hourOf } from '../../model/rhythm.ts'
import { SILENCE, type SilenceState } from '../../model/silence.ts'
import { dayOf, HOUR, parseWireTime, type Seconds } from '../../model/time.ts'
import type { Ledger } from '../../stores/ledger.ts'
import { feedSubject, type Rhythms, type Signs } from '../../stores/rhythms.ts'
import type { State } from '../../stores/state.ts'
import type { Observer } from '../observer.ts'
import { episodes } from './episodes.ts'
import { type Heard, READS, silentFeeds, silentMailboxes } from './judge.ts'

export interface SilenceDeps {
  /** Content types; the one of mail is among them if any. */
  readonly feeds: readonly string[]
  readonly rhythms: Pick<Rhythms, 'all'>
  readonly ledger: Pick<Ledger, 'entries'>
  readonly state: State
  /** What the last listing saw of a feed. */
  listed(feed: string): Promise<Listed | undefined>
}

export interface Listed {
  readonly at: Seconds
  readonly newestBlob?: string
  readonly problem?: unknown
}

const MAIL = 'Audit.Exchange'

/** A listing as old as that says nothing about now. */
const FRESH: Seconds = HOUR
/** Days of the ledger in which to look for content that was not read. */
const UNREAD_DAYS = 7
/** What came since may still be waiting its turn, and hardly holds records as old as those judged here. */
const WAITING: Seconds = 3 * HOUR

/**
 * Feeds and mailboxes that went quiet against their own rhythm. A feed that cannot be listed, and content not read yet,
 * are our silence and not theirs; a silent feed stands for the mailboxes under it.
 */
export function makeSilenceObserver(deps: SilenceDeps): Observer {
  return {
    id: 'silence',
    every: HOUR,
    async look({ now, all }, tell) {
      if (!all) return
      const hour = hourOf(now)
      const heard = await hear(deps, now)
      const { silent, quietSince } = silentFeeds(heard.feeds, hour)
      const mailHeard = heard.feeds.has(MAIL) && !silent.some(({ of }) => of === MAIL)
      const found = [...silent, ...(mailHeard ? silentMailboxes(heard, hour) : [])]
      const before = (await deps.state.read<SilenceState>(SILENCE))?.open ?? {}
      const { told, open } = episodes(before, found, of => hoursOf(heard, of))
      if (told.length > 0) await tell(told)
      await deps.state.write(SILENCE, {
        open,
        ...(quietSince !== undefined &&
          heard.feeds.size === deps.feeds.length && { quietSince: (quietSince + 1) * HOUR }),
      } satisfies SilenceState)
    },
  }
}

function hoursOf({ feeds, mailboxes }: Heard, of: string): Iterable<number> {
  if (of === READS) return [...mailboxes.values()].flatMap(({ reads }) => [...(reads ?? [])])
  return feeds.get(of) ?? mailboxes.get(of)?.reads ?? []
}

async function hear({ feeds, rhythms, ledger, listed }: SilenceDeps, now: Seconds): Promise<Heard> {
  const known = new Map<string, Signs>()
  for await (const [subject, signs] of rhythms.all()) known.set(subject, signs)
  const contents = new Map<string, Hours>()
  for (const feed of feeds) {
    const report = await listed(feed)
    if (report === undefined || report.problem !== undefined || now - report.at >= FRESH) continue
    const newest = parseWireTime(report.newestBlob)
    const content = known.get(feedSubject(feed))?.content ?? []
    contents.set(feed, new Set([...content, ...(newest === undefined ? [] : [hourOf(newest)])]))
  }
  const mailboxes = new Map([...known].filter(([subject]) => subject.includes('@')))
  return { feeds: contents, mailboxes, unread: await unreadUpTo(ledger, now) }
}

/** The newest hour of which mail records were listed and not read: reads may be among them. */
async function unreadUpTo(ledger: SilenceDeps['ledger'], now: Seconds): Promise<number> {
  let newest = Number.NEGATIVE_INFINITY
  for await (const { blob, state } of ledger.entries(MAIL, dayOf(now) - UNREAD_DAYS, dayOf(now))) {
    const created = parseWireTime(blob.created) ?? 0
    if (state !== 'done' && created < now - WAITING) newest = Math.max(newest, hourOf(created))
  }
  return newest
}
