/**
 * Facts for the type checker: each line below must not compile. `npm test` runs it before any test; a line that
 * begins to compile is an error.
 */
import { defineDetection } from '../core/model/detection.ts'

const rest = {
  id: 'x',
  title: 'X',
  attack: ['T1114'],
  terms: [],
  headline: () => '',
  sentence: () => '',
  triage: [],
  notKnown: '',
  falsePositives: [],
  notCovered: [],
  references: [],
  covers: [],
} as const

defineDetection({
  ...rest,
  // @ts-expect-error a misspelt operation
  reads: ['MailItemAccessed'],
  *signals() {},
})

defineDetection({
  ...rest,
  reads: ['MailItemsAccessed'],
  *signals({ body }) {
    // @ts-expect-error a misspelt field
    if (body.MailBoxGuid) yield { key: ['x'], measure: 'x' }
  },
})

defineDetection({
  ...rest,
  reads: ['New-InboxRule'],
  *signals({ body }) {
    // @ts-expect-error a field of another kind of record
    if (body.Folders) yield { key: ['x'], measure: 'x' }
  },
})

defineDetection({
  ...rest,
  // @ts-expect-error no technique of ours
  attack: ['T1999'],
  reads: 'any',
  *signals() {},
})
