import { HOUR, MINUTE, SECOND } from '../../clock.ts'
import {
  attachmentAccess,
  bind,
  graphApplication,
  INBOX,
  type Mailbox,
  type Message,
  type Principal,
  SENT,
} from '../../records/index.ts'
import type { Day } from '../day.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { isWeekend, WHEN } from './calendar.ts'
import type { Month } from './month.ts'

const appAccess = ({ appId }: Principal) =>
  ({ reader: { kind: 'app', appId }, client: graphApplication(appId) }) as const

/** Every night from 01:10 on, what came and was written the day before, in every mailbox of the firm. */
export function nightlyBackup({ cast, firm, mail }: Month, day: Day, n: number): Occurrence[] {
  const kit = day.kit('backup')
  const mailboxes = n > WHEN.joins ? [...firm.people, cast.joiner] : firm.people
  return mailboxes.map((mailbox, i) => {
    const at = day.midnight + HOUR + 10 * MINUTE + i * 150 * SECOND + kit.random.int(0, 60) * SECOND
    const messages = mail.arrivals(mailbox, n - 1).map(({ message }) => message)
    const folders = [
      { folder: INBOX, messages },
      { folder: SENT, messages: mail.written(mailbox, n - 1) },
    ]
    return happens(
      'Audit.Exchange',
      bind(kit, { ...appAccess(cast.backup), at, mailbox, ip: day.serviceIp(i), folders }),
    )
  })
}

/** The CRM looks into its mailboxes every hour while people work, and twice a day otherwise. */
export function crmRuns({ cast, firm, mail }: Month, day: Day, n: number): Occurrence[] {
  const kit = day.kit('crm-runs')
  const [app] = firm.serviceAccounts
  const hours = isWeekend(n) ? [8, 18] : Array.from({ length: 13 }, (_, i) => 7 + i)
  const mailboxes = firm.sharedMailboxes.filter(({ upn }) => app?.mailboxes.includes(upn))
  return hours.flatMap((hour, run) =>
    mailboxes.flatMap((mailbox: Mailbox, i) => {
      const since = (hours[run - 1] ?? 0) * HOUR
      const messages: readonly Message[] = mail
        .arrivals(mailbox, n)
        .filter(({ at }) => at >= since && at < hour * HOUR)
        .map(({ message }) => message)
      if (messages.length === 0) return []
      const at = day.midnight + hour * HOUR + (5 + i) * MINUTE + kit.random.int(0, 40) * SECOND
      const access = { ...appAccess(cast.crm), at, mailbox, ip: day.serviceIp(run) }
      const withFiles = messages.filter(({ sizeInBytes }) => sizeInBytes > 150_000)
      return [
        bind(kit, { ...access, folders: [{ folder: INBOX, messages }] }),
        ...(withFiles.length > 0
          ? [attachmentAccess(kit, { ...access, folder: INBOX, messages: withFiles })]
          : []),
      ].map(record => happens('Audit.Exchange', record))
    }),
  )
}
