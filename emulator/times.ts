/** The five spellings of a moment that the Management API uses. All of them are UTC. */

/** `contentCreated`, `contentExpiration`: `2026-11-17T09:02:11.000Z`. */
export const iso = (ms: number) => new Date(ms).toISOString()

/** Inside a `NextPageUri`: `2026-11-17T09:02:11.0000000Z`, seven digits as .NET writes them. */
export const isoSeven = (ms: number) => iso(ms).replace('Z', '0000Z')

/** `CreationTime` of a record: `2026-11-17T09:02:11`, with no zone. */
export const zoneless = (ms: number) => iso(ms).slice(0, 19)

/** 23 digits inside content ids and page links: yyyyMMddHHmmss, milliseconds, and six more of our choice. */
export const stamp = (ms: number, tail = 0) => iso(ms).replace(/\D/g, '') + String(tail).padStart(6, '0')

/** The reverse of `stamp`, or undefined when the text is none. */
export function readStamp(text: string): { ms: number; tail: number } | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})(\d{6})$/.exec(text)
  if (!parts) return undefined
  const [, y, mo, d, h, mi, s, milli, tail] = parts
  const ms = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}.${milli}Z`)
  return Number.isNaN(ms) ? undefined : { ms, tail: Number(tail) }
}

/**
 * A query time: `YYYY-MM-DD`, `…THH:MM` and `…THH:MM:SS` are documented; fractions and `Z` are accepted in
 * practice. Undefined when it is none of these.
 */
export function parseTime(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?Z?$/i.exec(text)
  if (!parts) return undefined
  const [, date, minutes = '00:00', seconds = '00', digits = ''] = parts
  const ms = Date.parse(`${date}T${minutes}:${seconds}.${digits.padEnd(3, '0').slice(0, 3)}Z`)
  return Number.isNaN(ms) ? undefined : ms
}
