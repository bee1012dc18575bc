import type { Detection } from '../../core/model/detection.ts'
import { operationKey } from '../../core/model/operations.ts'

/** Tells of everybody how much he did. */
export const census: Detection = {
  id: 'census',
  title: 'Census',
  attack: ['T1114'],
  reads: 'any',
  terms: [
    { id: 'hour', counts: 'records', measures: ['n'], atLeast: 4, withinMinutes: 60, severity: 'high' },
    { id: 'day', counts: 'records', measures: ['n'], atLeast: 1, severity: 'low' },
  ],
  *signals({ actor, operation }) {
    yield { key: [actor], measure: 'n' }
    // Graph leaves out the full stop; operations that no detection reads keep the spelling they came with.
    yield { key: [operationKey(operation)], measure: 'n' }
  },
  headline: () => 'Census',
  sentence: () => 'Census.',
  triage: [],
  notKnown: '',
  falsePositives: [],
  notCovered: [],
  references: [],
  covers: [],
}
