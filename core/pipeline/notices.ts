import { createHash } from 'node:crypto'
import type { Alert } from '../model/alert.ts'
import type { Slice } from '../model/checkpoint.ts'
import type { FeedCode } from '../model/errors.ts'
import type { Severity } from '../model/severity.ts'
import { DAY, iso, type Seconds } from '../model/time.ts'
import type { Outbox } from '../stores/outbox.ts'
import { secondsOf } from './clock.ts'

/** Something the operator must know about the watching itself: we may be blind, or told to be silent. */
export interface Notice {
  /** Names the trouble; the same trouble is told once a day. */
  readonly about: string
  /** When it began, of what is told once and not every day. */
  readonly since?: Seconds
  readonly severity: Severity
  readonly headline: string
  readonly sentence: string
  readonly steps: readonly string[]
  /** What cannot be told. Absent: that we do not know what happened while we were blind. */
  readonly notKnown?: string
}

export const HEALTH = 'Health'

export interface NoticeDeps {
  readonly tenant: string
  readonly sinks: readonly string[]
  readonly outbox: Outbox
  /** UTC milliseconds. */
  now(): number
}

export async function tellOperator(deps: NoticeDeps, notice: Notice): Promise<void> {
  const now = secondsOf(deps)
  const alert = noticeAlert(notice, deps.tenant, now)
  for (const sink of deps.sinks) await deps.outbox.add(sink, alert, now)
}

function noticeAlert(notice: Notice, tenant: string, now: Seconds): Alert {
  const day = Math.floor((notice.since ?? now) / DAY)
  const digest = createHash('sha256')
    .update(JSON.stringify([tenant, notice.about, day]))
    .digest('hex')
  const incident = `health-${digest.slice(0, 12)}`
  return {
    id: `${incident}-1`,
    incident,
    revision: 1,
    tenant,
    severity: notice.severity,
    kind: HEALTH,
    headline: notice.headline.slice(0, 60),
    sentence: notice.sentence,
    facts: [],
    steps: notice.steps,
    notKnown:
      notice.notKnown ??
      'What happened in the mailboxes meanwhile. Records stay fetchable for 7 days; what is read late says so.',
    clock: { start: now, end: now },
    rules: [],
    links: [],
    mailboxes: [],
    actor: 'waxseal',
  }
}

export function troubleNotice(feeds: readonly string[], kind: FeedCode, message: string): Notice {
  return {
    about: `${feeds.join(' ')} ${kind}`,
    severity: 'high',
    headline: `We may be blind: ${feeds.length === 1 ? feeds[0] : 'audit feeds'} cannot be read`,
    sentence: `${feeds.join(', ')}: ${message}`,
    steps: ['Fix what the sentence above says; we keep trying on every poll.', 'Nothing is lost for 7 days.'],
  }
}

/** An outage of Microsoft, a long holiday and a log switched off look alike from here. */
export function quietNotice(since: Seconds): Notice {
  return {
    about: `all quiet since ${since}`,
    since,
    severity: 'medium',
    headline: 'No audit records at all for some days',
    sentence: `Since ${iso(since)} no feed has brought anything, at hours that usually have something. Listing works. An outage of Microsoft, an office that is closed and a log that was switched off look the same from here.`,
    steps: [
      'Look at Microsoft’s service health, and whether anybody is at work.',
      'Ask for Get-AdminAuditLogConfig: UnifiedAuditLogIngestionEnabled must be True.',
    ],
  }
}

export function gapNotice(feed: string, lost: Slice): Notice {
  return {
    about: `${feed} gap ${lost.from}`,
    severity: 'high',
    headline: `A gap in ${feed}: records were lost`,
    sentence: `${feed} was not listed for more than 7 days. What became available between ${iso(lost.from)} and ${iso(lost.to)} can no longer be fetched.`,
    steps: [
      'Search the audit log in Purview for that time; it keeps 180 days.',
      'Find out why polling stopped.',
    ],
  }
}

/** Blobs that will never be read. `sentence` says why. */
export function lostNotice(feed: string, reason: string, sentence: string): Notice {
  return {
    about: `${feed} lost ${reason}`,
    severity: 'high',
    headline: `Some records of ${feed} were not read`,
    sentence,
    steps: ['Search the audit log in Purview for the time in question; it is not affected.'],
  }
}

export function quarantineNotice(feed: string, blobs: number): Notice {
  return {
    about: `${feed} quarantine`,
    severity: 'medium',
    headline: `Some records of ${feed} cannot be read`,
    sentence: `${blobs} ${blobs === 1 ? 'package' : 'packages'} of audit records from ${feed} could not be read after several tries and were set aside. All other records were read.`,
    steps: [
      'Search the audit log in Purview for the time in question; it is not affected.',
      'We go on trying until Microsoft drops them. “waxseal quarantine” lists them, tries one at once or gives it up.',
    ],
  }
}
