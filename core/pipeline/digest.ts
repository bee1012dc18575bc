import { createHash } from 'node:crypto'
import { estimate } from '../cost/estimate.ts'
import type { Feed } from '../feeds/feed.ts'
import { OBSERVATION_FEED } from '../feeds/observations.ts'
import type { Severity } from '../model/severity.ts'
import { DAY, HOUR } from '../model/time.ts'
import type { Findings } from '../stores/findings.ts'
import { secondsOf } from './clock.ts'
import { DIGEST, digestAlert, type LostTime, lastWeek, type Week } from './digest-text.ts'
import { type HealthDeps, health } from './health.ts'
import { LOST, ledgerReport } from './ledger-report.ts'
import { HEALTH } from './notices.ts'

export interface DigestDeps extends Omit<HealthDeps, 'feedIds'> {
  readonly tenant: string
  readonly feeds: readonly Feed[]
  readonly findings: Findings
  /** Absent: not wanted. */
  readonly digest?: boolean
}

const LAST = 'digest.last'
/** Monday, seven in the morning, UTC: before the week's work and after the night's rounds. */
const HOURS = 7 * HOUR

/**
 * Puts the digest of last week into the outbox, once a week from Monday morning on. The week names it, so whoever dies in
 * between and whoever runs at the same time writes the same one. Returns whether it was due.
 */
export async function sendDigest(deps: DigestDeps): Promise<boolean> {
  const now = secondsOf(deps)
  const span = lastWeek(now)
  if (!deps.digest || deps.sinks.length === 0 || now < span.to + HOURS) return false
  const last = await deps.state.read<number>(LAST)
  if (last === span.to) return false
  // Of a week before anything was watched there is nothing to tell.
  if (last === undefined) {
    await deps.state.write(LAST, span.to)
    return false
  }
  const week = await weekOf(deps, span)
  const name = createHash('sha256')
    .update(JSON.stringify([deps.tenant, span.to]))
    .digest('hex')
  const alert = digestAlert(week, { tenant: deps.tenant, incident: `digest-${name.slice(0, 12)}` })
  for (const sink of deps.sinks) await deps.outbox.add(sink, alert, now)
  await deps.state.write(LAST, span.to)
  return true
}

async function weekOf(deps: DigestDeps, span: Week['span']): Promise<Week> {
  const seen = await seenOf(deps, span)
  const { capabilities, feeds, sinks } = await health({ ...deps, feedIds: deps.feeds.map(({ id }) => id) })
  const missing = capabilities.filter(({ state }) => state !== 'works')
  const optional = new Set(missing.map(({ feed }) => feed))
  return {
    span,
    ...seen,
    ...(await toldOf(deps, span)),
    blind: feeds.filter(({ problem }) => problem !== undefined).map(({ feed }) => feed),
    working: feeds
      .filter(
        ({ feed, problem }) => problem === undefined && !optional.has(feed) && feed !== OBSERVATION_FEED,
      )
      .map(({ feed }) => feed),
    missing: missing.map(({ feed, state }) => `${feed}: ${state.replaceAll('-', ' ')}`),
    refused: sinks.filter(({ parked }) => parked > 0).map(({ sink }) => sink),
    cost: estimate((seen.records * DAY) / (span.to - span.from)),
  }
}

async function seenOf(deps: DigestDeps, span: Week['span']) {
  const found = { blobs: 0, records: 0, unread: 0, dropped: 0, rejected: 0, pending: 0 }
  const lost: LostTime[] = []
  // What is read of the past was not of this week, and nobody will pay for it every month.
  for (const { id: feed } of deps.feeds.filter(({ teaches }) => teaches === undefined)) {
    const report = await ledgerReport(deps, feed, span)
    const { done, dropped, expired, pending, quarantined } = report.blobs
    found.blobs += done
    found.records += report.records.parsed
    found.unread += quarantined - dropped + expired
    found.dropped += dropped
    found.rejected += Object.values(report.records.rejected).reduce((sum, times) => sum + times, 0)
    found.pending += pending
    for (const { kind, from, to } of report.lost)
      if (kind !== 'before-start')
        lost.push({
          feed,
          why: LOST[kind],
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
        })
  }
  return { ...found, lost }
}

async function toldOf({ findings, outbox, sinks }: DigestDeps, { from, to }: Week['span']) {
  const posted = new Map<string, Severity>()
  for (const { delivery } of await outbox.all(sinks[0] ?? '')) {
    const { alert, createdAt } = delivery
    if (createdAt >= from && createdAt < to && alert.kind !== HEALTH && alert.kind !== DIGEST)
      posted.set(alert.incident, alert.severity)
  }
  const counts: Partial<Record<Severity, number>> = {}
  for (const severity of posted.values()) counts[severity] = (counts[severity] ?? 0) + 1
  let [held, allowed] = [0, 0]
  for await (const { incident, allowed: entry } of findings.since(from, to - 1)) {
    if (entry !== undefined) allowed++
    else if (incident !== undefined && !posted.has(incident)) held++
  }
  return { posted: counts, held, allowed }
}
