import { SECOND } from '../clock.ts'
import { APPS, fileActivity, type RecordKit, signIn, teamsActivity } from '../records/index.ts'
import { type Day, deskIp, SLOT, SLOTS } from './day.ts'
import type { Person } from './firm.ts'
import { happens, type Occurrence } from './scenario.ts'

const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'
const SITE = 'https://birchwood.sharepoint.example/sites/Projects/'
const FILES = ['Cutting list.xlsx', 'Plot 14 stairs.dwg', 'Rota.docx', 'Survey.pdf', 'Price book 2026.xlsx']

type Make = (kit: RecordKit, person: Person, at: number) => Occurrence

/** Steady work of a workload: between 24 and 40 records a slot, by anyone. */
const steady = (day: Day, name: string, make: Make): Occurrence[] => {
  const kit = day.kit(name)
  return SLOTS.flatMap(slot =>
    Array.from({ length: kit.random.int(24, 40) }, () => {
      const at = day.midnight + slot + kit.random.int(0, SLOT / SECOND - 1) * SECOND
      return make(kit, kit.random.pick(day.firm.people), at)
    }),
  )
}

/** Most sign-ins are applications taking a new token in the session of the day; one in forty is a mistyped password. */
export const signIns = (day: Day): Occurrence[] => {
  const { random } = day.kit('sessions')
  const sessions = new Map(day.firm.people.map(person => [person, random.guid()]))
  return steady(day, 'sign-ins', (kit, person, at) =>
    happens(
      'Audit.AzureActiveDirectory',
      signIn(kit, {
        at,
        person,
        ip: deskIp(person),
        applicationId: kit.random.pick([APPS.office, APPS.exchangeOnline, APPS.teams]),
        userAgent: EDGE,
        os: 'Windows10',
        browser: 'Edge',
        session: sessions.get(person) ?? random.guid(),
        failed: kit.random.chance(1 / 40),
      }),
    ),
  )
}

export const teamsNoise = (day: Day): Occurrence[] =>
  steady(day, 'teams', (kit, person, at) => {
    const operation = kit.random.pick(['MessageSent', 'TeamsSessionStarted', 'MeetingParticipantDetail'])
    const channel = operation === 'MessageSent' ? { team: 'Workshop', channel: 'General' } : {}
    return happens(
      'Audit.General',
      teamsActivity(kit, { at, person, operation, ip: deskIp(person), ...channel }),
    )
  })

export const fileNoise = (day: Day): Occurrence[] =>
  steady(day, 'files', (kit, person, at) =>
    happens(
      'Audit.SharePoint',
      fileActivity(kit, {
        at,
        person,
        operation: kit.random.pick(['FileAccessed', 'FileAccessed', 'FileModified', 'FilePreviewed']),
        ip: deskIp(person),
        site: SITE,
        path: 'Shared Documents',
        file: kit.random.pick(FILES),
      }),
    ),
  )
