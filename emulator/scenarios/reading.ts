import { MINUTE, SECOND } from '../clock.ts'
import {
  bind,
  type Folder,
  INBOX,
  type Message,
  moveToDeletedItems,
  OUTLOOK_CLASSIC,
  type RecordKit,
  SENT,
  send,
  sync,
} from '../records/index.ts'
import { type Day, deskIp, isAtWork, newMessage, phoneIp, SLOT, SLOTS } from './day.ts'
import type { Person } from './firm.ts'
import { happens, type Occurrence } from './scenario.ts'

const SUBJECTS = [
  'Staircase, plot 14',
  'Re: delivery on Thursday',
  'Oak or ash?',
  'Site meeting notes',
  'Holiday rota',
  'Quote for the window seats',
]
/** Folder names are in the owner's language: nobody finds "Inbox" by its text. */
const FRENCH_INBOX: Folder = { path: '\\Boîte de réception', name: 'Boîte de réception' }
const PROJECTS: Folder = { path: '\\Projects', name: 'Projects' }

const inboxOf = (person: Person) => (person.index % 10 === 4 ? FRENCH_INBOX : INBOX)

/** Everyone's own mail: reading at the desk and on the phone, Outlook syncing, sending and tidying up. */
export function ownMail(day: Day): Occurrence[] {
  return day.firm.people.flatMap(person => {
    const kit = day.kit(`mail/${person.upn}`)
    const sessions = { desk: kit.random.guid(), phone: kit.random.guid() }
    return SLOTS.flatMap((slot, n) => {
      const at = () => day.midnight + slot + kit.random.int(0, SLOT / SECOND - 1) * SECOND
      const working = isAtWork(person, slot)
      const syncs = working && person.desktop === OUTLOOK_CLASSIC
      return [
        ...(working ? atTheDesk(kit, person, sessions.desk, at) : []),
        ...(syncs && n % 3 === person.index % 3 ? syncing(kit, person, sessions.desk, at()) : []),
        ...onThePhone(kit, person, sessions.phone, slot, at),
      ]
    })
  })
}

function atTheDesk(kit: RecordKit, person: Person, session: string, at: () => number): Occurrence[] {
  const { random } = kit
  const seen: Message[] = []
  const access = () => ({
    at: at(),
    mailbox: person,
    client: person.desktop,
    ip: deskIp(person),
    session,
  })
  const readings = Array.from({ length: random.int(1, 4) }, () => {
    const messages = Array.from({ length: random.int(1, 4) }, () => newMessage(kit))
    seen.push(...messages)
    const filed = random.chance(0.15) ? [{ folder: PROJECTS, messages: [newMessage(kit)] }] : []
    return bind(kit, { ...access(), folders: [{ folder: inboxOf(person), messages }, ...filed] })
  })
  const written = random.chance(0.25)
    ? [
        send(kit, {
          ...access(),
          message: newMessage(kit),
          subject: random.pick(SUBJECTS),
          ...(random.chance(0.2) ? { attachments: 'Drawing (rev 2).pdf (184213b)' } : {}),
        }),
      ]
    : []
  const removed = random.chance(0.25)
    ? [moveToDeletedItems(kit, { ...access(), messages: seen.slice(0, 2), subject: random.pick(SUBJECTS) })]
    : []
  return [...readings, ...written, ...removed].map(record => happens('Audit.Exchange', record))
}

/** One record per folder, a few within a second; the same folder is not logged again for an hour. */
function syncing(kit: RecordKit, person: Person, session: string, at: number): Occurrence[] {
  if (!kit.random.chance(0.8)) return []
  const access = { mailbox: person, client: OUTLOOK_CLASSIC, ip: deskIp(person), session }
  return [inboxOf(person), SENT, PROJECTS].map((folder, i) =>
    happens('Audit.Exchange', sync(kit, { ...access, at: at + Math.floor(i / 2) * SECOND, folder })),
  )
}

function onThePhone(
  kit: RecordKit,
  person: Person,
  session: string,
  slot: number,
  at: () => number,
): Occurrence[] {
  const client = person.phone
  if (!client || !kit.random.chance(0.3)) return []
  const when = at()
  const messages = Array.from({ length: kit.random.int(1, 3) }, () => newMessage(kit))
  // Whoever arrives in the middle of a slot has been on the way at its start.
  const ip = phoneIp(person, slot + 5 * MINUTE)
  const record = bind(kit, {
    at: when,
    mailbox: person,
    client,
    ip,
    session,
    folders: [{ folder: inboxOf(person), messages }],
  })
  // The case of a name is no identity: some front ends write it as it was typed when the account was made.
  const capitalised = person.upn.replace(/\b[a-z]/g, letter => letter.toUpperCase())
  return [
    happens('Audit.Exchange', person.index === 8 ? { ...record, MailboxOwnerUPN: capitalised } : record),
  ]
}
