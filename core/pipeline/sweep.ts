import type { Feed } from '../feeds/feed.ts'
import { afterRound, dueTier, type Relisted } from '../model/checkpoint.ts'
import { obtain } from '../model/maps.ts'
import { SILENCE, type SilenceState } from '../model/silence.ts'
import type { Seconds } from '../model/time.ts'
import type { AllowedFindings } from '../stores/allowed.ts'
import type { Blinds } from '../stores/blinds.ts'
import type { Context } from '../stores/context.ts'
import type { Histories } from '../stores/histories.ts'
import type { Incidents } from '../stores/incidents.ts'
import { LEDGER } from '../stores/ledger.ts'
import type { Mailboxes } from '../stores/mailboxes.ts'
import { OBSERVATIONS } from '../stores/observations.ts'
import { dropPeriods } from '../stores/periods.ts'
import type { Tables } from '../stores/port.ts'
import { RETENTION } from '../stores/retention.ts'
import type { Rhythms } from '../stores/rhythms.ts'
import { TALLIES } from '../stores/tallies.ts'
import { TAUGHT } from '../stores/taught.ts'
import { type AnnounceDeps, announceAllowed } from './allow-notices.ts'
import { secondsOf } from './clock.ts'
import { type DigestDeps, sendDigest } from './digest.ts'
import { quietNotice, tellOperator } from './notices.ts'
import { type FeedReport, type PollDeps, poll } from './poll.ts'
import { takeUpUnfinished } from './unfinished.ts'

export interface SweepDeps extends PollDeps, AnnounceDeps, DigestDeps {
  readonly tables: Tables
  readonly histories: Histories
  readonly blinds: Blinds
  readonly incidents: Pick<Incidents, 'purge'>
  readonly allowed?: AllowedFindings
  readonly mailboxes?: Mailboxes
  readonly rhythms?: Rhythms
  readonly context?: Context
}

export interface SweepReport {
  /** How far back was listed again at most, in seconds; 0 where nothing was due. */
  readonly relisted: Seconds
  readonly feeds: readonly FeedReport[]
  /** Tables and rows that were past their time. */
  readonly dropped: number
}

export const relistedName = (feed: string) => `relisted.${feed}`

/**
 * The slow rounds: lists again what is due (`TIERS`), takes up what was listed and not read, tells of allow entries
 * that start or end and of days on which nothing came, and drops what is past its retention.
 */
export async function sweep(deps: SweepDeps, signal: AbortSignal): Promise<SweepReport> {
  const now = secondsOf(deps)
  await announceAllowed(deps)
  const due = await dueFeeds(deps, now)
  const feeds: FeedReport[] = []
  for (const [reach, those] of due) feeds.push(...(await relist(deps, those, reach, signal)))
  // What teaches comes again until it is read or given up, and is nothing to alarm anybody with.
  for (const { id, teaches } of deps.feeds) if (teaches === undefined) await takeUpUnfinished(deps, id)
  const quietSince = (await deps.state.read<SilenceState>(SILENCE))?.quietSince
  if (quietSince !== undefined) await tellOperator(deps, quietNotice(quietSince))
  await sendDigest(deps)
  return { relisted: Math.max(0, ...due.keys()), feeds, dropped: await purge(deps, now) }
}

/** reach → feeds that are to be listed so far back. */
async function dueFeeds({ feeds, state }: SweepDeps, now: Seconds): Promise<Map<Seconds, Feed[]>> {
  const due = new Map<Seconds, Feed[]>()
  for (const feed of feeds) {
    const tier = dueTier(now, await state.read<Relisted>(relistedName(feed.id)))
    if (tier !== undefined) obtain(due, tier.reach, () => []).push(feed)
  }
  return due
}

async function relist(deps: SweepDeps, feeds: readonly Feed[], reach: Seconds, signal: AbortSignal) {
  const now = secondsOf(deps)
  const reports = await poll({ ...deps, feeds }, signal, reach)
  for (const { feed, problem } of reports) {
    // A round that a feed did not get through is made up for at the next sweep.
    if (problem !== undefined) continue
    const before = await deps.state.read<Relisted>(relistedName(feed))
    await deps.state.write(relistedName(feed), afterRound(before, reach, now))
  }
  return reports
}

async function purge(deps: SweepDeps, now: Seconds): Promise<number> {
  const { tables, findings, histories, rhythms, blinds, allowed, context, mailboxes, outbox, sinks } = deps
  const ledger = await dropPeriods(tables, LEDGER, now - RETENTION.ledger)
  const tallies = await dropPeriods(tables, TALLIES, now - RETENTION.tallies)
  const taught = await dropPeriods(tables, TAUGHT, now - RETENTION.tallies)
  const observed = await dropPeriods(tables, OBSERVATIONS, now - RETENTION.tallies)
  const old = await findings.purge(now - RETENTION.findings)
  const forgotten = await histories.purge(now - RETENTION.histories)
  const unheard = (await rhythms?.purge(now - RETENTION.histories)) ?? 0
  const over = await blinds.purge(now - RETENTION.findings)
  const idle = (await mailboxes?.purge(now - RETENTION.histories)) ?? 0
  const closed = await deps.incidents.purge(now - RETENTION.findings)
  const ended = (await allowed?.purge(now - RETENTION.findings)) ?? 0
  let lost = 0
  for (const { id } of deps.feeds) lost += await deps.losses.purge(id, now - RETENTION.findings)
  const left = (await context?.purge(now - RETENTION.context)) ?? 0
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
  const rows = ledger + tallies + taught + observed + old + forgotten + unheard + over + idle
  return rows + closed + ended + lost + left + sent
}
