import type { Log } from '../log.ts'
import type { Ledger } from '../stores/ledger.ts'
import type { Outbox } from '../stores/outbox.ts'
import { secondsOf } from './clock.ts'
import type { IngestMessage } from './messages.ts'
import { quarantineNotice, tellOperator } from './notices.ts'

export interface QuarantineDeps {
  readonly tenant: string
  readonly sinks: readonly string[]
  readonly ledger: Ledger
  readonly outbox: Outbox
  /** UTC milliseconds. */
  now(): number
  readonly log: Log
}

/**
 * Puts on record which blobs of a message could not be read after every try, and tells the operator. Blobs of the
 * same message that were read stay as they are, and so do those put off because of an outage: they come again.
 */
export async function quarantine(deps: QuarantineDeps, message: IngestMessage): Promise<number> {
  const now = secondsOf(deps)
  const entries = await Promise.all(message.blobs.map(blob => deps.ledger.find(blob, now)))
  const stuck = entries.filter(({ state, reason }) => state === 'listed' && reason === undefined)
  if (stuck.length === 0) return 0
  await deps.ledger.end(
    message.feed,
    stuck.map(entry => ({
      ...entry,
      state: 'quarantined',
      reason: 'unreadable after every try',
      endedAt: now,
    })),
  )
  deps.log.error(`${stuck.length} blobs of ${message.feed} were set aside: unreadable after every try.`)
  await tellOperator(deps, quarantineNotice(message.feed, stuck.length))
  return stuck.length
}
