import { HOUR, MINUTE } from '../../clock.ts'
import { isAtWork, OPENS } from '../day.ts'
import type { Person } from '../firm.ts'
import { OFFICE_IP } from '../networks.ts'
import { isHome, presence, WHEN } from './calendar.ts'
import type { Stage } from './cast.ts'

export type Kind = 'desk' | 'phone'

export const COMMUTE = 35 * MINUTE
export const comes = ({ index }: Person) => OPENS + (index % 5) * 30 * MINUTE
export const leaves = (person: Person) => comes(person) + 10 * HOUR

/** Where somebody's machine is at a time of day (milliseconds since midnight). */
export function addressOf(stage: Stage, person: Person, n: number, time: number, kind: Kind): string {
  const { index } = person
  const does = presence(stage, person, n)
  const isOut = stage.luck('out', index, n, Math.floor(time / HOUR)) < 0.35
  const carrier = () => carrierIp(stage, index, n, time)
  if (does === 'travels') {
    // The first morning goes by in a train, the laptop behind the phone.
    if (n === WHEN.trip[0] && time < 11 * HOUR) return carrier()
    if (time < 8 * HOUR || time >= 18 * HOUR) return hotelIp(stage, index, n)
    return kind === 'phone' ? carrier() : guestIp(stage, index, n)
  }
  if (does === 'holiday') return isOut ? carrier() : hotelIp(stage, index, n)
  if (does !== 'works' || isHome(person, n))
    return kind === 'phone' && isOut && time >= 10 * HOUR ? carrier() : homeIp(stage, index, n)
  if (kind === 'desk' || isAtWork(person, time)) return OFFICE_IP
  const [from, to] = [comes(person), leaves(person)]
  if (time >= from && time < to) return isOut ? carrier() : OFFICE_IP
  const onTheWay = (time >= from - COMMUTE && time < from) || (time >= to && time < to + COMMUTE)
  return onTheWay ? carrier() : homeIp(stage, index, n)
}

const hex = (value: number) => value.toString(16)

/** Privacy extensions: a machine gives itself another address in its network every day. */
const host = ({ luck }: Stage, ...question: readonly number[]) =>
  hex(1 + Math.floor(0xfffe * luck('host', ...question)))

/** Days of the month on which some providers hand out another address or prefix, as they please. */
const RENEWALS = [9, 19]
const renewed = (n: number) => RENEWALS.filter(day => day <= n).length

/** Every sixth line has IPv4 alone, with an address that the provider changes; the others a prefix of their own. */
function homeIp(stage: Stage, index: number, n: number): string {
  if (index % 6 === 4) return `198.51.100.${100 + ((index * 7 + renewed(n) * 31) % 140)}`
  const prefix = index % 7 === 2 ? renewed(n) * 0x100 : 0
  return `2001:db8:40:${hex(index + 1 + prefix)}::${host(stage, index, n)}`
}

/** A phone gets another /64 of the carrier's pool whenever it loses its cell for a moment. */
function carrierIp(stage: Stage, index: number, n: number, time: number): string {
  const attached = Math.floor(time / (12 * MINUTE))
  const network = hex(Math.floor(0xffff * stage.luck('carrier', index, n, attached)))
  return `2001:db8:${hex(0xc00 + (index % 4))}:${network}::${host(stage, index, n, attached)}`
}

const hotelIp = (stage: Stage, index: number, n: number) =>
  `2001:db8:70:${hex(index + 1)}::${host(stage, index, n)}`
const guestIp = (stage: Stage, index: number, n: number) =>
  `2001:db8:71:${hex(index + 1)}::${host(stage, index, n)}`
