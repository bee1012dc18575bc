import type { Alert } from '../../model/alert.ts'
import type { Severity } from '../../model/severity.ts'
import type { Seconds } from '../../model/time.ts'
import { iso } from '../../model/time.ts'
import { plain } from '../text.ts'

/** Raised when a field changes its meaning or goes away; added fields leave it as it is. */
export const WEBHOOK_VERSION = 1

/** Standard Webhooks advises staying under 20 KB. */
export const WEBHOOK_BYTES = 20 * 1000

export interface WebhookPayload {
  readonly type: 'waxseal.incident'
  /** When the alert was posted. */
  readonly timestamp: string
  readonly data: WebhookAlert
}

/** Times are ISO 8601 in UTC, durations name their unit. Text is one line of visible characters, not escaped for any display. */
export interface WebhookAlert {
  readonly version: typeof WEBHOOK_VERSION
  readonly id: string
  readonly incident: string
  readonly revision: number
  readonly tenant: string
  readonly tenantName?: string
  readonly severity: Severity
  readonly kind: string
  readonly headline: string
  readonly sentence: string
  readonly change?: string
  readonly actor: string
  /** The first of them; `mailboxCount` says how many there are. */
  readonly mailboxes: readonly string[]
  readonly mailboxCount: number
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly timeline?: {
    readonly title: string
    readonly from: string
    readonly stepSeconds: number
    readonly bars: readonly number[]
  }
  readonly steps: readonly string[]
  readonly notKnown: string
  readonly start: string
  readonly end: string
  readonly delivered?: string
  readonly seen?: string
  readonly posted: string
  readonly rules: readonly {
    readonly finding: string
    readonly detection: string
    readonly severity: Severity
    readonly count: number
    readonly limit: number
    readonly withinMinutes?: number
    readonly attack: readonly string[]
  }[]
  readonly links: readonly { readonly title: string; readonly url: string }[]
}

/** How many mailboxes, bars, rules, and characters of a fact. */
type Measure = readonly [mailboxes: number, bars: number, rules: number, value: number]

const MEASURES: readonly Measure[] = [
  [100, 144, 20, 500],
  [50, 72, 20, 240],
  [20, 0, 10, 240],
  [5, 0, 5, 120],
  [1, 0, 1, 40],
]

/** The payload for an alert, within `WEBHOOK_BYTES` of JSON whatever the alert holds. `posted` is UTC seconds. */
export function renderWebhook(alert: Alert, posted: Seconds): WebhookPayload {
  let payload: WebhookPayload | undefined
  for (const measure of MEASURES) {
    payload = { type: 'waxseal.incident', timestamp: moment(posted), data: data(alert, posted, measure) }
    if (Buffer.byteLength(JSON.stringify(payload)) <= WEBHOOK_BYTES) break
  }
  if (!payload) throw new RangeError('no measure to render a payload in')
  return payload
}

function data(alert: Alert, posted: Seconds, [mailboxes, bars, rules, value]: Measure): WebhookAlert {
  const { clock, timeline } = alert
  return {
    version: WEBHOOK_VERSION,
    id: plain(alert.id),
    incident: plain(alert.incident),
    revision: alert.revision,
    tenant: plain(alert.tenant),
    ...(alert.tenantName !== undefined && { tenantName: plain(alert.tenantName) }),
    severity: alert.severity,
    kind: plain(alert.kind),
    headline: plain(alert.headline),
    sentence: plain(alert.sentence, Math.max(value, 240)),
    ...(alert.change === undefined ? {} : { change: plain(alert.change, 240) }),
    actor: plain(alert.actor),
    mailboxes: alert.mailboxes.slice(0, mailboxes).map(mailbox => plain(mailbox)),
    mailboxCount: alert.mailboxes.length,
    facts: alert.facts
      .slice(0, 7)
      .map(fact => ({ name: plain(fact.name, 40), value: plain(fact.value, value) })),
    ...(timeline && bars > 0
      ? {
          timeline: {
            title: plain(timeline.title),
            from: moment(timeline.from),
            stepSeconds: timeline.step,
            bars: timeline.bars.slice(0, bars),
          },
        }
      : {}),
    steps: alert.steps.slice(0, 4).map(step => plain(step, Math.min(value, 280))),
    notKnown: plain(alert.notKnown, Math.min(value, 300)),
    start: moment(clock.start),
    end: moment(clock.end),
    ...(clock.delivered === undefined ? {} : { delivered: moment(clock.delivered) }),
    ...(clock.seen === undefined ? {} : { seen: moment(clock.seen) }),
    posted: moment(posted),
    rules: alert.rules.slice(0, rules).map(rule => ({
      finding: plain(rule.finding, 80),
      detection: plain(rule.detection, 80),
      severity: rule.severity,
      count: rule.count,
      limit: rule.limit,
      ...(rule.withinMinutes === undefined ? {} : { withinMinutes: rule.withinMinutes }),
      attack: rule.attack.slice(0, 8).map(id => plain(id, 16)),
    })),
    links: alert.links
      .slice(0, 4)
      .filter(link => link.url.startsWith('https://') && link.url.length <= 1_000)
      .map(link => ({ title: plain(link.title, 40), url: plain(link.url, 1_000) })),
  }
}

/** Times come from records: one beyond what a date can hold must not lose the alert. */
function moment(at: Seconds): string {
  return iso(Number.isFinite(at) ? Math.min(253_402_300_799, Math.max(-62_135_596_800, at)) : 0)
}
