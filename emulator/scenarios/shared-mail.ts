import { HOUR, MINUTE, SECOND } from '../clock.ts'
import {
  APPS,
  attachmentAccess,
  bind,
  graphApplication,
  INBOX,
  type Mailbox,
  microsoftService,
} from '../records/index.ts'
import { type Day, deskIp, isAtWork, newMessage, SLOT, SLOTS } from './day.ts'
import { happens, type Occurrence } from './scenario.ts'

/** Colleagues in shared mailboxes and assistants in a director's: never more than two mailboxes each. */
export function delegates(day: Day): Occurrence[] {
  return day.firm.people.flatMap(person => {
    const kit = day.kit(`delegate/${person.upn}`)
    const session = kit.random.guid()
    return person.delegateOf.flatMap(mailbox =>
      SLOTS.filter(slot => isAtWork(person, slot) && kit.random.chance(0.35)).map(slot => {
        const messages = Array.from({ length: kit.random.int(1, 3) }, () => newMessage(kit))
        return happens(
          'Audit.Exchange',
          bind(kit, {
            at: day.midnight + slot + kit.random.int(0, SLOT / SECOND - 1) * SECOND,
            mailbox,
            reader: { kind: 'delegate', person },
            client: person.desktop,
            ip: deskIp(person),
            session,
            folders: [{ folder: INBOX, messages }],
          }),
        )
      }),
    )
  })
}

/** The one third-party app: three runs a day over its two mailboxes, through Graph, by itself. */
export function crmApp(day: Day): Occurrence[] {
  const kit = day.kit('crm')
  const [app] = day.firm.serviceAccounts
  if (!app) return []
  const mailboxes = day.firm.sharedMailboxes.filter(({ upn }) => app.mailboxes.includes(upn))
  return [7 * HOUR, 12 * HOUR, 18 * HOUR].flatMap(run =>
    mailboxes.flatMap((mailbox, i) => {
      const at = day.midnight + run + 10 * MINUTE + i * 20 * SECOND
      const messages = Array.from({ length: kit.random.int(5, 15) }, () => newMessage(kit))
      const access = {
        at,
        mailbox,
        reader: { kind: 'app', appId: app.appId },
        client: graphApplication(app.appId),
        ip: day.serviceIp(0),
      } as const
      return [
        bind(kit, { ...access, folders: [{ folder: INBOX, messages }] }),
        attachmentAccess(kit, { ...access, folder: INBOX, messages: messages.slice(0, 2) }),
      ].map(record => happens('Audit.Exchange', record))
    }),
  )
}

const SERVICES = [APPS.substrate, APPS.search, APPS.teamsServices]

/**
 * Microsoft's own services walk through mailboxes without anyone asking: at most two in an hour and about ten
 * in a day each, which is what was seen in real tenants. They name the owner as user, and no ClientAppId.
 */
export function microsoftServices(day: Day): Occurrence[] {
  return SERVICES.flatMap((appId, service) => {
    const kit = day.kit(`service/${appId}`)
    const visited: readonly Mailbox[] = kit.random.sample(day.firm.people, 10)
    return visited.map((mailbox, visit) => {
      const at =
        day.midnight + (8 * 60 + visit * 55 + service * 11) * MINUTE + kit.random.int(0, 300) * SECOND
      const messages = Array.from({ length: kit.random.int(1, 6) }, () => newMessage(kit))
      return happens(
        'Audit.Exchange',
        bind(kit, {
          at,
          mailbox,
          client: microsoftService(appId),
          ip: day.serviceIp(visit),
          folders: [{ folder: INBOX, messages }],
        }),
      )
    })
  })
}
