import type { Fault } from '../../emulator/index.ts'
import { HOUR, NOON } from './faulty-day.ts'

export interface Case {
  readonly faults: readonly Fault[]
  /** The tenant's own doing: records that nobody could read, links that nobody should follow. */
  readonly allows?: 'loss' | 'unfollowed links'
}

const feed = ['content', 'blob', 'list', 'token'] as const

/** What a tenant does not record, nobody can read: see `silence.test.ts`. */
type Unrecorded = 'silent' | 'unaudited'
/** Of Graph’s logs, which this tenant has not; see `graph-republished.test.ts`. */
type GraphFault = 'late-entry' | 'unordered-page'

export const CASES: {
  readonly [K in Exclude<Fault['kind'], Unrecorded | GraphFault>]: readonly Case[]
} = {
  throttle: [
    { faults: [{ kind: 'throttle', rate: 0.4, hits: 2, retryAfterSeconds: 40 }] },
    { faults: [{ kind: 'throttle', status: 429, rate: 0.3, quotes: 'single' }] },
    {
      faults: [{ kind: 'throttle', on: ['content', 'blob'], until: NOON + 2 * HOUR, retryAfterSeconds: 600 }],
    },
    {
      faults: [
        {
          kind: 'throttle',
          on: ['teams', 'webhook'],
          status: 429,
          until: NOON + 4 * HOUR,
          retryAfterSeconds: 1_200,
        },
      ],
    },
  ],
  unauthorized: [
    { faults: [{ kind: 'unauthorized', rate: 0.4 }] },
    // Both feeds use one token: what revokes the one's can end the other's listing, which the next poll takes up again.
    { faults: [{ kind: 'unauthorized', rate: 0.4, revoke: true }], allows: 'unfollowed links' },
  ],
  'server-error': [
    { faults: [{ kind: 'server-error', rate: 0.4, hits: 2 }] },
    {
      faults: [{ kind: 'server-error', rate: 0.3, shape: 'html', on: ['content', 'blob', 'token', 'start'] }],
    },
  ],
  outage: [
    { faults: [{ kind: 'outage', until: NOON + 4 * HOUR }] },
    { faults: [{ kind: 'outage', on: feed, from: NOON + HOUR / 2, until: NOON + 5 * HOUR }] },
  ],
  reset: [{ faults: [{ kind: 'reset', rate: 0.4 }] }],
  disabled: [{ faults: [{ kind: 'disabled', from: NOON + HOUR }] }],
  slow: [{ faults: [{ kind: 'slow', ms: 2, rate: 0.1 }] }],
  truncated: [
    { faults: [{ kind: 'truncated', rate: 0.5, hits: 2 }] },
    { faults: [{ kind: 'truncated', rate: 0.3, shape: 'dropped' }] },
  ],
  'lost-page': [
    { faults: [{ kind: 'lost-page', how: 'no-link', until: NOON + 2 * HOUR }] },
    { faults: [{ kind: 'lost-page', how: 'error', rate: 0.5 }] },
  ],
  'repeated-blob': [{ faults: [{ kind: 'repeated-blob', permanent: true }] }],
  'endless-pages': [
    { faults: [{ kind: 'endless-pages', until: NOON + 2 * HOUR }], allows: 'unfollowed links' },
  ],
  'foreign-next-page': [
    { faults: [{ kind: 'foreign-next-page', until: NOON + 2 * HOUR }], allows: 'unfollowed links' },
  ],
  'foreign-content-uri': [{ faults: [{ kind: 'foreign-content-uri', rate: 0.5 }] }],
  poison: [
    { faults: [{ kind: 'poison', rate: 0.2 }], allows: 'loss' },
    { faults: [{ kind: 'poison', rate: 0.2, shape: 'html' }], allows: 'loss' },
    { faults: [{ kind: 'poison', rate: 0.2, shape: 'object' }], allows: 'loss' },
  ],
  expired: [{ faults: [{ kind: 'expired', rate: 0.2 }], allows: 'loss' }],
  'same-timestamp': [{ faults: [{ kind: 'same-timestamp', rate: 0.6 }] }],
  late: [{ faults: [{ kind: 'late', rate: 0.4, delayMs: 5 * HOUR }] }],
  'duplicates-inside': [{ faults: [{ kind: 'duplicates-inside', share: 0.5 }] }],
  'duplicates-across': [{ faults: [{ kind: 'duplicates-across', share: 0.5 }] }],
}

export function titleOf({ faults }: Case): string {
  const parts = faults.flatMap(({ kind: _, ...rest }) =>
    Object.entries(rest).map(
      ([name, value]) =>
        `${name} ${typeof value === 'number' && value >= NOON ? `+${(value - NOON) / HOUR} h` : value}`,
    ),
  )
  return `is read in full, politely${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`
}
