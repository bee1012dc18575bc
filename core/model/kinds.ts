import type { Detection, Term } from './detection.ts'

/** How a limit is reached, from the most demanding to the plainest. */
export const KINDS = ['sequence', 'new_terms', 'baseline', 'window', 'record'] as const
export type Kind = (typeof KINDS)[number]

/**
 * `sequence`: one thing after another; `new_terms`: something not seen for the subject before; `baseline`: more than is
 * usual; `window`: so much within a time; `record`: one record is enough.
 */
export function kindOf({ after, fresh, above, withinMinutes, atLeast }: Term): Kind {
  if (after !== undefined) return 'sequence'
  if (fresh !== undefined) return 'new_terms'
  if (above !== undefined) return 'baseline'
  return withinMinutes === undefined && atLeast === 1 ? 'record' : 'window'
}

/** The kinds of a detection's limits, the most demanding first. */
export function kindsOf({ terms }: Pick<Detection, 'terms'>): Kind[] {
  const found = new Set(terms.map(kindOf))
  return KINDS.filter(kind => found.has(kind))
}
