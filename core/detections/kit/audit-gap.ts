import type { Blind } from '../../model/detection.ts'
import type { Finding } from '../../model/finding.ts'
import { actorName } from './directory-apps.ts'
import { fromAddresses, names, when } from './words.ts'

/** What was switched off is on again within a week, whoever did either: the two are counted under the thing itself. */
export const ON_AGAIN = {
  measures: ['on'],
  after: { measures: ['stopped'] },
  atLeast: 1,
  withinMinutes: 10_080,
} as const

/**
 * The time without records that a finding tells of. `ended`: the finding is about both steps and knows the end; else
 * recording stopped at its first record, and at its last one anew.
 */
export function gap({ start, end }: Finding, ended: boolean, whose: Blind['whose'], what: string): Blind {
  return { whose, what, from: start, ...(ended ? { to: end } : { renewed: end }) }
}

/** `Between 09:20 and 09:50 UTC on 18 November <what> was off: helen@… switched it off, carla@… on again.` */
export function wasOff(finding: Finding, what: string, off = 'switched it off', on = 'on again'): string {
  const others = finding.actors.filter(actor => actor !== finding.actor).map(actorName)
  const again = others.length === 0 ? ` and ${on}` : `, ${names(others)} ${on}`
  return `${when(finding.start, finding.end)} ${what}: ${actorName(finding.actor)} ${off}${again}${fromAddresses(finding)}.`
}
