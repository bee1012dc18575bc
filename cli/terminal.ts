import { styleText } from 'node:util'
import type { Alert } from '../core/model/alert.ts'
import type { Severity } from '../core/model/severity.ts'
import { clockLine, lateLine } from '../core/sinks/clock.ts'
import { plain } from '../core/sinks/text.ts'
import type { RunTotals } from './run-stats.ts'

const STYLES: Readonly<Record<Severity, Parameters<typeof styleText>[0]>> = {
  critical: ['bgRed', 'white', 'bold'],
  high: ['red', 'bold'],
  medium: ['yellow', 'bold'],
  low: ['cyan'],
}

/** Long enough for the longest sentence of ours, short enough for whatever an attacker wrote into it. */
const TEXT = 600

/** An alert as text for a terminal: what the card says, in the card's order. */
export function alertText(alert: Alert, posted?: number): string {
  const bar = `${alert.severity.toUpperCase()} · ${plain(alert.kind)}`
  const lines = [
    styleText(STYLES[alert.severity], ` ${bar} `, { stream: process.stdout }),
    styleText('bold', plain(alert.headline), { stream: process.stdout }),
    ...wrapped(plain(alert.sentence, TEXT)),
    ...(alert.change === undefined ? [] : wrapped(plain(alert.change, TEXT))),
    '',
    ...alert.facts.map(({ name, value }) => `  ${plain(name).padEnd(10)} ${plain(value, 300)}`),
    ...(posted === undefined ? [] : clockLines(alert, posted)),
    '',
    ...alert.steps.map((step, index) => `  ${index + 1}. ${plain(step, TEXT)}`),
    `  Not known: ${plain(alert.notKnown, TEXT)}`,
    styleText('dim', `  ${plain(`incident ${alert.incident}${rules(alert)}`, TEXT)}`, {
      stream: process.stdout,
    }),
  ]
  return `${lines.join('\n')}\n`
}

function clockLines({ clock }: Alert, posted: number): string[] {
  const late = lateLine(clock, posted)
  const lines = [clockLine(clock, posted), ...(late === undefined ? [] : [late])]
  return lines.map((line, index) => `  ${(index === 0 ? 'Clock' : '').padEnd(10)} ${line}`)
}

function rules(alert: Alert): string {
  return alert.rules
    .map(({ detection, count, limit, withinMinutes, attack }) => {
      const window = withinMinutes === undefined ? '' : ` in ${withinMinutes} min`
      return ` · ${detection} ${count.toLocaleString('en-US')} ≥ ${limit.toLocaleString('en-US')}${window} · ${attack.join(' ')}`
    })
    .join('')
}

export function wrapped(text: string, width = 100): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** `held`: incidents that are allowed, or less bad than what is posted. */
export function summaryText(totals: RunTotals, findings: number, incidents: number, held = 0): string {
  const number = (value: number) => value.toLocaleString('en-US')
  const rejected = Object.entries(totals.rejected)
  const lines = [
    `${number(totals.records)} records · ${number(totals.mailboxes)} mailboxes · ${number(totals.mailboxesWithReads)} with recorded reads · ${number(totals.duplicates)} duplicates dropped`,
    ...(rejected.length === 0
      ? []
      : [`Could not be read: ${rejected.map(([reason, count]) => `${number(count)} ${reason}`).join(', ')}`]),
    incidents === 0
      ? 'Nothing found.'
      : `${number(findings)} ${findings === 1 ? 'finding' : 'findings'} in ${number(incidents)} ${incidents === 1 ? 'incident' : 'incidents'}.${heldBack(held)}`,
  ]
  return `${lines.join('\n')}\n`
}

function heldBack(held: number): string {
  if (held === 0) return ''
  return ` ${held.toLocaleString('en-US')} of them ${held === 1 ? 'is' : 'are'} not posted: allowed, or less bad than alertFrom.`
}
