import { LOOK_BACK } from '../model/checkpoint.ts'
import { DAY, dayOf, parseWireTime, type Seconds } from '../model/time.ts'
import type { Ledger, LedgerEntry } from '../stores/ledger.ts'
import type { Outbox } from '../stores/outbox.ts'
import { RETENTION } from '../stores/retention.ts'
import { secondsOf } from './clock.ts'
import { lostNotice, tellOperator } from './notices.ts'

export interface OverdueDeps {
  readonly tenant: string
  readonly sinks: readonly string[]
  readonly ledger: Ledger
  readonly outbox: Outbox
  /** UTC milliseconds. */
  now(): number
}

/**
 * Puts on record as expired what was listed, never read, and can no longer be: no listing names it any more, so it
 * would stay "listed" until the ledger forgets it. Returns how many.
 */
export async function closeOverdue(deps: OverdueDeps, feed: string): Promise<number> {
  const now = secondsOf(deps)
  const overdue: LedgerEntry[] = []
  const days = [dayOf(now - RETENTION.ledger), dayOf(now - LOOK_BACK)] as const
  for await (const entry of deps.ledger.entries(feed, ...days))
    if (entry.state === 'listed' && lostAt(entry) <= now) overdue.push(entry)
  if (overdue.length === 0) return 0
  const blobs = `${overdue.length} ${overdue.length === 1 ? 'package' : 'packages'}`
  const sentence = `${blobs} of audit records from ${feed} could not be read in all the time that Microsoft kept them.`
  await tellOperator(deps, lostNotice(feed, 'overdue', sentence))
  await deps.ledger.end(
    feed,
    overdue.map(entry => ({ reason: 'never read', ...entry, state: 'expired', endedAt: now })),
  )
  return overdue.length
}

/** Expiry is the server's own word; a day before the ledger forgets a blob is the last moment to say so. */
function lostAt({ blob }: LedgerEntry): Seconds {
  const created = parseWireTime(blob.created) ?? 0
  return Math.min(parseWireTime(blob.expires) ?? created + LOOK_BACK, created + RETENTION.ledger - DAY)
}
