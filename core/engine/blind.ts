import type { Blind, Detection } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import { obtain } from '../model/maps.ts'
import { DAY, iso, type Seconds } from '../model/time.ts'

/** Times without records that findings tell of. */
export function blindOf(
  findings: readonly Finding[],
  detections: ReadonlyMap<string, Detection>,
): { readonly finding: Finding; readonly blind: Blind }[] {
  return findings.flatMap(finding => {
    const blind = detections.get(finding.detection)?.blind?.(finding)
    return blind === undefined ? [] : [{ finding, blind }]
  })
}

/** A stretch without records of one kind. */
export interface Gap {
  readonly from: Seconds
  /** Absent: it goes on. */
  readonly to?: Seconds
}

interface NamedGap extends Gap {
  /** `undefined`: everybody's. */
  readonly of: string | undefined
  readonly what: string
}

/** A stretch without records of one kind, with all whose records are missing. */
export interface Missing extends Gap {
  readonly what: string
  /** Empty: everybody's. */
  readonly names: readonly string[]
}

/** What is missing from the records of an incident, or of the day before it, in words. */
export function missing(blinds: readonly Blind[], incident: Incident): string[] {
  return missingAround(blinds, incident).map(words)
}

export function missingAround(blinds: readonly Blind[], incident: Incident): Missing[] {
  const { start, end, mailboxes, actor } = incident
  return missingIn(blinds, start - DAY, end, name => name === actor || mailboxes.includes(name))
}

/** What is missing from `from` to `to`, oldest first: of the whole tenant and of those `concerns` names. */
export function missingIn(
  blinds: readonly Blind[],
  from: Seconds,
  to: Seconds,
  concerns: (name: string) => boolean = () => true,
): Missing[] {
  const found = new Map<string, Missing & { readonly names: string[] }>()
  for (const { of, ...gap } of namedGaps(blinds, concerns)) {
    if (gap.from > to || (gap.to !== undefined && gap.to < from)) continue
    const { names } = obtain(found, `${gap.what} ${gap.from} ${gap.to}`, () => ({ ...gap, names: [] }))
    if (of !== undefined) names.push(of)
  }
  return [...found.values()].sort((a, b) => a.from - b.from)
}

/** The gaps of the whole tenant and of those `concerns` names, each kind of gap of each name by itself. */
function namedGaps(blinds: readonly Blind[], concerns: (name: string) => boolean): NamedGap[] {
  const groups = new Map<string, Pick<NamedGap, 'of' | 'what'> & { readonly all: Blind[] }>()
  for (const blind of blinds) {
    const { whose, what } = blind
    for (const of of whose === 'tenant' ? [undefined] : whose.filter(concerns))
      obtain(groups, `${what}\u0000${of ?? ''}`, () => ({ of, what, all: [] })).all.push(blind)
  }
  return [...groups.values()].flatMap(({ all, ...name }) => gapsOf(all).map(gap => ({ ...gap, ...name })))
}

/**
 * Gaps of one kind as one list, in order, not touching. A finding that tells of a stop belongs to the day of the stop and
 * one that knows the end to the day of the end, so what has no end ends with the first that came after it.
 */
export function gapsOf(blinds: readonly Omit<Blind, 'whose' | 'what'>[]): Gap[] {
  const ends = blinds.flatMap(({ to }) => to ?? []).sort((a, b) => a - b)
  const gaps = blinds.map(({ from, to, renewed = from }) => ({
    from,
    to: to ?? ends.find(end => end >= renewed) ?? Number.POSITIVE_INFINITY,
  }))
  const merged: { from: Seconds; to: Seconds }[] = []
  for (const { from, to } of gaps.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return merged.map(({ from, to }) => (Number.isFinite(to) ? { from, to } : { from }))
}

const MOST_NAMES = 3

function words({ what, from, to, names }: Missing): string {
  const more = names.length > MOST_NAMES ? ` + ${names.length - MOST_NAMES} more` : ''
  const of = names.length === 0 ? '' : ` of ${names.slice(0, MOST_NAMES).join(', ')}${more}`
  return `${what}${of} ${to === undefined ? `since ${minute(from)}` : `from ${minute(from)} to ${minute(to)}`} UTC`
}

function minute(at: Seconds): string {
  return iso(at).slice(0, 16).replace('T', ' ')
}
