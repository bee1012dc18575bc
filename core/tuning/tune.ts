import type { Detection, Term } from '../model/detection.ts'
import type { Config } from './config.ts'
import type { DetectionTuning } from './schema.ts'

/** The detections as somebody tuned them. What is switched off is gone, and a detection without limits with it. */
export function tune(detections: readonly Detection[], config: Pick<Config, 'detections'>): Detection[] {
  return detections.flatMap(detection => {
    const tuning = Object.hasOwn(config.detections, detection.id)
      ? config.detections[detection.id]
      : undefined
    if (tuning === undefined) return [detection]
    if (tuning.enabled === false) return []
    const terms = detection.terms.flatMap(term => tunedTerm(term, tuning))
    return terms.length === 0 ? [] : [{ ...detection, terms }]
  })
}

function tunedTerm(term: Term, { severity: all, terms = {} }: DetectionTuning): Term[] {
  const own = Object.hasOwn(terms, term.id) ? terms[term.id] : undefined
  if (own?.enabled === false) return []
  const {
    atLeast = term.atLeast,
    withinMinutes = term.withinMinutes,
    severity = all ?? term.severity,
  } = own ?? {}
  return [{ ...term, atLeast, severity, ...(withinMinutes !== undefined && { withinMinutes }) }]
}
