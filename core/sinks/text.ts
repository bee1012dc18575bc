/** What a blank or wholly invisible text is shown as: an attacker's rule named U+200B still needs a name on the card. */
const BLANK = '(no visible characters)'

/** Nothing longer than this is looked at, so that a megabyte of mail subject costs nothing. UTF-16 units. */
const LOOK_AT = 20_000

const NEWLINES_AND_BLANKS = /[\t\n\v\f\r\x85\p{Z}\u2800\u115f\u1160\u3164\uffa0]+/gu
// Cf holds the bidi controls and most zero-width characters; DI (default ignorable) adds variation selectors, the
// combining grapheme joiner and the tag characters, which Cf alone misses.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{DI}]/gu
const NOT_CHARACTERS = /[\p{Co}\p{Cn}]/gu
const STACKED_MARKS = /(\p{M}{2})\p{M}+/gu

/**
 * One line of visible, well-formed text of at most `max` code points, for any text an attacker may have written.
 * What remains is safe to show as text, not to paste into Markdown or HTML.
 */
export function plain(text: string, max = 120): string {
  const visible = text
    .slice(0, LOOK_AT)
    .toWellFormed()
    .replace(NEWLINES_AND_BLANKS, ' ')
    .replace(INVISIBLE, '')
    .replace(NOT_CHARACTERS, '\ufffd')
    .replace(STACKED_MARKS, '$1')
    .replace(/ {2,}/g, ' ')
    .trim()
  return cap(visible === '' ? BLANK : visible, max)
}

/** At most `max` code points, the last of them an ellipsis where something was cut. */
export function cap(text: string, max: number): string {
  if (text.length <= max) return text
  const points = Array.from(text)
  return points.length <= max
    ? text
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`
}
