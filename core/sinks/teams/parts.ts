import type { Alert, AlertLink, AlertRule, Timeline } from '../../model/alert.ts'
import type { Severity } from '../../model/severity.ts'
import type { Seconds } from '../../model/time.ts'
import { clockLine, count, lateLine, timeName } from '../clock.ts'
import type { OwnDomains } from '../hosts.ts'
import { markdown, markdownList } from '../markdown.ts'
import { grouped, sparkline } from '../sparkline.ts'
import { plain } from '../text.ts'
import type { CardElement, Container, OpenUrl, TextBlock } from './adaptive-card.ts'
import type { Room } from './fit.ts'

const STYLES: Readonly<Record<Severity, Container['style']>> = {
  critical: 'attention',
  high: 'attention',
  medium: 'warning',
  low: 'accent',
}

/** How soon: the same steps under another severity are another request. */
const WHEN: Readonly<Record<Severity, string>> = {
  critical: 'Do this now',
  high: 'Do this now',
  medium: 'Check this week',
  low: 'When there is time',
}

/** Colour and word, since colours alone say nothing to some readers. */
export function bar(alert: Alert, own: OwnDomains, room: Room): Container {
  const kind = markdown(alert.kind, own, room.line / 2)
  const tenant = markdown(alert.tenantName ?? alert.tenant, own, room.line / 2)
  return {
    type: 'Container',
    style: STYLES[alert.severity],
    bleed: true,
    items: [
      text(`${alert.severity.toUpperCase()} · ${kind} · ${tenant}`, { size: 'Small', weight: 'Bolder' }),
      text(markdown(alert.headline, own, room.line), { size: 'Large', weight: 'Bolder', spacing: 'None' }),
    ],
  }
}

export function story(alert: Alert, own: OwnDomains, room: Room): CardElement[] {
  const blocks: CardElement[] = []
  if (alert.change !== undefined) {
    blocks.push(
      text(`**Update ${count(alert.revision)}:** ${markdown(alert.change, own, Math.min(room.text, 240))}`),
    )
  }
  blocks.push(text(markdown(alert.sentence, own, room.text)))
  return blocks
}

export function facts(alert: Alert, own: OwnDomains, room: Room): CardElement[] {
  if (alert.facts.length === 0 || room.facts === 0) return []
  const shown = alert.facts.slice(0, room.facts).map(fact => ({
    title: markdown(fact.name, own, 30),
    value: markdownList(fact.value, own, room.items, room.item),
  }))
  return [{ type: 'FactSet', facts: shown }]
}

/**
 * Bars as text: pictures by data URI come and go in Teams and cost bytes, and its `Chart` elements are outside the
 * 1.5 schema.
 */
export function picture(timeline: Timeline | undefined, own: OwnDomains, room: Room): CardElement[] {
  if (!timeline || timeline.bars.length === 0 || room.bars === 0) return []
  const to = timeline.from + timeline.step * timeline.bars.length
  const peak = Math.max(...grouped(timeline.bars, room.bars))
  return [
    text(markdown(timeline.title, own, 60), { size: 'Small', weight: 'Bolder' }),
    text(sparkline(timeline.bars, room.bars), { fontType: 'Monospace', spacing: 'None' }),
    small(`${timeName(timeline.from)}–${timeName(to)} UTC · peak ${count(peak)}`, { spacing: 'None' }),
  ]
}

export function steps(alert: Alert, own: OwnDomains, room: Room): CardElement[] {
  if (alert.steps.length === 0) return []
  const list = alert.steps.slice(0, 4).map((step, i) => `${i + 1}. ${markdown(step, own, room.step)}`)
  return [
    {
      type: 'Container',
      style: 'emphasis',
      items: [
        text(WHEN[alert.severity], { weight: 'Bolder' }),
        // Teams asks for \r between the items of a list; \n\n indents the next one.
        text(list.join('\r'), { spacing: 'Small' }),
      ],
    },
  ]
}

export function notKnown(alert: Alert, own: OwnDomains, room: Room): CardElement[] {
  if (alert.notKnown === '') return []
  return [small(`**Not known:** ${markdown(alert.notKnown, own, Math.min(room.text, 300))}`)]
}

export function clockBlocks(alert: Alert, posted: Seconds): CardElement[] {
  const late = lateLine(alert.clock, posted)
  const clock = clockLine(alert.clock, posted)
  return [small(late === undefined ? clock : `**${late}** ${clock}`, { spacing: 'Small' })]
}

/** What to quote when asking about this card: the incident, and each rule with what it counted. */
export function proof(alert: Alert, own: OwnDomains, room: Room): TextBlock {
  const rules = alert.rules.slice(0, room.rules).map(rule => ruleText(rule, own))
  const rest = alert.rules.length - rules.length
  const parts = [`Incident ${markdown(alert.incident, own, 40)}`, ...rules]
  if (rest > 0) parts.push(`+ ${rest} more`)
  return small(parts.join(' · '), { spacing: 'Small' })
}

function ruleText(rule: AlertRule, own: OwnDomains): string {
  const within = rule.withinMinutes === undefined ? '' : ` in ${minutes(rule.withinMinutes)}`
  // A limit of one is no comparison: the event itself is the finding.
  const reached = rule.limit <= 1 ? '' : ` ${count(rule.count)} ≥ ${count(rule.limit)}${within}`
  const attack = rule.attack.slice(0, 3).map(id => markdown(id, own, 12))
  return `${markdown(rule.detection, own, 40)}${reached}${attack.length > 0 ? ` (${attack.join(', ')})` : ''}`
}

/** `60 min`, `24 h`, `7 d` */
function minutes(value: number): string {
  if (value > 1440 && value % 1440 === 0) return `${count(value / 1440)} d`
  return value > 60 && value % 60 === 0 ? `${count(value / 60)} h` : `${count(value)} min`
}

/** Characters. A hunting link carries its query. */
const LONGEST_LINK = 1_000

/** https only, our own titles. Teams shows at most six buttons, phones fewer. */
export function openUrls(links: readonly AlertLink[], room: Room): OpenUrl[] {
  const actions: OpenUrl[] = []
  for (const link of links.slice(0, room.links)) {
    const url = URL.parse(link.url)
    if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') continue
    if (url.href.length > LONGEST_LINK) continue
    actions.push({ type: 'Action.OpenUrl', title: plain(link.title, 40), url: url.href })
  }
  return actions
}

type Look = Omit<TextBlock, 'type' | 'text' | 'wrap'>

function text(words: string, look: Look = {}): TextBlock {
  return { type: 'TextBlock', text: words, wrap: true, ...look }
}

function small(words: string, look: Look = {}): TextBlock {
  return text(words, { size: 'Small', isSubtle: true, ...look })
}
