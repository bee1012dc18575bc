import { createHash } from 'node:crypto'
import type { Log } from '../log.ts'
import { ConfigError } from '../model/errors.ts'
import { dayOf } from '../model/time.ts'
import { ASTRAY, type Ledger, type LedgerEntry } from '../stores/ledger.ts'
import type { Outbox } from '../stores/outbox.ts'
import type { Queue } from '../stores/port.ts'
import { RETENTION } from '../stores/retention.ts'
import { secondsOf } from './clock.ts'
import type { IngestMessage } from './messages.ts'
import { quarantineNotice, tellOperator } from './notices.ts'
import { pauseAfter } from './unfinished.ts'

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
    stuck.map(({ problem = 'unreadable after every try', ...entry }) => setAside(entry, problem, now)),
  )
  deps.log.error(`${stuck.length} blobs of ${message.feed} were set aside: unreadable after every try.`)
  await tellOperator(deps, quarantineNotice(message.feed, stuck.length))
  return stuck.length
}

/** The entry of a blob that cannot be read; the sweeps try it again until it expires. */
export function setAside(entry: LedgerEntry, reason: string, now: number): LedgerEntry {
  return { ...entry, state: 'quarantined', reason, endedAt: now, resendAt: now + pauseAfter(0) }
}

export interface WardDeps {
  readonly feeds: readonly { readonly id: string }[]
  readonly ledger: Ledger
  readonly queue: Queue<IngestMessage>
  /** UTC milliseconds. */
  now(): number
}

/** A blob that is set aside. `id` is short and safe to type in a shell, which Microsoft's own (with its $) is not. */
export interface Quarantined {
  readonly id: string
  readonly entry: LedgerEntry
}

/** Every blob that is set aside, also dropped ones, oldest first for each feed. */
export async function quarantined({ feeds, ledger, now }: Omit<WardDeps, 'queue'>): Promise<Quarantined[]> {
  const found: Quarantined[] = []
  const at = secondsOf({ now })
  for (const { id } of feeds)
    for await (const entry of ledger.entries(id, dayOf(at - RETENTION.ledger), dayOf(at)))
      if (entry.state === 'quarantined') found.push({ id: idOf(entry), entry })
  return found
}

/** Puts a blob onto the queue like one that was never tried. Throws `ConfigError` for one that is not set aside. */
export async function release(deps: WardDeps, id: string): Promise<void> {
  const { blob, listedAt } = await find(deps, id)
  const resendAt = secondsOf(deps) + ASTRAY
  await deps.ledger.end(blob.feed, [{ blob, state: 'listed', listedAt, resendAt }])
  await deps.queue.send({ feed: blob.feed, blobs: [blob] })
}

/** Gives a blob up: it stays on record as set aside, and nobody is asked about it any more. */
export async function drop(deps: WardDeps, id: string, reason: string): Promise<void> {
  const entry = await find(deps, id)
  await deps.ledger.end(entry.blob.feed, [{ ...entry, dropped: { reason, at: secondsOf(deps) } }])
}

async function find(deps: WardDeps, id: string): Promise<LedgerEntry> {
  const found = (await quarantined(deps)).find(one => one.id === id || one.entry.blob.id === id)
  if (found !== undefined) return found.entry
  throw new ConfigError([
    `No blob "${id.slice(0, 80)}" is set aside; "waxseal quarantine" lists those that are, with their ids.`,
  ])
}

function idOf({ blob }: LedgerEntry): string {
  return createHash('sha256').update(`${blob.feed}\n${blob.id}`).digest('hex').slice(0, 10)
}
