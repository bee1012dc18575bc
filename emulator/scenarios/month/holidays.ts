import { HOUR, MINUTE } from '../../clock.ts'
import { appointment, cmdlet, entryId, objectPath } from '../../records/index.ts'
import type { Day } from '../day.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { WHEN } from './calendar.ts'
import { accessOf, type Month } from './month.ts'

/** On the last working day before a week away: an automatic reply, and the week in the calendar. */
export function beforeHolidays(month: Month, day: Day, n: number): Occurrence[] {
  const { firstAway, secondAway } = month.cast
  return [
    { person: firstAway, from: WHEN.firstAway[0] },
    { person: secondAway, from: WHEN.secondAway[0] },
  ].flatMap(({ person, from }) => {
    const lastFriday = from - 3
    const access = accessOf(month, day, person, n, 15 * HOUR + 48 * MINUTE, 'desk')
    if (n !== lastFriday || access === undefined) return []
    const kit = day.kit(`holiday/${person.upn}`)
    const { at, ip, login } = access
    return [
      cmdlet(kit, {
        at,
        ip,
        session: login.session,
        operation: 'Set-MailboxAutoReplyConfiguration',
        userId: person.upn,
        userKey: person.puid,
        objectId: objectPath(kit, person.mailboxGuid),
        parameters: {
          Identity: person.upn,
          AutoReplyState: 'Scheduled',
          ExternalAudience: 'Known',
          InternalMessage: 'Back in a week.',
          ExternalMessage: 'Back in a week.',
        },
      }),
      appointment(kit, {
        ...access,
        mailbox: person,
        at: at + 5 * MINUTE,
        operation: 'Create',
        id: entryId(kit),
        subject: 'Away',
      }),
    ].map(record => happens('Audit.Exchange', record))
  })
}
