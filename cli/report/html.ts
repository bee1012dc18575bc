import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Severity } from '../../core/model/severity.ts'
import { iso, type Seconds } from '../../core/model/time.ts'
import { plain } from '../../core/sinks/text.ts'
import { escapeHtml } from '../page/html.ts'

const STYLE = readFileSync(new URL('./style.css', import.meta.url), 'utf8')
/** Nothing is loaded, nothing runs; the one style sheet is let in by its hash. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** A whole page that holds everything it needs, to be opened from a disk, printed and handed on. `body` is HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${shown(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`
}

/** Text that somebody else may have written, as HTML: visible, bounded and inert. */
export function shown(text: string, max = 300): string {
  return escapeHtml(plain(text, max))
}

/** A list of such texts, the first `most` of them. */
export function list(all: readonly string[], most = 12): string {
  const rest = all.length - most
  const some = all.slice(0, most).map(one => `<bdi>${shown(one)}</bdi>`)
  return some.join(', ') + (rest > 0 ? ` and ${rest.toLocaleString('en-US')} more` : '')
}

/** `2026-11-20 09:02:00` */
export function utc(at: Seconds): string {
  return `<time datetime="${iso(at)}">${iso(at).slice(0, 19).replace('T', ' ')}</time>`
}

/** Cells are HTML. On a phone every row becomes a block, and each cell says what it is. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map(column => `<th scope="col">${shown(column)}</th>`).join('')
  const body = rows.map(
    row =>
      `<tr>${row.map((cell, i) => `<td data-label="${shown(columns[i] ?? '')}"><div>${cell}</div></td>`).join('')}</tr>`,
  )
  return `<table><thead><tr>${head}</tr></thead>\n<tbody>${body.join('\n')}</tbody></table>`
}

/** Facts as HTML, by their names; those that are empty are left out. */
export function facts(all: readonly (readonly [name: string, value: string])[]): string {
  const some = all.filter(([, value]) => value !== '')
  return `<dl>${some.map(([name, value]) => `<div><dt>${shown(name)}</dt><dd>${value}</dd></div>`).join('\n')}</dl>`
}

export function section(title: string, ...parts: readonly string[]): string {
  return `<section><h2>${shown(title)}</h2>\n${parts.filter(part => part !== '').join('\n')}</section>`
}

export const paragraph = (html: string) => `<p>${html}</p>`
export const bullets = (items: readonly string[]) =>
  items.length === 0 ? '' : `<ul>${items.map(item => `<li>${item}</li>`).join('\n')}</ul>`
export const steps = (items: readonly string[]) =>
  `<ol>${items.map(item => `<li>${item}</li>`).join('\n')}</ol>`
export const number = (value: number) => value.toLocaleString('en-US')
export const note = (html: string) => `<p class="quiet">${html}</p>`

export function severityMark(severity: Severity): string {
  return `<span class="severity ${severity}">${severity}</span>`
}
