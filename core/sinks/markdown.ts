import type { OwnDomains } from './hosts.ts'
import { defang } from './hosts.ts'
import { plain } from './text.ts'

/** Our own notation from `defang`: cannot start a link, since what follows is a letter and never `(`, `[` or `:`. */
const DEFANGED = /(\[(?:\.|:|:?\/\/)\](?=[A-Za-z0-9_$+=^~@-]|[^\x00-\x7f]))/u
const ALWAYS = /[\\`*~<>|[\]]|&(?=[#a-z])|(?<=\{)\{|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/giu
/** What makes a list, a heading or a rule of a line; `203.0.113.14` is none of these. */
const LEADING = /^(?:[-+](?=[\s-]|$)|#(?=[#\s]|$)|\d{1,9}(?=[.)](?:\s|$)))/

/**
 * Text for a TextBlock or a fact, where Teams reads Markdown: shown as written, whatever it says.
 *
 * Desktop and web Teams drop the backslash of an escape, Teams on phones shows it (AdaptiveCards issue 5590), so
 * only what can carry meaning in that place is escaped: `a_b@…` and `(2.32)` stay clean on a phone. Brackets and
 * `<` are escaped everywhere; `(` needs a bracket before it to mean anything; `#`, `-`, `1.` count at the start
 * only, and `plain` has left no line breaks to make a second start. `{{` begins the `{{DATE(…)}}` function of
 * Adaptive Cards, which could forge a time.
 */
export function markdown(text: string, own: OwnDomains, max = 120): string {
  return escapeMarkdown(defang(plain(text, max), own))
}

function escapeMarkdown(text: string): string {
  const escaped = text
    .split(DEFANGED)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(ALWAYS, '\\$&')))
    .join('')
  return escaped.replace(LEADING, start => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
}

/**
 * A value that is a list (`a, b, c`) keeps its first `items` and says how many more there were; each item is cut at
 * 120 characters by itself, so one long item does not hide the others.
 */
export function markdownList(text: string, own: OwnDomains, items: number, each: number): string {
  const all = text.slice(0, 20_000).split(', ')
  const shown = all
    .slice(0, items)
    .map(item => plain(item, each))
    .join(', ')
  const rest = all.length - items
  const inert = markdown(shown, own, items * (each + 2))
  return rest > 0 ? `${inert} + ${rest} more` : inert
}
