import { HOUR, MINUTE } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Message, RecordKit } from '../records/index.ts'
import type { Firm, Person } from './firm.ts'
import { carrierIp, homeIp, OFFICE_IP, serviceIp } from './networks.ts'

/** The firm is awake from 07:00 to 19:00 UTC, in thirty slots; a slot's records travel together. */
export const OPENS = 7 * HOUR
export const CLOSES = 19 * HOUR
export const SLOT = 24 * MINUTE

export const SLOTS = Array.from({ length: (CLOSES - OPENS) / SLOT }, (_, i) => OPENS + i * SLOT)

/** What the generators share. Each takes its own fork of the randomness, so that one can change alone. */
export interface Day {
  readonly midnight: number
  readonly firm: Firm
  readonly random: Random
  /** Where services and Graph applications read from. */
  serviceIp(n: number): string
  kit(name: string): RecordKit
}

export function makeDay(
  random: Random,
  firm: Firm,
  midnight: number,
  ipOfService: (n: number) => string = serviceIp,
): Day {
  const { tenantId: organizationId, organizationName } = firm
  return {
    midnight,
    firm,
    random,
    serviceIp: ipOfService,
    kit: name => ({ random: random.fork(`ids/${name}`), organizationId, organizationName }),
  }
}

export const newMessage = ({ random }: RecordKit): Message => ({
  id: `AAMkAG${random.hex(40)}`,
  internetMessageId: `<${random.hex(24).toUpperCase()}@mx${random.int(1, 4)}.harbourline.example>`,
  sizeInBytes: random.int(4_000, 250_000),
})

/** Early birds come at 7, late ones leave at 19; everyone is there in between, minus lunch. */
export function isAtWork(person: Person, timeOfDay: number): boolean {
  const comes = OPENS + (person.index % 5) * 30 * MINUTE
  const lunch = 12 * HOUR + (person.index % 4) * 20 * MINUTE
  if (timeOfDay >= lunch && timeOfDay < lunch + 30 * MINUTE) return false
  return timeOfDay >= comes && timeOfDay < comes + 10 * HOUR
}

export const deskIp = (person: Person) => (person.place === 'home' ? homeIp(person.index) : OFFICE_IP)

/** A phone is on the carrier's network on the way, and on the same network as the desk otherwise. */
export function phoneIp(person: Person, timeOfDay: number): string {
  const commuting = person.place === 'office' && !isAtWork(person, timeOfDay)
  return commuting ? carrierIp(person.index) : deskIp(person)
}
