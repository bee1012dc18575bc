import { HOUR, MINUTE } from '../../../core/model/time.ts'
import type { Fault, Random } from '../../../emulator/index.ts'
import { START, WILD } from './hours.ts'

/** Up to four of the things that an emulated tenant can do wrong. All that strikes requests is over with the wild hours. */
export function faultsOf(random: Random): Fault[] {
  return random.sample(FAULTS, random.int(0, 4)).map(make => healing(make(random)))
}

const at = (hours: number) => (START + hours * HOUR) * 1000
const FEED = ['content', 'blob', 'list', 'token'] as const
const GRAPH = ['directoryAudits', 'signIns'] as const

/** What strikes requests heals, and is over with the wild hours; what is in the content itself stays. */
function healing(fault: Fault): Fault {
  if (fault.permanent || IN_CONTENT.has(fault.kind)) return fault
  const { hits = 1, until } = fault
  return until === undefined ? { ...fault, hits, until: (START + WILD) * 1000 } : fault
}
const IN_CONTENT = new Set<Fault['kind']>([
  'expired',
  'same-timestamp',
  'late',
  'duplicates-inside',
  'duplicates-across',
  'late-entry',
])

/** Everything that an emulated tenant can do wrong, and that heals. */
const FAULTS: readonly ((random: Random) => Fault)[] = [
  () => ({ kind: 'throttle', rate: 0.3, hits: 2, retryAfterSeconds: 40 }),
  () => ({ kind: 'throttle', status: 429, rate: 0.3, quotes: 'single' }),
  () => ({ kind: 'throttle', on: ['content', 'blob'], until: at(1.5), retryAfterSeconds: 600 }),
  () => ({ kind: 'throttle', on: GRAPH, rate: 0.4, retryAfterSeconds: 30 }),
  () => ({ kind: 'unauthorized', rate: 0.3 }),
  () => ({ kind: 'unauthorized', pages: 'later', revoke: true }),
  () => ({ kind: 'unauthorized', on: GRAPH, rate: 0.5 }),
  () => ({ kind: 'server-error', rate: 0.3, hits: 2 }),
  () => ({ kind: 'server-error', shape: 'html', rate: 0.3, on: [...FEED, 'start'] }),
  () => ({ kind: 'server-error', on: GRAPH, rate: 0.4 }),
  random => ({ kind: 'outage', on: [...FEED, ...GRAPH], from: at(random.int(0, 1)), until: at(2.5) }),
  () => ({ kind: 'reset', rate: 0.3 }),
  () => ({ kind: 'disabled', from: at(1) }),
  () => ({ kind: 'slow', ms: 5, rate: 0.2 }),
  () => ({ kind: 'truncated', rate: 0.4, hits: 2 }),
  () => ({ kind: 'truncated', on: [...GRAPH, 'blob'], rate: 0.4, shape: 'dropped' }),
  () => ({ kind: 'lost-page', how: 'no-link', until: at(2) }),
  () => ({ kind: 'lost-page', how: 'error', rate: 0.5 }),
  () => ({ kind: 'repeated-blob', permanent: true }),
  () => ({ kind: 'endless-pages', on: ['content'], until: at(2) }),
  () => ({ kind: 'foreign-next-page', until: at(2) }),
  () => ({ kind: 'foreign-content-uri', rate: 0.5 }),
  () => ({ kind: 'expired', rate: 0.1 }),
  () => ({ kind: 'same-timestamp', rate: 0.6 }),
  () => ({ kind: 'late', rate: 0.3, delayMs: 3 * HOUR * 1000 }),
  () => ({ kind: 'duplicates-inside', share: 0.5 }),
  () => ({ kind: 'duplicates-across', share: 0.5 }),
  () => ({ kind: 'late-entry', rate: 0.4, delayMs: 40 * MINUTE * 1000 }),
  () => ({ kind: 'unordered-page', permanent: true }),
]
