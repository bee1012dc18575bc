import { MINUTE } from '../../clock.ts'
import type { Day } from '../day.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { adminOn, written } from './admin.ts'
import { WHEN } from './calendar.ts'
import { searchForLostMail } from './lost-mail.ts'
import type { Month } from './month.ts'

/** The administrator's week: a bit of everything, on the days that `WHEN` says. */
export function adminWeek(month: Month, day: Day, n: number): Occurrence[] {
  return [
    ...(n === WHEN.list ? list(month, day, n) : []),
    ...(n === WHEN.passwords ? passwords(month, day, n) : []),
    ...(n === WHEN.disclaimer ? disclaimer(month, day, n) : []),
    ...(n === WHEN.search ? searchForLostMail(month, day, n) : []),
    ...(n === WHEN.teamRights ? teamRights(month, day, n) : []),
  ]
}

/** People who forgot their passwords; they work in a browser, so a new session comes by itself. */
const FORGETFUL = [29, 39]

function passwords(month: Month, day: Day, n: number): Occurrence[] {
  const { at, directory } = adminOn(month, day, n, 'passwords')
  return FORGETFUL.flatMap(index => month.firm.people[index] ?? []).flatMap((person, i) => {
    const when = at(8, 31 + 9 * i)
    return [
      directory(when, 'Reset user password', person, 'User'),
      directory(when, 'Update user', person, 'User', {
        'Included Updated Properties': ['', 'ForceChangePassword'],
      }),
    ].map(record => happens('Audit.AzureActiveDirectory', record))
  })
}

function list(month: Month, day: Day, n: number): Occurrence[] {
  const { at, exchange, directory } = adminOn(month, day, n, 'list')
  const start = at(10, 20)
  const list = `snagging@${month.firm.domains[0]}`
  const members = month.cast.team.slice(0, 4)
  const quota = month.cast.newLaptop
  return [
    exchange(start, 'New-DistributionGroup', {
      Name: 'Snagging',
      PrimarySmtpAddress: list,
      Type: 'Distribution',
    }),
    ...members.map(({ upn }, i) =>
      exchange(start + (2 + i) * MINUTE, 'Add-DistributionGroupMember', { Identity: list, Member: upn }),
    ),
    exchange(start + 50 * MINUTE, 'Set-Mailbox', {
      Identity: quota.upn,
      ProhibitSendQuota: '99 GB',
      IssueWarningQuota: '98 GB',
    }),
    exchange(start + 55 * MINUTE, 'Enable-Mailbox', { Identity: quota.upn, Archive: 'True' }),
  ]
    .map(record => happens('Audit.Exchange', record))
    .concat(
      [quota, month.cast.traveller].map((person, i) =>
        happens(
          'Audit.AzureActiveDirectory',
          directory(start + (60 + i) * MINUTE, 'Change user license', person, 'User', {
            AssignedLicense: [
              written('[SkuName=SPB, DisabledPlans=[]]'),
              written('[SkuName=SPE_E3, DisabledPlans=[]]'),
            ],
          }),
        ),
      ),
    )
}

/** The disclaimer under outgoing mail gets the firm's new address. */
function disclaimer(month: Month, day: Day, n: number): Occurrence[] {
  const { at, exchange } = adminOn(month, day, n, 'disclaimer')
  return [
    happens(
      'Audit.Exchange',
      exchange(at(15, 12), 'Set-TransportRule', {
        Identity: 'Company disclaimer',
        ApplyHtmlDisclaimerText: '<p>Birchwood Ltd, 4 Mill Lane. Registered in England.</p>',
        ApplyHtmlDisclaimerLocation: 'Append',
        ApplyHtmlDisclaimerFallbackAction: 'Wrap',
      }),
    ),
  ]
}

/** Two people help out with orders from now on, one of the old hands no longer does. */
function teamRights(month: Month, day: Day, n: number): Occurrence[] {
  const { at, exchange } = adminOn(month, day, n, 'team-rights')
  const start = at(14, 25)
  const orders = month.firm.sharedMailboxes.find(({ upn }) => upn.startsWith('orders@'))?.upn ?? ''
  const [, first, second, third] = month.cast.team
  return [
    ...[first, second].flatMap((person, i) =>
      person === undefined
        ? []
        : [
            exchange(start + i * MINUTE, 'Add-MailboxPermission', {
              Identity: orders,
              User: person.upn,
              AccessRights: 'FullAccess',
              InheritanceType: 'All',
            }),
            exchange(start + i * MINUTE, 'Add-RecipientPermission', {
              Identity: orders,
              Trustee: person.upn,
              AccessRights: 'SendAs',
              Confirm: 'False',
            }),
          ],
    ),
    exchange(start + 4 * MINUTE, 'Remove-MailboxPermission', {
      Identity: orders,
      User: third?.upn ?? '',
      AccessRights: 'FullAccess',
    }),
    exchange(start + 9 * MINUTE, 'Add-MailboxFolderPermission', {
      Identity: `${orders}:\\Calendar`,
      User: first?.upn ?? '',
      AccessRights: 'Editor',
    }),
  ].map(record => happens('Audit.Exchange', record))
}
