import type { Detection } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import { learned, NOTHING_KNOWN } from '../model/history.ts'
import { obtain } from '../model/maps.ts'
import type { Series, Subjects } from './collect.ts'
import { evaluate } from './evaluate.ts'
import { hasPast, lessonsOf, taintOf } from './past.ts'

/**
 * All findings of one tenant from all that was counted, which is used up. What rests on the past comes last: it learns from days that raised no other alarm. A day
 * is judged by the days before it alone, so everything can be learned before anything is judged.
 * `learnedFrom`: the first UTC day on which what is new may page people; `tenantSince`: the tenant's first day, two weeks
 * before that unless told.
 */
export function judged(
  collected: readonly Subjects[],
  detections: readonly Detection[],
  tenant: string,
  learnedFrom: number,
  tenantSince?: number,
): Finding[] {
  const byId = new Map(detections.map(detection => [detection.id, detection]))
  const findings: Finding[] = []
  const withPast = new Map<string, { readonly series: Series; readonly detection: Detection }[]>()
  for (const subjects of collected)
    for (const [subject, all] of subjects) {
      for (const series of all.values()) {
        const detection = byId.get(series.detection)
        if (detection === undefined) continue
        if (hasPast(detection)) obtain(withPast, subject, () => []).push({ series, detection })
        else findings.push(...evaluate(series, detection, tenant))
      }
      // Judging makes panes of what was counted, which takes several times the memory; so one subject at a time.
      subjects.delete(subject)
    }
  const atOnce = [...withPast.values()]
    .flat()
    .flatMap(({ series, detection }) => evaluate(series, detection, tenant))
  const tainted = taintOf([...findings, ...atOnce], byId)
  for (const [subject, all] of withPast) {
    const counted = all.map(({ series }) => series)
    const history = learned(NOTHING_KNOWN, lessonsOf(counted, byId, tainted), Number.POSITIVE_INFINITY)
    const past = { history, learnedFrom, tenantSince }
    for (const { series, detection } of all)
      findings.push(...evaluate(series, detection, tenant, undefined, past))
    withPast.delete(subject)
  }
  return findings
}
