import { HOUR, MINUTE } from '../../clock.ts'
import { directoryChange, provisioning, userNames } from '../../records/index.ts'
import type { Day } from '../day.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { adminOn, licence, written } from './admin.ts'
import { WHEN } from './calendar.ts'
import { enrolled } from './enrolment.ts'
import type { Month } from './month.ts'

/** A new colleague: the account some days before, everything else on the first morning. */
export function joining(month: Month, day: Day, n: number): Occurrence[] {
  if (n === WHEN.accountMade) return account(month, day, n)
  return n === WHEN.joins ? [...rights(month, day, n), ...firstMorning(month, day)] : []
}

function account(month: Month, day: Day, n: number): Occurrence[] {
  const { joiner } = month.cast
  const { at, directory, exchange, kit } = adminOn(month, day, n, 'account')
  const start = at(14, 10)
  const made = [
    directory(start, 'Add user', joiner, 'User', {
      AccountEnabled: ['[]', written(true)],
      DisplayName: ['[]', written(joiner.name)],
      UserPrincipalName: ['[]', written(joiner.upn)],
    }),
    directory(start + MINUTE, 'Set force change user password', joiner, 'User'),
    directory(start + MINUTE, 'Update user', joiner, 'User', {
      AssignedLicense: ['[]', licence(kit)],
      'Included Updated Properties': ['', 'AssignedLicense, AssignedPlan'],
    }),
    directory(start + MINUTE, 'Change user license', joiner, 'User'),
    directory(start + 4 * MINUTE, 'Add member to group', joiner, 'Group', {
      'Group.DisplayName': ['', '"Everybody"'],
    }),
  ]
  const mailbox = [
    provisioning(kit, {
      at: start + 6 * MINUTE,
      operation: 'Enable-Mailbox',
      object: joiner.mailboxGuid,
      parameters: { Identity: joiner.upn },
    }),
    provisioning(kit, {
      at: start + 7 * MINUTE,
      operation: 'Set-Mailbox',
      object: joiner.mailboxGuid,
      parameters: { Identity: joiner.mailboxGuid, MailboxPlan: 'ExchangeOnlineEnterprise' },
    }),
    exchange(start + 20 * MINUTE, 'Set-MailboxRegionalConfiguration', {
      Identity: joiner.upn,
      Language: 'en-GB',
      TimeZone: 'GMT Standard Time',
    }),
    exchange(start + 22 * MINUTE, 'Add-DistributionGroupMember', {
      Identity: 'Sales desk',
      Member: joiner.upn,
    }),
  ]
  return [
    ...made.map(record => happens('Audit.AzureActiveDirectory', record)),
    ...mailbox.map(record => happens('Audit.Exchange', record)),
  ]
}

/** The team's mailboxes: opened to the new colleague, who may also write in their names. */
function rights(month: Month, day: Day, n: number): Occurrence[] {
  const { joiner } = month.cast
  const { at, exchange } = adminOn(month, day, n, 'rights')
  const start = at(9, 40)
  return joiner.delegateOf.flatMap(({ upn }, i) => [
    happens(
      'Audit.Exchange',
      exchange(start + i * MINUTE, 'Add-MailboxPermission', {
        Identity: upn,
        User: joiner.upn,
        AccessRights: 'FullAccess',
        InheritanceType: 'All',
      }),
    ),
    happens(
      'Audit.Exchange',
      exchange(start + i * MINUTE, 'Add-RecipientPermission', {
        Identity: upn,
        Trustee: joiner.upn,
        AccessRights: 'SendAs',
        Confirm: 'False',
      }),
    ),
  ])
}

function firstMorning(month: Month, day: Day): Occurrence[] {
  const { joiner } = month.cast
  const kit = day.kit('first-morning')
  const at = day.midnight + 6 * HOUR + 40 * MINUTE
  const password = directoryChange(kit, {
    at,
    operation: 'Change user password',
    by: joiner,
    target: userNames(joiner),
    category: 'User',
  })
  return [
    happens('Audit.AzureActiveDirectory', password),
    // The laptop at once, the phone in the afternoon, for use from the next morning on.
    ...month
      .devices(joiner)
      .flatMap((device, i) => enrolled(day, joiner, device, at + 4 * MINUTE + i * 8 * HOUR)),
  ]
}
