import type { Term } from '../../model/detection.ts'

const DAY = { atLeast: 1000, withinMinutes: 1440, severity: 'high' } as const
const HOUR = { atLeast: 500, withinMinutes: 60, severity: 'medium' } as const

const READER = { counts: 'messages one reader opened', measures: ['own', 'others'] }
const SESSION = { counts: 'messages one reader opened in one session', perSession: true } as const
const APPLICATION = {
  counts: 'messages one application opened, in two mailboxes or more',
  measures: ['application'],
  also: { measures: ['mailboxes'], atLeast: 2 },
}
const MAILBOX = {
  counts: 'messages opened in one mailbox by two readers or more',
  measures: ['own', 'visitors'],
  also: { measures: ['readers'], atLeast: 2 },
}

/** How much of `readSignals` is bulk. The last is the limit of the public rule, which counts records. */
export const READ_LIMITS: readonly Term[] = [
  { id: 'reader-day', ...READER, ...DAY },
  { id: 'application-day', ...APPLICATION, ...DAY },
  { id: 'mailbox-day', ...MAILBOX, ...DAY },
  { id: 'session-hour', ...READER, ...HOUR, ...SESSION },
  { id: 'reader-hour', ...READER, ...HOUR },
  { id: 'application-hour', ...APPLICATION, ...HOUR },
  { id: 'mailbox-hour', ...MAILBOX, ...HOUR },
  {
    id: 'accesses',
    counts: 'records of access by one reader',
    measures: ['accesses'],
    atLeast: 201,
    withinMinutes: 30,
    severity: 'medium',
  },
]
