import { LOOK_BACK } from '../model/checkpoint.ts'
import { DAY, dayOf, HOUR, parseWireTime, type Seconds } from '../model/time.ts'
import { ASTRAY, isOpen, type Ledger, type LedgerEntry } from '../stores/ledger.ts'
import type { Outbox } from '../stores/outbox.ts'
import type { Queue } from '../stores/port.ts'
import { RETENTION } from '../stores/retention.ts'
import { secondsOf } from './clock.ts'
import { type IngestMessage, messagesOf } from './messages.ts'
import { lostNotice, tellOperator } from './notices.ts'

export interface UnfinishedDeps {
  readonly tenant: string
  readonly sinks: readonly string[]
  readonly ledger: Ledger
  readonly outbox: Outbox
  readonly queue: Queue<IngestMessage>
  /** UTC milliseconds. */
  now(): number
}

/** Before the next try of a blob that was set aside: an hour, doubling up to a day. */
export function pauseAfter(retries: number): Seconds {
  return Math.min(HOUR * 2 ** retries, DAY)
}

/**
 * Goes through everything of a feed that was listed and not read. What is due goes onto the queue again, without waiting for a
 * listing that names it; what was set aside travels alone, so that it never holds up another. What can no longer be read is put
 * on record as expired: it would stay open until the ledger forgets it.
 */
export async function takeUpUnfinished(deps: UnfinishedDeps, feed: string): Promise<void> {
  const now = secondsOf(deps)
  const overdue: LedgerEntry[] = []
  const pending: LedgerEntry[] = []
  const aside: LedgerEntry[] = []
  for await (const entry of deps.ledger.entries(feed, dayOf(now - RETENTION.ledger), dayOf(now))) {
    if (!isOpen(entry)) continue
    if (lostAt(entry) <= now) overdue.push(entry)
    else if (now >= entry.resendAt) (entry.state === 'listed' ? pending : aside).push(entry)
  }
  await closeOverdue(deps, feed, overdue)
  await sendAgain(deps, feed, pending, aside)
}

async function sendAgain(
  { ledger, queue, now }: UnfinishedDeps,
  feed: string,
  pending: readonly LedgerEntry[],
  aside: readonly LedgerEntry[],
): Promise<void> {
  const at = secondsOf({ now })
  // Before they are sent, as with a listing. A try is counted here, because one that kills the process counts nothing.
  await ledger.end(feed, [
    ...pending.map(({ reason: _, ...entry }) => ({ ...entry, resendAt: at + ASTRAY })),
    ...aside.map(entry => {
      const retries = (entry.retries ?? 0) + 1
      return { ...entry, retries, resendAt: at + pauseAfter(retries) }
    }),
  ])
  const blobs = pending.map(({ blob }) => blob)
  for (const message of messagesOf(feed, blobs)) await queue.send(message)
  for (const { blob } of aside) await queue.send({ feed, blobs: [blob], retry: true })
}

async function closeOverdue(
  deps: UnfinishedDeps,
  feed: string,
  overdue: readonly LedgerEntry[],
): Promise<void> {
  if (overdue.length === 0) return
  const blobs = `${overdue.length} ${overdue.length === 1 ? 'package' : 'packages'}`
  const sentence = `${blobs} of audit records from ${feed} could not be read in all the time that Microsoft kept them.`
  await tellOperator(deps, lostNotice(feed, 'overdue', sentence))
  await deps.ledger.end(
    feed,
    overdue.map(entry => ({
      reason: 'never read',
      ...entry,
      state: 'expired',
      endedAt: secondsOf(deps),
    })),
  )
}

/** Expiry is the server's own word; a day before the ledger forgets a blob is the last moment to say so. */
function lostAt({ blob }: LedgerEntry): Seconds {
  const created = parseWireTime(blob.created) ?? 0
  return Math.min(parseWireTime(blob.expires) ?? created + LOOK_BACK, created + RETENTION.ledger - DAY)
}
