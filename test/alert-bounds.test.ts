import fc from 'fast-check'
import { expect, it } from 'vitest'
import { detections } from '../core/detections/index.ts'
import { alertOf } from '../core/engine/alert.ts'
import { join, tell } from '../core/engine/incidents.ts'
import type { Incident } from '../core/model/incident.ts'
import { makeFinding } from './chain/findings.ts'
import { MIDNIGHT } from './support/histories.ts'
import { HOSTILE_TEXTS } from './support/hostile.ts'

it('an alert keeps to seven facts, four steps and 60 characters of headline, whatever is in the records', () => {
  const hostile = fc.constantFrom(...HOSTILE_TEXTS, 'x'.repeat(300), `${'x'.repeat(59)}😀`)
  const texts = fc.array(hostile, { maxLength: 12 })
  const finding = fc
    .record({
      detection: fc.constantFrom(...detections.map(({ id }) => id)),
      mailboxes: texts,
      addresses: texts,
      clients: texts,
      sessions: texts,
      notes: texts,
      subject: hostile,
    })
    .map(({ subject, ...more }) =>
      makeFinding({ ...more, actors: [subject], key: [subject, subject, subject] }),
    )
  fc.assert(
    fc.property(fc.array(finding, { minLength: 1, maxLength: 4 }), findings => {
      let incidents: Incident[] = []
      for (const one of findings) ({ incidents } = join(incidents, one))
      const alert = alertOf({
        incident: tell(incidents[0] as Incident),
        findings,
        detections,
        blinds: [{ whose: 'tenant', from: MIDNIGHT, what: 'everything' }],
      })
      expect(alert.facts.length).toBeLessThanOrEqual(7)
      expect(alert.steps.length).toBeLessThanOrEqual(4)
      expect(alert.headline.length).toBeLessThanOrEqual(60)
      expect(alert.headline).toBe(alert.headline.toWellFormed())
      expect(alert.links.every(({ url }) => url.startsWith('https://'))).toBe(true)
    }),
    { numRuns: 200, seed: 1 },
  )
})
