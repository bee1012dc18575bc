/**
 * A server's words, fit to stand inside one line of a log or a message: control, format and line characters
 * become blanks, and at most `max` characters are kept.
 */
export function oneLine(text: string, max = 200): string {
  const flat = text
    .slice(0, max * 8)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
  return flat.length <= max ? flat : `${flat.slice(0, max - 1).toWellFormed()}…`
}
