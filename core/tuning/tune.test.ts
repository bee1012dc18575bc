import { describe, expect, it } from 'vitest'
import { probe } from '../../test/support/histories.ts'
import { detections } from '../detections/index.ts'
import { reachOf } from '../engine/evaluate.ts'
import type { Detection } from '../model/detection.ts'
import { tune } from './tune.ts'

const other: Detection = { ...probe, id: 'other' }
const tuned = (tuning: Parameters<typeof tune>[1]['detections']) =>
  tune([probe, other], { detections: tuning })

function termsOf(found: readonly Detection[], id = 'probe') {
  return found.find(one => one.id === id)?.terms
}

describe('detections as somebody tuned them', () => {
  it('are the same objects where nothing is said of them', () => {
    const [first, second] = tuned({})
    expect([first, second]).toEqual([probe, other])
    expect(first).toBe(probe)
    expect(tuned({ probe: {} })).toEqual([probe, other])
  })

  it('are gone where they are switched off, themselves or every one of their limits', () => {
    const off = Object.fromEntries(probe.terms.map(({ id }) => [id, { enabled: false }]))
    expect(tuned({ probe: { enabled: false } })).toEqual([other])
    expect(tuned({ probe: { terms: off } })).toEqual([other])
    expect(termsOf(tuned({ probe: { terms: { sum: { enabled: false } } } }))).toEqual(
      probe.terms.filter(({ id }) => id !== 'sum'),
    )
  })

  it('have the limits, windows and severities that were given, and the others as they were', () => {
    const terms = termsOf(
      tuned({ probe: { terms: { session: { atLeast: 7, withinMinutes: 45 }, any: { severity: 'high' } } } }),
    )
    expect(terms).toEqual(
      probe.terms.map(term => {
        if (term.id === 'session') return { ...term, atLeast: 7, withinMinutes: 45 }
        return term.id === 'any' ? { ...term, severity: 'high' } : term
      }),
    )
    expect(termsOf(tuned({ probe: { terms: { any: { severity: 'high' } } } }), 'other')).toBe(other.terms)
  })

  it('take a severity for all their limits, unless a limit has one of its own', () => {
    const terms = termsOf(tuned({ probe: { severity: 'critical', terms: { any: { severity: 'low' } } } }))
    expect(terms?.map(({ id, severity }) => [id, severity])).toEqual([
      ['session', 'critical'],
      ['sum', 'critical'],
      ['both', 'critical'],
      ['records', 'critical'],
      ['then-in-session', 'critical'],
      ['then', 'critical'],
      ['any', 'low'],
    ])
  })

  it('look as far back as a longer window asks', () => {
    const [first = probe] = tuned({ probe: { terms: { sum: { withinMinutes: 7 * 1440 } } } })
    expect([reachOf(probe), reachOf(first)]).toEqual([1, 7])
  })

  it('are not found under the names that every object has', () => {
    expect(tune([{ ...probe, id: 'constructor' }], { detections: {} })).toHaveLength(1)
  })

  it('leave the catalogue alone', () => {
    const before = structuredClone(detections.map(({ id, terms }) => ({ id, terms })))
    tune(detections, { detections: { 'bulk-mail-read': { severity: 'low', terms: {} } } })
    expect(detections.map(({ id, terms }) => ({ id, terms }))).toEqual(before)
  })
})
