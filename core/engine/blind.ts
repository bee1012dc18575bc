import type { Blind, Detection } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import { DAY, iso, type Seconds } from '../model/time.ts'

/** Times without records that findings tell of. */
export function blindOf(
  findings: readonly Finding[],
  detections: ReadonlyMap<string, Detection>,
): { readonly tenant: string; readonly finding: string; readonly blind: Blind }[] {
  return findings.flatMap(finding => {
    const blind = detections.get(finding.detection)?.blind?.(finding)
    return blind === undefined ? [] : [{ tenant: finding.tenant, finding: finding.id, blind }]
  })
}

/** What is missing from the records of an incident, or of the day before it, in words. */
export function missing(blinds: readonly Blind[], incident: Incident): string[] {
  const { start, end, mailboxes, actor } = incident
  const told = blinds
    .filter(({ from, to, whose }) => {
      const concerns = whose === 'tenant' || whose.some(name => name === actor || mailboxes.includes(name))
      return concerns && from <= end && (to === undefined || to >= start - DAY)
    })
    .sort((a, b) => a.from - b.from)
    .map(({ what, whose, from, to }) => {
      const of = whose === 'tenant' ? '' : ` of ${whose.slice(0, 3).join(', ')}`
      return `${what}${of} ${to === undefined ? `since ${minute(from)}` : `from ${minute(from)} to ${minute(to)}`} UTC`
    })
  return [...new Set(told)]
}

function minute(at: Seconds): string {
  return iso(at).slice(0, 16).replace('T', ' ')
}
