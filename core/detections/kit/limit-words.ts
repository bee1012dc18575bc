import type { Term } from '../../model/detection.ts'
import { names, span } from './words.ts'

/** A limit in words: `500 or more messages one reader opened, within one hour`. */
export function limitWords(term: Term): string {
  const { atLeast, counts, withinMinutes, also, after, fresh, above } = term
  const parts = [`${atLeast === 1 ? 'one' : atLeast.toLocaleString('en-US')} or more ${counts}`]
  if (fresh !== undefined) parts.push(`new in 30 days: ${names(fresh)}`)
  if (above !== undefined) parts.push(`and above what is usual (${usual(above)})`)
  if (withinMinutes !== undefined) parts.push(`within ${span(withinMinutes)}`)
  else if (atLeast > 1) parts.push('in a UTC day')
  if (also !== undefined) parts.push(`and ${also.atLeast} or more of: ${names(also.measures)}`)
  if (after !== undefined) parts.push(`each after: ${names(after.measures)}`)
  return parts.join(', ')
}

function usual({ by, times, days }: NonNullable<Term['above']>): string {
  const what = by === 'p95' ? 'times the 95th percentile' : 'median absolute deviations over the median'
  return `${times} ${what} of ${days} days`
}
