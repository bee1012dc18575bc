import { DAY, HOUR, MINUTE, type Seconds } from '../model/time.ts'

/** `11 minutes`, `2 h 10 min`, `3 days`: as one says it. */
export function duration(seconds: Seconds): string {
  if (seconds < 2 * MINUTE) return `${Math.round(seconds)} seconds`
  const minutes = Math.round(seconds / MINUTE)
  if (minutes < 60) return `${minutes} minutes`
  if (seconds >= 2 * DAY) return `${Math.floor(seconds / DAY)} days`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

/** `10:14 UTC` of today, with its date on another day. */
export function moment(at: Seconds, now: Seconds): string {
  const text = new Date(at * 1000).toISOString()
  const day = Math.floor(at / DAY) === Math.floor(now / DAY) ? '' : `${text.slice(0, 10)} `
  return `${day}${text.slice(11, 16)} UTC`
}

export const SUBSCRIPTION_DELAY: Seconds = 12 * HOUR
