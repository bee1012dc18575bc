import { LOOK_BACK } from '../model/checkpoint.ts'
import { DAY, type Seconds } from '../model/time.ts'
import type { AllowedFindings } from '../stores/allowed.ts'
import type { Blinds } from '../stores/blinds.ts'
import type { Findings } from '../stores/findings.ts'
import type { Histories } from '../stores/histories.ts'
import { LEDGER } from '../stores/ledger.ts'
import { OBSERVATIONS } from '../stores/observations.ts'
import { dropPeriods } from '../stores/periods.ts'
import type { Tables } from '../stores/port.ts'
import { RETENTION } from '../stores/retention.ts'
import { TALLIES } from '../stores/tallies.ts'
import { type AnnounceDeps, announceAllowed } from './allow-notices.ts'
import { secondsOf } from './clock.ts'
import { closeOverdue } from './overdue.ts'
import { type FeedReport, type PollDeps, poll } from './poll.ts'

export interface SweepDeps extends PollDeps, AnnounceDeps {
  readonly tables: Tables
  readonly findings: Findings
  readonly histories: Histories
  readonly blinds: Blinds
  readonly allowed?: AllowedFindings
}

export interface SweepReport {
  /** How far back was listed again, in seconds. */
  readonly relisted: Seconds
  readonly feeds: readonly FeedReport[]
  /** Tables and rows that were past their time. */
  readonly dropped: number
}

const LAST_FULL = 'sweep.full'

/**
 * The slow rounds: lists the last day again (once a day all seven), because blobs have been seen to appear behind
 * a listing that already covered them, closes what can no longer be read, tells of allow entries that start or end, and
 * drops what is past its retention.
 */
export async function sweep(deps: SweepDeps, signal: AbortSignal): Promise<SweepReport> {
  const now = secondsOf(deps)
  await announceAllowed(deps)
  const lastFull = (await deps.state.read<Seconds>(LAST_FULL)) ?? 0
  const full = now - lastFull >= DAY
  const relisted = full ? LOOK_BACK : DAY
  const feeds = await poll(deps, signal, relisted)
  // A round that some feed did not get through is made up for at the next sweep.
  if (full && feeds.every(({ problem }) => problem === undefined)) await deps.state.write(LAST_FULL, now)
  for (const { id } of deps.feeds) await closeOverdue(deps, id)
  return { relisted, feeds, dropped: await purge(deps, now) }
}

async function purge(deps: SweepDeps, now: Seconds): Promise<number> {
  const { tables, findings, histories, blinds, allowed, outbox, sinks } = deps
  const ledger = await dropPeriods(tables, LEDGER, now - RETENTION.ledger)
  const tallies = await dropPeriods(tables, TALLIES, now - RETENTION.tallies)
  const observed = await dropPeriods(tables, OBSERVATIONS, now - RETENTION.tallies)
  const old = await findings.purge(now - RETENTION.findings)
  const forgotten = await histories.purge(now - RETENTION.histories)
  const over = await blinds.purge(now - RETENTION.findings)
  const ended = (await allowed?.purge(now - RETENTION.findings)) ?? 0
  let lost = 0
  for (const { id } of deps.feeds) lost += await deps.losses.purge(id, now - RETENTION.findings)
  let sent = 0
  for (const sink of sinks) {
    const gone = (await outbox.all(sink)).filter(
      ({ delivery }) => delivery.state !== 'pending' && delivery.createdAt < now - RETENTION.outbox,
    )
    await outbox.remove(
      sink,
      gone.map(({ delivery }) => delivery.alert.id),
    )
    sent += gone.length
  }
  return ledger + tallies + observed + old + forgotten + over + ended + lost + sent
}
