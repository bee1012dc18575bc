import type { Random } from '../../random.ts'
import type { Mailbox, Message } from '../../records/index.ts'
import type { Arrival, MailFlow } from './mail-flow.ts'

/** What waits in a mailbox, and what was read of it lately. */
export interface Inbox {
  /** Takes in what comes on a day. To be called for every day, also where nobody looks. */
  fill(random: Random, n: number): void
  /** What was waiting before the day. */
  readonly waiting: number
  /** Opens up to `most` waiting messages that were there at a time of the day, now and then an old one again. */
  open(random: Random, time: number, most: number): readonly Message[]
}

/** One in eight messages nobody ever opens. */
const IGNORED = 1 / 8

/** Old messages people go back to. */
const REMEMBERED = 40

export function makeInbox(mail: MailFlow, mailbox: Mailbox): Inbox {
  let older: readonly Message[] = []
  let today: readonly Arrival[] = []
  let opened: readonly Message[] = []
  return {
    get waiting() {
      return older.length
    },
    fill(random, n) {
      older = [...older, ...today.map(({ message }) => message)]
      today = mail.arrivals(mailbox, n).filter(() => !random.chance(IGNORED))
    },
    open(random, time, most) {
      const first = older.slice(0, most)
      older = older.slice(first.length)
      const arrived = today.filter(({ at }) => at <= time).slice(0, most - first.length)
      today = today.slice(arrived.length)
      const again = random.chance(0.25) ? random.sample(opened, random.int(1, 2)) : []
      const read = [...new Set([...first, ...arrived.map(({ message }) => message), ...again])]
      opened = [...read, ...opened].slice(0, REMEMBERED)
      return read
    },
  }
}
