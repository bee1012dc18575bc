import { type Estimate, estimateText } from '../cost/estimate.ts'
import type { Alert, Fact } from '../model/alert.ts'
import type { Slice } from '../model/checkpoint.ts'
import { SEVERITIES, type Severity } from '../model/severity.ts'
import { DAY, dayOf, iso, type Seconds } from '../model/time.ts'

export const DIGEST = 'Weekly digest'

/** A week as it is told. Counts of blobs and records are of what became available in it. */
export interface Week {
  readonly span: Slice
  readonly blobs: number
  readonly records: number
  /** Set aside or expired before they could be read. */
  readonly unread: number
  /** Given up by an operator, with a reason. */
  readonly dropped: number
  /** Records in no form that can be judged. */
  readonly rejected: number
  /** Of what time nothing could be listed, and why. */
  readonly lost: readonly LostTime[]
  readonly pending: number
  /** Posted incidents by severity. */
  readonly posted: Readonly<Partial<Record<Severity, number>>>
  /** Findings that were kept and not posted: less bad than what is, or allowed. */
  readonly held: number
  readonly allowed: number
  /** Feeds that could not be listed to their end at the last poll. */
  readonly blind: readonly string[]
  readonly working: readonly string[]
  /** Optional feeds and observers the tenant does not allow, with why. */
  readonly missing: readonly string[]
  /** Receivers that refused alerts for good. */
  readonly refused: readonly string[]
  readonly cost?: Estimate
}

export interface LostTime extends Partial<Slice> {
  readonly feed: string
  readonly why: string
}

/** The message once a week: that we are alive, what was seen and what was not. `incident` names the week. */
export function digestAlert(week: Week, { tenant, incident }: Pick<Alert, 'tenant' | 'incident'>): Alert {
  const { span } = week
  return {
    id: `${incident}-1`,
    incident,
    revision: 1,
    tenant,
    severity: 'low',
    kind: DIGEST,
    headline: headlineOf(week),
    sentence: `${number(week.records)} audit records in ${plural(week.blobs, 'package')} were read and judged from ${dayName(span.from)} to ${dayName(span.to - 1)}. ${verdictOf(week)}`,
    facts: factsOf(week),
    steps: stepsOf(week),
    notKnown:
      'Mailboxes that record no reads look like mailboxes nobody reads. waxseal doctor says what can be seen.',
    clock: { start: span.from, end: span.to },
    rules: [],
    links: [],
    mailboxes: [],
    actor: 'waxseal',
  }
}

/** A dot between letters is taken for a link's, and shown as such. */
const shown = (feed: string) => feed.replace('Audit.', '')
const isBlind = ({ blind, lost, unread, refused }: Week) =>
  blind.length + lost.length + unread + refused.length > 0
const postedIn = ({ posted }: Week) => Object.values(posted).reduce((sum, count) => sum + count, 0)

function headlineOf(week: Week): string {
  if (isBlind(week)) return 'We did not see or tell everything this week'
  const posted = postedIn(week)
  return posted === 0 ? 'All quiet: nothing needs you' : `${plural(posted, 'incident')} this week`
}

function verdictOf(week: Week): string {
  const posted = postedIn(week)
  if (posted === 0) return 'Nothing was found that is worth a message.'
  return `${posted === 1 ? 'One incident was' : `${number(posted)} incidents were`} posted.`
}

function factsOf(week: Week): Fact[] {
  const { allowed, blind, cost, dropped, held, lost, missing, pending, refused, rejected, unread, working } =
    week
  const fact = (name: string, value: string) => (value === '' ? [] : [{ name, value }])
  return [
    ...fact('Posted', severities(week)),
    ...fact('Held back', heldOf(held, allowed)),
    ...fact('Lost', lost.map(lostText).join('; ')),
    ...fact('Not read', unread === 0 ? '' : plural(unread, 'package')),
    ...fact('Given up', dropped === 0 ? '' : plural(dropped, 'package')),
    ...fact('Not understood', rejected === 0 ? '' : plural(rejected, 'record')),
    ...fact('Waiting', pending === 0 ? '' : plural(pending, 'package')),
    ...fact('Feeds', working.map(shown).join(', ')),
    ...fact('Not seen', [...blind.map(feed => `${shown(feed)}: could not be listed`), ...missing].join(', ')),
    ...fact('Receivers', refused.map(sink => `${sink} refused alerts`).join(', ')),
    ...fact('Cost', cost === undefined ? '' : estimateText(cost)),
  ]
}

function lostText({ feed, from, to, why }: LostTime): string {
  const since = from === undefined ? '' : ` from ${minute(from)}`
  return `${shown(feed)}${since} ${to === undefined ? 'until now' : `to ${minute(to)}`} UTC: ${why}`
}

function severities({ posted }: Week): string {
  return [...SEVERITIES]
    .reverse()
    .flatMap(severity => (posted[severity] ? [`${posted[severity]} ${severity}`] : []))
    .join(', ')
}

function heldOf(held: number, allowed: number): string {
  const parts = [
    ...(held > 0 ? [`${plural(held, 'finding')} below what is posted`] : []),
    ...(allowed > 0 ? [`${plural(allowed, 'finding')} allowed in waxseal.config.json`] : []),
  ]
  return parts.join(', ')
}

function stepsOf(week: Week): string[] {
  const { blind, lost, refused, unread } = week
  return [
    ...(blind.length > 0
      ? ['Run waxseal doctor: it says why a feed cannot be read and who can mend it.']
      : []),
    ...(unread + lost.length > 0
      ? ['Search the audit log in Purview for what was not read; waxseal ledger names the times.']
      : []),
    ...(refused.length > 0
      ? ['Look at the receiver that refused alerts: a Teams workflow is switched off, or its owner left.']
      : []),
    'If this message does not come some Monday, run waxseal doctor: silence is not an all-clear.',
  ]
}

const number = (value: number) => value.toLocaleString('en-US')
const plural = (count: number, noun: string) => `${number(count)} ${noun}${count === 1 ? '' : 's'}`

const dayName = (at: Seconds) => iso(at).slice(0, 10)
const minute = (at: Seconds) => iso(at).slice(0, 16).replace('T', ' ')

/** The Monday of the week before `now` that a digest is about, and the days after it. */
export function lastWeek(now: Seconds): Slice {
  const today = dayOf(now)
  // Day 0, 1970-01-01, was a Thursday.
  const monday = today - ((today + 3) % 7)
  return { from: (monday - 7) * DAY, to: monday * DAY }
}
