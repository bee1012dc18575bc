import type { AuditRecord } from '../../core/model/audit-record.ts'
import type { Detection, Signal, TenantFacts, Term } from '../../core/model/detection.ts'
import { rank } from '../../core/model/severity.ts'
import { dayOf, MINUTE } from '../../core/model/time.ts'
import type { Floor } from '../../core/model/window.ts'

/** What a finding must say, worked out the slow way: by looking at all records at once, window by window. */
export interface Expected {
  readonly detection: string
  readonly key: readonly string[]
  readonly day: number
  readonly term: string
  readonly count: number
  readonly start: number
  readonly end: number
  readonly records: readonly string[]
}

interface Sight {
  readonly record: AuditRecord
  readonly signal: Signal
}

/** Whether what a term counted on a day may be told, where that rests on more than the records of the key. */
export type Stands = (
  detection: Detection,
  term: Term,
  key: readonly string[],
  day: number,
  count: number,
) => boolean

/** No panes, no tallies, no merging: every window that ends with an event, counted member by member. */
export function oracle(
  records: readonly AuditRecord[],
  detections: readonly Detection[],
  tenant: TenantFacts,
  stands: Stands = () => true,
): Expected[] {
  const distinct = [...new Map(records.map(record => [record.id, record])).values()]
  const found: Expected[] = []
  for (const detection of detections) {
    const byKey = new Map<string, Sight[]>()
    for (const record of distinct)
      for (const signal of detection.signals(record as never, tenant)) {
        const key = JSON.stringify(signal.key)
        byKey.set(key, [...(byKey.get(key) ?? []), { record, signal }])
      }
    for (const [key, sights] of byKey) found.push(...judge(detection, JSON.parse(key), sights, stands))
  }
  return found.sort(byIdentity)
}

export function byIdentity(a: Expected, b: Expected): number {
  const [x, y] = [JSON.stringify([a.detection, a.key, a.day]), JSON.stringify([b.detection, b.key, b.day])]
  return x < y ? -1 : x > y ? 1 : 0
}

function judge(detection: Detection, key: string[], sights: readonly Sight[], stands: Stands): Expected[] {
  const days = new Set(sights.map(({ record }) => dayOf(record.at)))
  const terms = [...detection.terms].sort((a, b) => rank(b.severity) - rank(a.severity))
  return [...days].flatMap(day => {
    for (const term of terms) {
      const best = bestOf(term, day, sights)
      if (best !== undefined && stands(detection, term, key, day, best.count))
        return [{ detection: detection.id, key, day, term: term.id, ...best }]
    }
    return []
  })
}

type Judged = Pick<Expected, 'count' | 'start' | 'end' | 'records'>

function bestOf(term: Term, day: number, sights: readonly Sight[]): Judged | undefined {
  if (!term.perSession) return crossing(term, day, sights, undefined)
  const sessions = [...new Set(sights.flatMap(({ signal }) => signal.session ?? []))].sort()
  let best: Judged | undefined
  for (const session of sessions) {
    const judged = crossing(term, day, sights, session)
    if (judged !== undefined && (best === undefined || judged.count > best.count)) best = judged
  }
  return best
}

function crossing(
  term: Term,
  day: number,
  sights: readonly Sight[],
  session: string | undefined,
): Judged | undefined {
  if (term.after !== undefined) return sequence(term, term.after.measures, day, sights, session)
  const ends = [...new Set(sights.map(({ record }) => record.at))].filter(at => dayOf(at) === day)
  const inside = new Set<Sight>()
  let count = 0
  for (const end of ends) {
    const held = sights.filter(({ record }) =>
      term.withinMinutes === undefined
        ? dayOf(record.at) === day
        : record.at <= end && record.at > end - term.withinMinutes * MINUTE,
    )
    const total = weight(held, term, session)
    if (total < term.atLeast || (term.also && weight(held, term.also, undefined) < term.also.atLeast))
      continue
    count = Math.max(count, total)
    for (const sight of held) inside.add(sight)
  }
  return inside.size === 0 ? undefined : told(count, inside, session)
}

/** Every pair of a first step and what came after it, looked at one by one. */
function sequence(
  term: Term,
  before: readonly string[],
  day: number,
  sights: readonly Sight[],
  session: string | undefined,
): Judged | undefined {
  const inside = new Set<Sight>()
  const counted = new Set<string>()
  const within = (term.withinMinutes ?? 0) * MINUTE
  const counts = ({ signal }: Sight, measures: readonly string[]) =>
    measures.includes(signal.measure) && (session === undefined || signal.session === session)
  for (const last of sights)
    for (const first of sights) {
      const apart = last.record.at - first.record.at
      if (dayOf(last.record.at) !== day || apart < 0 || apart >= within) continue
      if (!counts(last, term.measures) || !counts(first, before)) continue
      counted.add(last.record.id)
      for (const sight of sights)
        if (sight.record.at >= first.record.at && sight.record.at <= last.record.at) inside.add(sight)
    }
  return counted.size < term.atLeast ? undefined : told(counted.size, inside, session)
}

function told(count: number, inside: ReadonlySet<Sight>, session: string | undefined): Judged {
  const times = [...inside].map(({ record }) => record.at)
  const named = [...inside].filter(({ record }) => session === undefined || record.session === session)
  const ids = [...new Map(named.map(({ record }) => [record.id, record.at]))]
  ids.sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
  return {
    count,
    start: Math.min(...times),
    end: Math.max(...times),
    records: ids.slice(0, 50).map(([id]) => id),
  }
}

function weight(held: readonly Sight[], floor: Floor, session: string | undefined): number {
  const members = new Map<string, number>()
  for (const { record, signal } of held) {
    if (!floor.measures.includes(signal.measure)) continue
    if (session !== undefined && signal.session !== session) continue
    for (const member of signal.members ?? [record.id]) {
      const [name, by] = typeof member === 'string' ? [member, 1] : [member.member, member.weight]
      members.set(name, by)
    }
  }
  return [...members.values()].reduce((sum, by) => sum + by, 0)
}
