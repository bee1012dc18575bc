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
  return plainTime(text) ?? otherTime(text)
}

/** `2026-11-20T09:02:00`, with or without a `Z`: nearly every record has it so. Without the cost of a regular expression. */
function plainTime(text: string): Seconds | undefined {
  if (text.length !== 19 && (text.length !== 20 || text[19] !== 'Z')) return undefined
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return undefined
  if (text[10] !== 'T') return undefined
  const year = pair(text, 0) * 100 + pair(text, 2)
  return timeOf(year, pair(text, 5), pair(text, 8), pair(text, 11), pair(text, 14), pair(text, 17))
}

/** The number two digits stand for; NaN for anything else. */
function pair(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function otherTime(text: string): Seconds | undefined {
  const found = WIRE_TIME.exec(text.trim())
  if (found === null) return undefined
  const [year = 0, month = 0, day = 0, hour, minute, second] = found.slice(1).map(part => Number(part ?? 0))
  return timeOf(year, month, day, hour, minute, second)
}

function timeOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): Seconds | undefined {
  if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && second <= 59))
    return undefined
  // A day too many would be counted on into the next month.
  if (day > 28 && day > daysBefore(year, month + 1) - daysBefore(year, month)) return undefined
  return (daysBefore(year, month) + day - 1) * DAY + hour * HOUR + minute * MINUTE + second
}

/** Days from 1970-01-01 to the first of a month. Years begin in March here, so that a leap day is the last of one. */
function daysBefore(year: number, month: number): number {
  const [years, months] = month < 3 ? [year - 1, month + 9] : [year, month - 3]
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  return 365 * years + leapDays + Math.floor((153 * months + 2) / 5) - 719_468
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
