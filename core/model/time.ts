/** Whole seconds since 1970-01-01T00:00Z. Audit records carry no finer time, so all window arithmetic is on integers. */
export type Seconds = number

export const MINUTE = 60
export const HOUR = 3_600
export const DAY = 86_400

const WIRE_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?:Z|\+00:?00)?$/

/**
 * Reads a `CreationTime`. The wire form has no zone and is UTC; `new Date(text)` would read it as local time.
 * A few records end in `Z`, exports write a blank for the `T` or a fraction; fractions are cut.
 * `undefined` for anything else, including a calendar date that does not exist and one before 1970: the year 1
 * is how Microsoft's software writes "no time".
 */
export function parseWireTime(text: unknown): Seconds | undefined {
  if (typeof text !== 'string') return undefined
  const m = WIRE_TIME.exec(text.trim())
  if (!m) return undefined
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])]
  const [hour, minute, second] = [Number(m[4] ?? 0), Number(m[5] ?? 0), Number(m[6] ?? 0)]
  if (year < 1970 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59)
    return undefined
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  return new Date(ms).getUTCDate() === day ? ms / 1000 : undefined
}

/** `2026-11-20T09:02:00Z` */
export function iso(at: Seconds): string {
  return `${new Date(at * 1000).toISOString().slice(0, 19)}Z`
}

/** The UTC day as a number of days since 1970-01-01. */
export function dayOf(at: Seconds): number {
  return Math.floor(at / DAY)
}

/** `20261120` for a day number. */
export function dayText(day: number): string {
  return new Date(day * DAY * 1000).toISOString().slice(0, 10).replaceAll('-', '')
}
