import type { Finding } from '../../model/finding.ts'
import { dayOf, iso, type Seconds } from '../../model/time.ts'

export function many(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`
}

/** In the middle of a sentence: `one record`, `12 records`. */
export function some(count: number, one: string): string {
  return count === 1 ? `one ${one}` : many(count, one)
}

/** `a, b and 3 more` */
export function names(all: readonly string[], most = 3): string {
  const shown = all.slice(0, most)
  const rest = all.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** `Between 09:02 and 09:41 UTC on 20 November`; one moment reads `At 09:02 …`. */
export function when(start: Seconds, end: Seconds): string {
  const [from, to] = [iso(start).slice(11, 16), iso(end).slice(11, 16)]
  if (from === to && dayOf(start) === dayOf(end)) return `At ${moment(start)}`
  if (dayOf(start) === dayOf(end)) return `Between ${from} and ${to} UTC on ${date(start)}`
  return `Between ${moment(start)} and ${moment(end)}`
}

/** `09:02 UTC on 20 November` */
export function moment(at: Seconds): string {
  return `${iso(at).slice(11, 16)} UTC on ${date(at)}`
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function date(at: Seconds): string {
  const [, month, day] = iso(at).slice(0, 10).split('-').map(Number)
  return `${day} ${MONTHS[(month ?? 1) - 1]}`
}

/** `one hour`, `30 minutes`, `24 hours`, `7 days`, `one day` */
export function span(minutes: number | undefined): string {
  if (minutes === undefined) return 'one day'
  if (minutes === 60) return 'one hour'
  if (minutes > 1440 && minutes % 1440 === 0) return `${minutes / 1440} days`
  return minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`
}

/**
 * Who did it, in words: a person by address, an application by id. The key decides: what an application counted
 * under its own key has done is often recorded under the names of the mailbox owners.
 */
export function doer({ key, actor }: Finding): string {
  return key[0].startsWith('app:') ? `the application ${key[0].slice(4)}` : actor
}

/** ` from 3 addresses (192.0.2.1, …)`, or nothing where none is known. */
export function fromAddresses(finding: Finding): string {
  if (finding.addresses.length === 0) return ''
  if (finding.addresses.length === 1) return ` from ${finding.addresses[0]}`
  return ` from ${finding.addresses.length} internet addresses (${names(finding.addresses)})`
}

/** When, who, from where: `At 09:20 UTC on 18 November helen@… from 192.0.2.1`. */
export function opening(finding: Finding): string {
  return `${when(finding.start, finding.end)} ${doer(finding)}${fromAddresses(finding)}`
}

/** Whose mailbox, after the doer was named: names, or `their own mailbox`; nothing where none is known. */
export function whose(finding: Finding): string {
  return isOwn(finding) ? 'their own mailbox' : names(finding.mailboxes)
}

/** Who did it, after the mailbox was named: `its owner`, or the doer. */
export function visitor(finding: Finding): string {
  return isOwn(finding) ? 'its owner' : doer(finding)
}

function isOwn(finding: Finding): boolean {
  const [mailbox, other] = finding.mailboxes
  return other === undefined && mailbox === doer(finding)
}

/** ` by <client>`, or nothing where none is known. */
export function withClient(finding: Finding): string {
  return finding.clients[0] === undefined ? '' : `, through ${names(finding.clients, 2)}`
}

/** ` where 40 messages a day are usual (…)`: what a day's volume is compared with; `told` says a volume in words. */
export function asUsual({ usual = 0, usualDays = 0 }: Finding, told: (volume: number) => string): string {
  return ` where ${told(usual)} a day would be usual (the median of ${many(usualDays, 'such day')})`
}

/** What is new to a tenant that is still being learned may only be new to us. */
export function whileLearning({ learning }: Finding): string {
  return learning ? ', while this tenant is still being learned' : ''
}
