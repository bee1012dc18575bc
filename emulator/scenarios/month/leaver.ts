import { MINUTE } from '../../clock.ts'
import type { Day } from '../day.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { adminOn, licence, written } from './admin.ts'
import { WHEN } from './calendar.ts'
import type { Month } from './month.ts'

/** Somebody has left: the account is blocked, the mailbox is shared, and the manager looks after it. */
export function leaving(month: Month, day: Day, n: number): Occurrence[] {
  if (n !== WHEN.leaves) return []
  const { leaver, manager } = month.cast
  const { at, directory, exchange, kit } = adminOn(month, day, n, 'leaving')
  const start = at(9, 5)
  const after = (minutes: number) => start + minutes * MINUTE
  const account = [
    directory(start, 'Disable account', leaver, 'User'),
    directory(start, 'Update user', leaver, 'User', {
      AccountEnabled: [written(true), written(false)],
      'Included Updated Properties': ['', 'AccountEnabled'],
    }),
    directory(after(1), 'Update StsRefreshTokenValidFrom Timestamp', leaver, 'User'),
    directory(after(2), 'Reset user password', leaver, 'User'),
    directory(after(19), 'Remove member from group', leaver, 'Group', {
      'Group.DisplayName': ['"Everybody"', ''],
    }),
    directory(after(25), 'Update user', leaver, 'User', {
      AssignedLicense: [licence(kit), '[]'],
      'Included Updated Properties': ['', 'AssignedLicense, AssignedPlan'],
    }),
    directory(after(25), 'Change user license', leaver, 'User'),
  ]
  const mailbox = [
    exchange(after(6), 'Set-Mailbox', { Identity: leaver.upn, Type: 'Shared' }),
    exchange(after(8), 'Add-MailboxPermission', {
      Identity: leaver.upn,
      User: manager.upn,
      AccessRights: 'FullAccess',
      InheritanceType: 'All',
    }),
    exchange(after(11), 'Set-MailboxAutoReplyConfiguration', {
      Identity: leaver.upn,
      AutoReplyState: 'Enabled',
      ExternalAudience: 'All',
      InternalMessage: `${leaver.name} has left us. Please write to ${manager.upn}.`,
    }),
    exchange(after(13), 'Set-CASMailbox', {
      Identity: leaver.upn,
      ActiveSyncEnabled: 'False',
      OWAEnabled: 'False',
    }),
    exchange(after(15), 'Set-Mailbox', { Identity: leaver.upn, HiddenFromAddressListsEnabled: 'True' }),
  ]
  return [
    ...account.map(record => happens('Audit.AzureActiveDirectory', record)),
    ...mailbox.map(record => happens('Audit.Exchange', record)),
  ]
}
