import type { AuditRecord } from '../../core/model/audit-record.ts'
import {
  type Detection,
  type Signal,
  TENANT_KEY,
  type TenantFacts,
  type Term,
} from '../../core/model/detection.ts'
import { rank } from '../../core/model/severity.ts'
import { dayOf } from '../../core/model/time.ts'
import { type Expected, oracle } from './oracle.ts'

interface Sight {
  readonly detection: Detection
  readonly signal: Signal
  readonly id: string
  readonly day: number
  /** Detection and key, as one text. */
  readonly series: string
}

const asksPast = ({ fresh, above }: Term) => fresh !== undefined || above !== undefined

/**
 * What must be found where the past matters, worked out the slow way: for every question, all that was ever seen is
 * looked through again. `since`: the tenant's first day.
 */
export function pastOracle(
  records: readonly AuditRecord[],
  detections: readonly Detection[],
  tenant: TenantFacts,
  since: number,
): Expected[] {
  const sights = detections
    .filter(({ parts, terms }) => parts !== undefined || terms.some(asksPast))
    .flatMap(detection =>
      records.flatMap(record =>
        [...detection.signals(record as never, tenant)].map((signal): Sight => {
          const series = JSON.stringify([detection.id, signal.key])
          return { detection, signal, id: record.id, day: dayOf(record.at), series }
        }),
      ),
    )
  const tainted = taintedBy(records, detections, tenant)
  /** Of series and days without a record behind an alarm. */
  const clean = sights.filter(
    ({ series, day }) => !sights.some(one => one.series === series && one.day === day && tainted.has(one.id)),
  )
  const taught = clean.filter(isLearned)

  /** Days on which a part had a value, of one subject, by any detection. */
  const seenDays = (subject: string, part: string, value: string) =>
    taught
      .filter(({ detection, signal }) => {
        const at = (detection.parts ?? []).indexOf(part)
        return signal.key[0] === subject && at >= 0 && signal.key[at + 1] === value
      })
      .map(({ day }) => day)

  /** The first day that taught anything about a subject: a part that was seen, or a total. */
  const firstDay = (subject: string) => {
    if (subject === TENANT_KEY) return since
    const own = clean.filter(({ signal }) => signal.key[0] === subject)
    const days = own.filter(
      sight => isLearned(sight) || sight.detection.terms.some(({ above }) => above !== undefined),
    )
    return Math.min(...days.map(({ day }) => day))
  }

  const isFresh = (detection: Detection, key: readonly string[], part: string, day: number) => {
    const [subject = ''] = key
    const value = key[(detection.parts ?? []).indexOf(part) + 1]
    if (value === undefined || firstDay(subject) > day - 7) return false
    return !seenDays(subject, part, value).some(seen => seen < day && seen >= day - 30)
  }

  const isUnusual = (
    detection: Detection,
    key: readonly string[],
    term: Term,
    day: number,
    count: number,
  ) => {
    if (term.above === undefined) return true
    const { by, times, days, minDays } = term.above
    const own = clean.filter(({ series }) => series === JSON.stringify([detection.id, key]))
    const before = [...new Set(own.map(sight => sight.day))]
      .filter(seen => seen < day && seen >= day - days)
      .map(seen => ({
        seen,
        total: totalOf(
          own.filter(sight => sight.day === seen),
          term,
        ),
      }))
      .filter(({ total }) => total > 0)
    if (before.length < minDays) return false
    const isWeekend = (one: number) => [0, 6].includes(new Date(one * 86_400_000).getUTCDay())
    const alike = before.filter(({ seen }) => isWeekend(seen) === isWeekend(day))
    const totals = (alike.length >= 4 ? alike : before).map(({ total }) => total)
    const median = nearestRank(totals, 0.5)
    const daysBefore = Array.from({ length: days }, (_, n) => day - 1 - n)
      .filter(one => !isWeekend(one) && before.some(({ seen }) => seen <= one))
      .map(one => before.find(({ seen }) => seen === one)?.total ?? 0)
    const busyDay = daysBefore.findIndex(total => total >= median / 2)
    const piled = daysBefore
      .slice(0, busyDay < 0 ? undefined : busyDay)
      .reduce((sum, total) => sum + median - total, 0)
    if (by === 'p95') return count >= times * nearestRank(totals, 0.95) + piled
    const deviations = totals.map(total => Math.abs(total - median))
    const busy = nearestRank(
      before.map(({ total }) => total),
      0.9,
    )
    const deviation = Math.max(nearestRank(deviations, 0.5), median / 10)
    return count >= Math.max(median + times * deviation + piled, 1.5 * busy)
  }

  return oracle(
    records,
    detections,
    tenant,
    (detection, term, key, day, count) =>
      (term.fresh ?? []).every(part => isFresh(detection, key, part, day)) &&
      isUnusual(detection, key, term, day, count),
  )
}

/** Records behind alarms of medium severity or more that do not ask the past. */
function taintedBy(
  records: readonly AuditRecord[],
  detections: readonly Detection[],
  tenant: TenantFacts,
): ReadonlySet<string> {
  const plain = detections.map(detection => ({
    ...detection,
    terms: detection.terms.filter(term => !asksPast(term)),
  }))
  const severityOf = (found: Expected) =>
    detections.find(({ id }) => id === found.detection)?.terms.find(({ id }) => id === found.term)?.severity
  const severe = oracle(records, plain, tenant).filter(found => rank(severityOf(found) ?? 'low') > 0)
  return new Set(severe.flatMap(found => found.records))
}

/** Does a sight make the parts of its key known? */
function isLearned({ signal, detection: { unlearned = [] } }: Sight): boolean {
  return !unlearned.includes(signal.measure)
}

function totalOf(sights: readonly Sight[], { measures }: Term): number {
  const weights = new Map<string, number>()
  for (const { signal, id } of sights)
    if (measures.includes(signal.measure))
      for (const member of signal.members ?? [id]) {
        const [name, weight] = typeof member === 'string' ? [member, 1] : [member.member, member.weight]
        weights.set(name, weight)
      }
  return [...weights.values()].reduce((sum, weight) => sum + weight, 0)
}

/** The smallest value that at least `part` of the values do not exceed. */
function nearestRank(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.find(value => sorted.filter(one => one <= value).length >= part * sorted.length) ?? 0
}
