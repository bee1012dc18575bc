/** What JSON lets stand as it is and a terminal obeys or hides: C1 controls, bidirectional marks, line separators, joiners. */
const OBEYED = /[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}]/gu

/**
 * A value as one line of JSON that is safe on a terminal too: the same value when read back. Undefined members are left
 * out, as ever.
 */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replace(OBEYED, character =>
    character.replace(/[\s\S]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
