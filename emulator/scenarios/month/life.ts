import { SECOND } from '../../clock.ts'
import {
  type Access,
  type AuditRecord,
  appointment,
  bind,
  entryId,
  INBOX,
  type Message,
  moveToDeletedItems,
  type RecordKit,
  send,
} from '../../records/index.ts'
import type { Day } from '../day.ts'
import type { Person } from '../firm.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { presence } from './calendar.ts'
import { makeInbox } from './inbox.ts'
import { logIns } from './log-ins.ts'
import { momentsOf } from './moments.ts'
import { accessOf, type Month } from './month.ts'
import { syncing } from './syncing.ts'

/** What somebody does in his own mailbox on the days of the month, which must come one after the other. */
export type Life = (day: Day, n: number) => Occurrence[]

const SUBJECTS = [
  'Staircase, plot 14',
  'Re: delivery on Thursday',
  'Oak or ash?',
  'Site meeting',
  'Re: quote',
]

export function makeLife(month: Month, person: Person): Life {
  const inbox = makeInbox(month.mail, person)
  return (day, n) => {
    const does = presence(month, person, n)
    if (does === 'gone') return []
    const kit = day.kit(`life/${person.upn}`)
    inbox.fill(kit.random, n)
    const moments = momentsOf(kit.random, person, does, inbox.waiting)
    const letters = spread(month.mail.written(person, n), moments.length)
    const looked = moments.flatMap(({ time, kind }, i): AuditRecord[] => {
      const access = accessOf(month, day, person, n, time, kind)
      if (access === undefined) return []
      const most = kit.random.int(1, kind === 'phone' ? 4 : inbox.waiting > 30 ? 14 : 8)
      const opened = inbox.open(kit.random, time, most)
      return atTheMail(kit, { ...access, mailbox: person }, opened, letters[i] ?? [])
    })
    return [
      ...looked.map(record => happens('Audit.Exchange', record)),
      ...logIns(month, day, person, n, moments),
      ...syncing(month, day, person, n, moments),
    ]
  }
}

/** Messages in equal heaps, one for each look. */
function spread(messages: readonly Message[], heaps: number): readonly (readonly Message[])[] {
  const until = (i: number) => Math.floor((i * messages.length) / heaps)
  return Array.from({ length: heaps }, (_, i) => messages.slice(until(i), until(i + 1)))
}

function atTheMail(
  kit: RecordKit,
  access: Access,
  opened: readonly Message[],
  letters: readonly Message[],
): AuditRecord[] {
  const { random } = kit
  const subject = () => random.pick(SUBJECTS)
  return [
    ...(opened.length > 0 ? [bind(kit, { ...access, folders: [{ folder: INBOX, messages: opened }] })] : []),
    ...letters.map((message, i) =>
      send(kit, { ...access, at: access.at + (30 + 40 * i) * SECOND, message, subject: subject() }),
    ),
    ...(opened.length > 1 && random.chance(0.2)
      ? [moveToDeletedItems(kit, { ...access, messages: opened.slice(0, 2), subject: subject() })]
      : []),
    ...(random.chance(0.04)
      ? [appointment(kit, { ...access, operation: 'Create', id: entryId(kit), subject: 'Site visit' })]
      : []),
  ]
}
