import type { Clock } from '../model/alert.ts'
import type { Seconds } from '../model/time.ts'
import { DAY, HOUR, MINUTE } from '../model/time.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The largest time `Date` can hold, in seconds. Beyond it `toISOString` throws. */
const LAST = 8_640_000_000_000

/** `20 Nov 2026`, UTC */
export function dayName(at: Seconds): string {
  if (!isTime(at)) return 'unknown day'
  const date = new Date(at * 1000)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** `09:02`, UTC */
export function timeName(at: Seconds): string {
  return isTime(at) ? new Date(at * 1000).toISOString().slice(-13, -8) : 'unknown time'
}

function isTime(at: Seconds): boolean {
  return Math.abs(at) <= LAST
}

/** `Happened 20 Nov 2026 09:02–09:41 · Microsoft delivered 10:18 · posted 10:20 UTC`, or `seen by Waxseal`: a day is named where it changes. */
export function clockLine(clock: Clock, posted: Seconds): string {
  let day = ''
  const stamp = (at: Seconds): string => {
    const today = dayName(at)
    const text = today === day ? timeName(at) : `${today} ${timeName(at)}`
    day = today
    return text
  }
  const start = stamp(clock.start)
  const end =
    timeName(clock.end) === timeName(clock.start) && dayName(clock.end) === day ? '' : stamp(clock.end)
  const happened = end === '' ? start : `${start}${end.includes(' ') ? ' – ' : '–'}${end}`
  return `Happened ${happened} · ${arrival(clock, stamp)} · posted ${stamp(posted)} UTC`
}

function arrival({ delivered, seen }: Clock, stamp: (at: Seconds) => string): string {
  if (delivered !== undefined) return `Microsoft delivered ${stamp(delivered)}`
  return seen === undefined ? 'when Microsoft delivered it is not known' : `seen by Waxseal ${stamp(seen)}`
}

/** Microsoft delivers most records within 60 to 90 minutes; a card later than this says so. */
const LATE: Seconds = 6 * HOUR

/** Says by how much, and on whose side, where more than 6 hours lie between the last event and the card. */
export function lateLine(clock: Clock, posted: Seconds): string | undefined {
  const late = posted - clock.end
  if (!(late > LATE) || !isTime(late)) return undefined
  const onTheWay = clock.delivered === undefined ? undefined : clock.delivered - clock.end
  const cause =
    onTheWay === undefined
      ? ''
      : onTheWay * 2 > late
        ? ', since Microsoft delivered the records late'
        : ', since the records were read late'
  return `Late: posted ${span(late)} after it happened${cause}.`
}

/** `2 days 3 h` */
export function span(seconds: Seconds): string {
  const days = Math.floor(seconds / DAY)
  const hours = Math.floor((seconds % DAY) / HOUR)
  const minutes = Math.floor((seconds % HOUR) / MINUTE)
  if (days > 0) return `${days} ${days === 1 ? 'day' : 'days'}${hours > 0 ? ` ${hours} h` : ''}`
  return hours > 0 ? `${hours} h${minutes > 0 ? ` ${minutes} min` : ''}` : `${minutes} min`
}

/** `1,284` */
export function count(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en-US', { maximumFractionDigits: 1 }) : 'unknown'
}
