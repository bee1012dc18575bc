import { SECOND } from '../../clock.ts'
import {
  fileActivity,
  modifyFolderPermissions,
  OWA,
  restampedMailboxRule,
  teamsActivity,
} from '../../records/index.ts'
import { type Day, isAtWork, SLOT, SLOTS } from '../day.ts'
import type { Person } from '../firm.ts'
import { groupMade, settingsNoise } from '../housekeeping.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { isWeekend, presence, WHEN } from './calendar.ts'
import { accessOf, type Month } from './month.ts'

const SITE = 'https://birchwood.sharepoint.example/sites/Projects/'
const FILES = ['Cutting list.xlsx', 'Plot 14 stairs.dwg', 'Rota.docx', 'Survey.pdf', 'Price book 2026.xlsx']
const CHATS = ['MessageSent', 'MessageSent', 'TeamsSessionStarted', 'MeetingParticipantDetail']
const VIEWS = ['FileAccessed', 'FileAccessed', 'FileModified', 'FilePreviewed']

/** Teams and files, which fill the feeds and have nothing to do with mail. */
export function officeWork(month: Month, day: Day, n: number): Occurrence[] {
  const kit = day.kit('office-work')
  const { random } = kit
  const there = day.firm.people.filter(person => presence(month, person, n) === 'works')
  return there.flatMap(person =>
    SLOTS.filter(slot => isAtWork(person, slot)).flatMap(slot => {
      const time = slot + random.int(0, SLOT / SECOND - 1) * SECOND
      const access = accessOf(month, day, person, n, time, 'desk')
      if (access === undefined) return []
      const common = { at: access.at, person, ip: access.ip }
      return [
        ...(random.chance(0.2)
          ? [happens('Audit.General', teamsActivity(kit, { ...common, operation: random.pick(CHATS) }))]
          : []),
        ...(random.chance(0.2)
          ? [
              happens(
                'Audit.SharePoint',
                fileActivity(kit, {
                  ...common,
                  operation: random.pick(VIEWS),
                  site: SITE,
                  path: 'Shared Documents',
                  file: random.pick(FILES),
                }),
              ),
            ]
          : []),
      ]
    }),
  )
}

/** What Microsoft's servers and Outlook write on their own account. */
export function housekeeping(month: Month, day: Day, n: number): Occurrence[] {
  const kit = day.kit('housekeeping')
  const made = n === WHEN.group ? ['Plot 14'] : n === WHEN.secondGroup ? ['Plot 15 snagging'] : []
  return [
    ...settingsNoise(day, kit, isWeekend(n) ? 5 : 30),
    ...made.flatMap(name => groupMade(day, kit, name)),
    ...(isWeekend(n) ? [] : [...calendars(month, day, n), ...restamping(month, day, n)]),
  ]
}

/** Outlook on the web shares holiday calendars with everyone, at free/busy level. */
function calendars(month: Month, day: Day, n: number): Occurrence[] {
  const kit = day.kit('calendars')
  return some(month, day, n, 0.04).map(({ person, access }) =>
    happens(
      'Audit.Exchange',
      modifyFolderPermissions(kit, {
        ...access,
        mailbox: person,
        client: OWA,
        folder: { path: '\\Calendar\\Holidays', name: 'Holidays' },
        member: { upn: 'Everyone', sid: 'S-1-1-0' },
        rights: kit.random.pick(['None', 'FreeBusySimple']),
      }),
    ),
  )
}

/** Outlook stamps the rules of a mailbox anew, all within seconds, and says nothing of what they do. */
function restamping(month: Month, day: Day, n: number): Occurrence[] {
  const kit = day.kit('restamping')
  return some(month, day, n, 0.02).flatMap(({ person, access }) =>
    Array.from({ length: kit.random.int(8, 40) }, (_, i) =>
      happens(
        'Audit.Exchange',
        restampedMailboxRule(kit, {
          ...access,
          at: access.at + Math.floor(i / 12) * SECOND,
          mailbox: person,
        }),
      ),
    ),
  )
}

/** Some people at their desks, each at some time of his working day. */
function some(month: Month, day: Day, n: number, part: number) {
  const { random } = day.kit(`some/${part}`)
  const there = day.firm.people.filter(person => presence(month, person, n) === 'works')
  return there.flatMap((person: Person) => {
    if (!random.chance(part)) return []
    const time = random.pick(SLOTS.filter(slot => isAtWork(person, slot))) + random.int(0, 600) * SECOND
    const access = accessOf(month, day, person, n, time, 'desk')
    return access === undefined ? [] : [{ person, access }]
  })
}
