import { HOUR, MINUTE } from '../../clock.ts'
import {
  type AuditRecord,
  addMailboxRule,
  entryId,
  microsoftAlert,
  newInboxRule,
  type RecordKit,
  webMailboxRule,
} from '../../records/index.ts'
import type { Day } from '../day.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { WHEN } from './calendar.ts'
import { accessOf, type Month } from './month.ts'

type Rule = Readonly<Record<string, string>> & { readonly Name: string }
type Access = NonNullable<ReturnType<typeof accessOf>> & { readonly mailbox: Month['cast']['boss'] }
type Make = (kit: RecordKit, access: Access) => AuditRecord

const onTheWeb =
  (rule: Rule): Make =>
  (kit, { at, ip, login, mailbox }) =>
    newInboxRule(kit, { at, ip, session: login.session, mailbox, rule })

/** Day of the month, person, rule: of the ordinary kind, in every shape that rules are recorded in. */
const MADE: readonly (readonly [n: number, index: number, make: Make])[] = [
  [
    2,
    9,
    onTheWeb({
      Name: 'Newsletters',
      FromAddressContainsWords: 'news@timberweekly.example',
      MoveToFolder: 'Newsletters',
    }),
  ],
  [
    4,
    23,
    onTheWeb({
      Name: 'Supplier paperwork',
      SubjectContainsWords: 'statement;delivery note',
      MoveToFolder: 'Suppliers',
      MarkAsRead: 'True',
    }),
  ],
  [
    5,
    11,
    (kit, access) =>
      addMailboxRule(kit, {
        ...access,
        name: 'Site photos',
        condition: 'SenderSearchKey equal to SMTP:CAMERA@BIRCHWOOD.EXAMPLE',
        actions: [{ ActionType: 'Move', DestinationFolderId: entryId(kit), FolderIsInThisStore: 'True' }],
      }),
  ],
  [
    10,
    14,
    (kit, access) =>
      webMailboxRule(kit, { ...access, name: 'Rota', operation: 'Create', action: 'MoveToFolderAction' }),
  ],
  [15, 2, onTheWeb({ Name: 'Plot 14', SubjectContainsWords: 'plot 14', ApplyCategory: 'Plot 14' })],
  [22, 41, onTheWeb({ Name: 'Boss first', From: 'amara.ashdown@birchwood.example', MarkImportance: 'High' })],
  [
    25,
    12,
    onTheWeb({
      Name: 'Trade news',
      FromAddressContainsWords: 'timberweekly.example;joinerytoday.example',
      MoveToFolder: 'Newsletters',
      StopProcessingRules: 'True',
    }),
  ],
]

export function rulesMade(month: Month, day: Day, n: number): Occurrence[] {
  const kit = day.kit('rules')
  return MADE.filter(([when]) => when === n)
    .flatMap(([, index, make]) => made(month, day, n, kit, index, make))
    .map(record => happens('Audit.Exchange', record))
}

function made(month: Month, day: Day, n: number, kit: RecordKit, index: number, make: Make): AuditRecord[] {
  const mailbox = month.firm.people[index]
  const access = mailbox && accessOf(month, day, mailbox, n, 10 * HOUR + 34 * MINUTE, 'desk')
  return access === undefined || mailbox === undefined ? [] : [make(kit, { ...access, mailbox })]
}

/** Orders go to a colleague as well, inside the firm; Microsoft has an alert for any rule that forwards. */
export function forwardInside(month: Month, day: Day, n: number): Occurrence[] {
  if (n !== WHEN.forwards) return []
  const kit = day.kit('forward')
  const { forwarder, team } = month.cast
  const rule = { Name: 'Orders to sales', SubjectContainsWords: 'order', ForwardTo: team[0]?.upn ?? '' }
  return made(month, day, n, kit, forwarder.index, onTheWeb(rule)).flatMap(record => [
    happens('Audit.Exchange', record),
    happens(
      'Audit.General',
      microsoftAlert(kit, {
        at: Date.parse(`${record.CreationTime}Z`) + 4 * MINUTE,
        name: 'Creation of forwarding/redirect rule',
        severity: 'Informational',
        about: forwarder.upn,
        operation: 'New-InboxRule',
      }),
    ),
  ])
}
