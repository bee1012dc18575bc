import { MINUTE } from '../../clock.ts'
import { complianceCmdlet, discoveryActivity, microsoftAlert } from '../../records/index.ts'
import type { Day } from '../day.ts'
import { OFFICE_IP } from '../networks.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { adminOn } from './admin.ts'
import type { Month } from './month.ts'

/** A colleague cannot find a mail: one search over his mailbox, and Microsoft's own alert about it. */
export function searchForLostMail(month: Month, day: Day, n: number): Occurrence[] {
  const { at, kit } = adminOn(month, day, n, 'search')
  const { admin, firstAway } = month.cast
  const start = at(11, 3)
  const name = 'Lost offer'
  const did = (minutes: number, operation: string) =>
    discoveryActivity(kit, {
      at: start + minutes * MINUTE,
      operation,
      by: admin.upn,
      ip: OFFICE_IP,
      search: name,
      mailboxes: [firstAway.upn],
      query: '(subject:"offer plot 15")',
    })
  const ran = (minutes: number, operation: string, commandLine: string) =>
    complianceCmdlet(kit, { at: start + minutes * MINUTE, operation, by: admin.upn, commandLine })
  const query = `-ExchangeLocation ("${firstAway.upn}") -ContentMatchQuery "(subject:""offer plot 15"")"`
  return [
    did(0, 'SearchCreated'),
    ran(0, 'New-ComplianceSearch', `-Name "${name}" ${query}`),
    did(1, 'SearchStarted'),
    ran(1, 'Start-ComplianceSearch', `-Identity "${name}"`),
    did(6, 'SearchPreviewed'),
    microsoftAlert(kit, {
      at: start + 9 * MINUTE,
      name: 'eDiscovery search started or exported',
      severity: 'Informational',
      about: admin.upn,
      operation: 'SearchStarted',
    }),
  ].map(record => happens('Audit.General', record))
}
