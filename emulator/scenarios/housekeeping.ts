import { HOUR, MINUTE, SECOND } from '../clock.ts'
import {
  type AuditRecord,
  addMailboxRule,
  configureGroupMailbox,
  entryId,
  modifyFolderPermissions,
  newInboxRule,
  OUTLOOK_CLASSIC,
  OWA,
  provisioning,
  type RecordKit,
  restampedMailboxRule,
  webMailboxRule,
} from '../records/index.ts'
import { type Day, deskIp } from './day.ts'
import type { Person } from './firm.ts'
import { happens, type Occurrence } from './scenario.ts'

/** What Microsoft's servers write about mailboxes on any day: nobody in the firm did any of it. */
export function provisioningNoise(day: Day): Occurrence[] {
  const kit = day.kit('provisioning')
  return [...settingsNoise(day, kit), ...groupMade(day, kit, 'Plot 14')]
}

/** Settings that change by themselves, thirty mailboxes a day. */
export function settingsNoise(day: Day, kit: RecordKit, mailboxes = 30): Occurrence[] {
  const { random } = kit
  const at = () => day.midnight + random.int(8 * HOUR, 17 * HOUR)
  const changed = random.sample(day.firm.people, mailboxes).map(({ mailboxGuid }) =>
    provisioning(kit, {
      at: at(),
      operation: 'Set-Mailbox',
      object: mailboxGuid,
      parameters: { Identity: mailboxGuid, Force: 'True', ...random.pick(SETTINGS) },
    }),
  )
  const discovery = provisioning(kit, {
    at: at(),
    operation: 'Add-MailboxPermission',
    object: DISCOVERY,
    parameters: { Identity: DISCOVERY, User: 'Discovery Management', AccessRights: 'FullAccess' },
  })
  return exchange([...changed, discovery])
}

/** Somebody makes a group, and Exchange a mailbox for it. */
export function groupMade(day: Day, kit: RecordKit, name: string): Occurrence[] {
  const { random } = kit
  const group = {
    name,
    upn: `${name.toLowerCase().replace(/\W/g, '')}@${day.firm.domains[0]}`,
    mailboxGuid: random.guid(),
    sid: 'S-1-5-21-1708537768-1000000014-725345543-14',
    puid: `10032${random.hex(11).toUpperCase()}`,
  }
  const created = day.midnight + 10 * HOUR + 21 * MINUTE
  const permissions = (['Member', 'Owner', 'Member'] as const).map((member, i) =>
    configureGroupMailbox(kit, { at: created + i * SECOND, group, ip: day.serviceIp(5), member }),
  )
  return exchange(permissions)
}

const SETTINGS: readonly Readonly<Record<string, string>>[] = [
  { DefaultPublicFolderMailbox: '' },
  { ProhibitSendQuota: '49.5 GB (53,150,220,288 bytes)' },
  { RecipientLimits: '500' },
  { MailboxPlan: 'ExchangeOnlineEnterprise' },
]
const DISCOVERY = 'DiscoverySearchMailbox{D919BA05-46A6-415f-80AD-7E09334BB852}'

/** Honest inbox rules in all their shapes, and what looks like rules but is Outlook stamping its rule set anew. */
export function honestRules(day: Day): Occurrence[] {
  const kit = day.kit('rules')
  const [, newsletters, invoices, cover, desktop, web, restamping] = day.firm.people
  if (!newsletters || !invoices || !cover || !desktop || !web || !restamping) return []
  const time = (hours: number, minutes: number) => day.midnight + hours * HOUR + minutes * MINUTE
  const cmdlet = (at: number, person: Person, rule: Record<string, string> & { Name: string }) =>
    newInboxRule(kit, { at, mailbox: person, ip: deskIp(person), session: kit.random.guid(), rule })
  const access = (at: number, person: Person, client = OUTLOOK_CLASSIC) => ({
    at,
    mailbox: person,
    client,
    ip: deskIp(person),
  })
  return exchange([
    cmdlet(time(9, 24), newsletters, {
      Name: 'Newsletters',
      FromAddressContainsWords: 'news@timberweekly.example',
      MoveToFolder: 'Newsletters',
    }),
    cmdlet(time(11, 2), invoices, {
      Name: 'Supplier paperwork',
      SubjectContainsWords: 'statement;delivery note',
      MoveToFolder: 'Suppliers',
      MarkAsRead: 'True',
    }),
    cmdlet(time(16, 41), cover, {
      Name: 'Out on Friday',
      ForwardTo: newsletters.upn,
      StopProcessingRules: 'True',
    }),
    addMailboxRule(kit, {
      ...access(time(10, 12), desktop),
      name: 'Site photos',
      condition: 'SenderSearchKey equal to SMTP:CAMERA@BIRCHWOOD.EXAMPLE',
      actions: [{ ActionType: 'Move', DestinationFolderId: entryId(kit), FolderIsInThisStore: 'True' }],
    }),
    webMailboxRule(kit, {
      ...access(time(13, 33), web, OWA),
      name: 'Rota',
      operation: 'Create',
      action: 'MoveToFolderAction',
    }),
    ...Array.from({ length: 24 }, (_, i) =>
      restampedMailboxRule(kit, access(time(9, 5) + Math.floor(i / 8) * SECOND, restamping)),
    ),
  ])
}

/** Outlook on the web shares every holiday calendar with everyone, at free/busy level. */
export function holidayCalendars(day: Day): Occurrence[] {
  const kit = day.kit('calendars')
  return exchange(
    kit.random.sample(day.firm.people, 6).map(person =>
      modifyFolderPermissions(kit, {
        at: day.midnight + kit.random.int(9 * 60, 16 * 60) * MINUTE,
        mailbox: person,
        client: OWA,
        ip: deskIp(person),
        folder: { path: '\\Calendar\\Holidays', name: 'Holidays' },
        member: { upn: 'Everyone', sid: 'S-1-1-0' },
        rights: kit.random.pick(['None', 'FreeBusySimple']),
      }),
    ),
  )
}

const exchange = (records: readonly AuditRecord[]) => records.map(record => happens('Audit.Exchange', record))
