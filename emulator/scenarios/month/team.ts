import { SECOND } from '../../clock.ts'
import {
  type Access,
  type AuditRecord,
  appointment,
  bind,
  entryId,
  INBOX,
  type Mailbox,
  type Message,
  type RecordKit,
  sendFor,
} from '../../records/index.ts'
import { isAtWork, newMessage, SLOT, SLOTS } from '../day.ts'
import type { Person } from '../firm.ts'
import { happens } from '../scenario.ts'
import { presence, WHEN } from './calendar.ts'
import { makeInbox } from './inbox.ts'
import type { Life } from './life.ts'
import { accessOf, type Month } from './month.ts'

const SUBJECTS = ['Your order', 'Re: delivery date', 'Re: brochure', 'Your quote']

/** Colleagues in shared mailboxes, who share one pile; the boss's assistant; the manager of somebody who left. */
export function makeTeam(month: Month): Life {
  const { cast, firm } = month
  const shared = new Map(firm.sharedMailboxes.map(mailbox => [mailbox.upn, makeInbox(month.mail, mailbox)]))
  const bosses = new Map(
    [cast.boss, firm.people[1], cast.leaver].flatMap(person =>
      person === undefined ? [] : [[person.upn, makeInbox(month.mail, person)] as const],
    ),
  )
  const workers = [...firm.people, cast.joiner]
  return (day, n) => {
    const kit = day.kit('team')
    const inboxes = new Map([...shared, ...bosses])
    for (const inbox of inboxes.values()) inbox.fill(kit.random, n)
    return SLOTS.flatMap(slot =>
      workers.flatMap(person =>
        worksIn(month, person, n).flatMap(mailbox => {
          const isShared = shared.has(mailbox.upn)
          if (!isAtWork(person, slot) || !kit.random.chance(isShared ? 0.5 : 0.3)) return []
          const time = slot + kit.random.int(0, SLOT / SECOND - 1) * SECOND
          const found = accessOf(month, day, person, n, time, 'desk')
          const inbox = inboxes.get(mailbox.upn)
          if (found === undefined || inbox === undefined) return []
          const access = { ...found, mailbox, reader: { kind: 'delegate', person } as const }
          const opened = inbox.open(kit.random, time, kit.random.int(1, 4))
          return asDelegate(kit, access, opened, isShared).map(record => happens('Audit.Exchange', record))
        }),
      ),
    )
  }
}

function worksIn(month: Month, person: Person, n: number): readonly Mailbox[] {
  const does = presence(month, person, n)
  if (does !== 'works') return []
  const { leaver, manager } = month.cast
  const inherited = person.index === manager.index && n >= WHEN.leaves ? [leaver] : []
  return [...person.delegateOf, ...inherited]
}

function asDelegate(
  kit: RecordKit,
  access: Access,
  opened: readonly Message[],
  isShared: boolean,
): AuditRecord[] {
  const { random } = kit
  const at = access.at + random.int(20, 90) * SECOND
  const written = { ...access, at, message: newMessage(kit), subject: random.pick(SUBJECTS) }
  return [
    ...(opened.length > 0 ? [bind(kit, { ...access, folders: [{ folder: INBOX, messages: opened }] })] : []),
    ...(random.chance(0.3) ? [sendFor(kit, isShared ? 'SendAs' : 'SendOnBehalf', written)] : []),
    ...(!isShared && random.chance(0.3)
      ? [appointment(kit, { ...access, operation: 'Update', id: entryId(kit), subject: 'Board meeting' })]
      : []),
  ]
}
