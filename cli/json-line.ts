/**
 * What JSON lets stand as it is and a terminal obeys or hides: C1 controls, bidirectional marks, line separators, joiners.
 * A line end is our own, between members: inside a text JSON escapes it.
 */
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}]/gu

/**
 * A value as one line of JSON that is safe on a terminal too: the same value when read back. Undefined members are left
 * out, as ever.
 */
export function jsonLine(value: object): string {
  return inert(JSON.stringify(value))
}

/** The same for a file that people read too. */
export function jsonText(value: object): string {
  return `${inert(JSON.stringify(value, null, 2))}\n`
}

function inert(json: string): string {
  return json.replace(OBEYED, character =>
    character.replace(/[\s\S]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
