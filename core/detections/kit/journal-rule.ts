import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { text } from '../../model/values.ts'
import { reachOf, writtenList } from './destinations.ts'
import { first, nameValues } from './name-values.ts'
import { recipients } from './recipients.ts'

/** Parameters of a journal rule that change nothing about its copies. */
const NEUTRAL = new Set(['identity', 'name', 'confirm', 'whatif', 'domaincontroller'])

/** A journal rule made, changed or switched on, or another target for journal reports that bounce. */
export function* journalSignals(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const parameters = nameValues(record.body.Parameters)
  const reports = record.operation === 'Set-TransportConfig'
  const target = first(parameters, reports ? 'JournalingReportNdrTo' : 'JournalEmailAddress')
  // `<>` is how the transport settings write nobody.
  const to = target === '<>' ? [] : recipients(target)
  const changes = [...parameters].some(([name, values]) => values.length > 0 && !NEUTRAL.has(name))
  if (to.length === 0 && (reports || (record.operation === 'Set-JournalRule' && !changes))) return
  const named = first(parameters, 'Name') ?? first(parameters, 'Identity') ?? text(record.body.ObjectId) ?? ''
  const rule = `the journal rule "${(named.split('\\').at(-1) ?? '').slice(0, 100).toWellFormed()}"`
  const whose =
    first(parameters, 'Recipient') ?? (record.operation === 'New-JournalRule' ? 'everybody' : undefined)
  yield {
    key: [record.actor, reports ? 'the target for journal reports that bounce' : rule, writtenList(to)],
    measure: to.some(one => reachOf(one, record, tenant) === 'outside') ? 'outside' : 'changed',
    note: whose === undefined || reports ? undefined : `the mail of ${whose}`,
  }
}
