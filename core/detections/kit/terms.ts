import type { Term } from '../../model/detection.ts'
import type { Severity } from '../../model/severity.ts'

/** A term that one record reaches, named like the measure it counts. */
export function single(id: string, counts: string, severity: Severity): Term {
  return { id, counts, measures: [id], atLeast: 1, severity }
}

/** What one record reaches within some minutes after one of the first steps. */
export function following(
  term: Pick<Term, 'id' | 'counts' | 'measures' | 'severity'>,
  first: readonly string[],
  withinMinutes: number,
): Term {
  return { ...term, atLeast: 1, withinMinutes, after: { measures: first } }
}

/** A term that one sighting reaches, on a day on which the parts named in `fresh` are new to the subject. */
export function firstSeen(
  id: string,
  counts: string,
  severity: Severity,
  fresh: readonly string[],
  measure = id,
): Term {
  return { id, counts, measures: [measure], atLeast: 1, fresh, severity }
}
