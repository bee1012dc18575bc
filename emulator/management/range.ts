import { DAY } from '../clock.ts'
import type { Call } from '../http.ts'
import type { Settings } from '../options.ts'
import { parseTime } from '../times.ts'
import { type Outcome, refuse } from './operation.ts'

/** `startTime <= contentCreated < endTime`, in milliseconds. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

export interface BadRange {
  readonly reason: string
  readonly outcome: Outcome
}

/** The range a listing asks for: both bounds or neither (then the last 24 h), at most 24 h, at most 7 days back. */
export function readRange(call: Call, settings: Settings): TimeRange | BadRange {
  const { clock, rangeCode, lookBackGraceMs, wideRange } = settings
  const texts = [call.query.get('starttime'), call.query.get('endtime')] as const
  const bad = (reason: string, code: 'AF20002' | typeof rangeCode = rangeCode): BadRange => ({
    reason,
    outcome: refuse(
      code,
      'Start time and end time must both be given or both left out, be at most 24 hours apart with the start ' +
        `before the end, and the start must lie no more than 7 days in the past: ${reason}.`,
    ),
  })
  if (!texts[0] && !texts[1]) return { from: clock.now() - DAY, to: clock.now() }
  if (!texts[0] || !texts[1]) return bad('only one bound')
  const [from, to] = [parseTime(texts[0]), parseTime(texts[1])]
  if (from === undefined || to === undefined) return bad('not a time', 'AF20002')
  if (from >= to) return bad('start not before end')
  if (from < clock.now() - 7 * DAY - lookBackGraceMs) return bad('more than 7 days back')
  if (to - from <= DAY) return { from, to }
  return wideRange === 'partial' ? { from, to: from + DAY } : bad('more than 24 hours apart')
}
