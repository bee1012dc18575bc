import pMap from 'p-map'
import type { Graph } from '../../feeds/graph/transport.ts'
import type { Log } from '../../log.ts'
import { type FeedCode, FeedError } from '../../model/errors.ts'
import type { Seconds } from '../../model/time.ts'
import type { InboxRules } from '../../stores/inbox-rules.ts'
import type { Tell } from '../observer.ts'
import { compared } from './compare.ts'
import { type FolderNames, makeFolderNames } from './folders.ts'
import { inBatches } from './listing.ts'
import { ruleAsCmdlet } from './message-rule.ts'
import { rulesOf, type User } from './reader.ts'
import type { Wish } from './wish.ts'

export interface ReadingDeps {
  readonly graph: Graph
  readonly rules: InboxRules
  readonly log: Log
  readonly tell: Tell
  readonly now: Seconds
  /** When all mailboxes had been read for the first time. */
  readonly sweptAt: Seconds | undefined
  readonly signal: AbortSignal
}

/** Of mailboxes. */
export interface Counts {
  readonly read: number
  /** Users without a mailbox that Graph can open. */
  readonly absent: number
  readonly failed: number
}

export const NONE: Counts = { read: 0, absent: 0, failed: 0 }

export function added(a: Counts, b: Counts): Counts {
  return { read: a.read + b.read, absent: a.absent + b.absent, failed: a.failed + b.failed }
}

export interface Reading {
  /** Reads mailboxes, tells what is new in them and keeps what was seen. */
  of(users: readonly User[], wishes?: ReadonlyMap<string, readonly Wish[]>): Promise<Counts>
  /** Throws what kept every single mailbox from being read. */
  judge(counts: Counts): void
}

/** Exchange lets one app have four requests under way in all; one is left for others of its kind. */
const AT_ONCE = 3
/** So many failures one after another are no longer the mailboxes'. An app may be let into a few mailboxes of many. */
const [IN_A_ROW, REFUSED_IN_A_ROW] = [10, 50]
/** What one mailbox can meet while others are read. */
const OF_ONE: ReadonlySet<FeedCode> = new Set([
  'permission-missing',
  'not-licensed',
  'rejected',
  'malformed',
  'page-rejected',
  'foreign-origin',
  'unavailable',
  'throttled',
])

export function makeReading(deps: ReadingDeps): Reading {
  const { graph, log, now, rules, signal, sweptAt, tell } = deps
  const folders = makeFolderNames(graph, signal)
  let failures = 0
  let latest: FeedError | undefined

  async function one({ mailbox, user }: User, wishes: readonly Wish[]): Promise<keyof Counts> {
    const known = await rules.of(mailbox)
    let found: unknown[] | undefined
    try {
      found = await rulesOf(graph, user, signal)
    } catch (error) {
      if (!(error instanceof FeedError) || !OF_ONE.has(error.code) || signal.aborted) throw error
      latest = error
      if (++failures >= (error.code === 'permission-missing' ? REFUSED_IN_A_ROW : IN_A_ROW)) throw error
      log.info(
        `The inbox rules of one mailbox could not be read (${error.serverCode ?? error.code}); others go on.`,
      )
      // Rules that are older than its first reading must not look new then.
      if (known === undefined && sweptAt === undefined) await rules.keep({ mailbox, user, rules: [] })
      return 'failed'
    }
    failures = 0
    if (found === undefined) return 'absent'
    const cmdlets = found.flatMap(rule => ruleAsCmdlet(rule) ?? [])
    const names = await folderNames(folders, user, cmdlets, known?.folders)
    const next = compared({ mailbox, user, now, rules: cmdlets, folders: names, known, sweptAt, wishes })
    for (const batch of inBatches(next.told)) await tell(batch)
    await rules.keep(next.known)
    return 'read'
  }

  return {
    async of(users, wishes = new Map()) {
      const ends = await pMap(users, user => one(user, wishes.get(user.mailbox) ?? []), {
        concurrency: AT_ONCE,
      })
      return ends.reduce((counts, end) => added(counts, { ...NONE, [end]: 1 }), NONE)
    },
    judge({ read, absent, failed }) {
      if (failed > 0 && read + absent === 0 && latest !== undefined) throw latest
    },
  }
}

async function folderNames(
  names: FolderNames,
  user: string,
  rules: readonly { readonly folders: readonly string[] }[],
  known: Readonly<Record<string, string>> = {},
): Promise<Map<string, string>> {
  const ids = new Set(rules.flatMap(({ folders }) => folders))
  return await names.of(user, [...ids], known)
}
