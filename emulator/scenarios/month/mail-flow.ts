import { HOUR, SECOND } from '../../clock.ts'
import type { Random } from '../../random.ts'
import type { Mailbox, Message } from '../../records/index.ts'
import { isWeekend } from './calendar.ts'

export interface Arrival {
  /** Milliseconds since midnight. */
  readonly at: number
  readonly message: Message
}

export interface MailFlow {
  /** What comes into a mailbox on a day, in order of time. */
  arrivals(mailbox: Mailbox, n: number): readonly Arrival[]
  /** What is written in a mailbox on a day. */
  written(mailbox: Mailbox, n: number): readonly Message[]
}

/** Days kept: the backup reads in the night what came the day before. */
const KEPT = 2

/** Mail of every mailbox: the same message whoever reads it, on whatever device. */
export function makeMailFlow(random: Random): MailFlow {
  const remember = <T>(make: (own: Random, mailbox: Mailbox, n: number) => T, name: string) => {
    const days = new Map<number, Map<string, T>>()
    return ({ ...mailbox }: Mailbox, n: number): T => {
      const day = days.get(n) ?? new Map<string, T>()
      if (!days.has(n)) {
        days.set(n, day)
        days.delete(n - KEPT)
      }
      const made = day.get(mailbox.upn) ?? make(random.fork(`${name}/${mailbox.upn}/${n}`), mailbox, n)
      day.set(mailbox.upn, made)
      return made
    }
  }
  const busy = (mailbox: Mailbox) => random.fork(`busy/${mailbox.upn}`).next()
  return {
    arrivals: remember((own, mailbox, n) => {
      const usual = (25 + 60 * busy(mailbox) ** 2) * (isWeekend(n) ? 0.12 : 0.7 + 0.6 * own.next())
      return Array.from({ length: Math.round(usual) }, () => arrivalOf(own)).sort((a, b) => a.at - b.at)
    }, 'arrivals'),
    written: remember((own, mailbox, n) => {
      const usual = isWeekend(n) ? 0.3 : 4 + 10 * busy(mailbox)
      return Array.from({ length: Math.round(usual * 2 * own.next()) }, () => messageOf(own))
    }, 'written'),
  }
}

/** Most mail comes in working hours, newsletters at night. */
function arrivalOf(own: Random): Arrival {
  const hours = own.chance(0.8) ? 7.5 + 10.5 * own.next() : 24 * own.next()
  return { at: Math.floor((hours * HOUR) / SECOND) * SECOND, message: messageOf(own) }
}

/** Most messages have some tens of kilobytes; one in eight carries a drawing or a photograph. */
function messageOf(own: Random): Message {
  const digits = own.hex(64)
  const text = 6_000 * 2 ** (4 * own.next() + own.next())
  return {
    id: `AAMkAG${digits.slice(0, 40)}`,
    internetMessageId: `<${digits.slice(40).toUpperCase()}@mx${own.int(1, 9)}.harbourline.example>`,
    sizeInBytes: Math.round(text + (own.chance(0.12) ? 150_000 * 2 ** (5 * own.next()) : 0)),
  }
}
