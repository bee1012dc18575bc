import { findingId } from '../../core/engine/evaluate.ts'
import type { Finding } from '../../core/model/finding.ts'
import { dayOf } from '../../core/model/time.ts'
import { MIDNIGHT } from '../support/histories.ts'
import { TENANT } from '../support/tenant.ts'

/** A finding as the probe detection would make it, one hour after the histories' midnight unless told. */
export function makeFinding(more: Partial<Finding> = {}): Finding {
  const { start = MIDNIGHT + 3_600, end = start + 60, count = 5, detection = 'probe' } = more
  const { actor = 'ada@birchwood.example', key = [actor] } = more
  return {
    id: findingId(TENANT, detection, key, dayOf(end)),
    tenant: TENANT,
    detection,
    term: 'any',
    key,
    severity: 'medium',
    start,
    end,
    count,
    limit: 1,
    technique: 'T1114.002',
    actor,
    apps: [],
    actors: [actor],
    mailboxes: [actor],
    addresses: ['192.0.2.7'],
    clients: ['Outlook on the web'],
    sessions: ['s1'],
    notes: [],
    records: ['00000000-0000-4000-8000-000000000001'],
    recordCount: count,
    basis: count,
    timeline: { from: start, step: 600, bars: [count] },
    ...more,
  }
}
