import { DAY } from '../../clock.ts'
import type { Person } from '../firm.ts'
import type { Stage } from './cast.ts'

/** Days of the month, from 0. November 2026 begins on a Sunday. */
export const DAYS = 30
export const FIRST_DAY = Date.UTC(2026, 10, 1)

/** Day of the month on which something in the story happens, from 0. */
export const WHEN = {
  crmConsent: 1,
  accountMade: 4,
  joins: 8,
  firstAway: [8, 14],
  forwards: 11,
  secondAway: [15, 21],
  trip: [16, 18],
  newClient: 16,
  newPhone: 17,
  consent: 18,
  group: 3,
  secondGroup: 18,
  list: 22,
  newLaptop: 23,
  passwords: 23,
  disclaimer: 23,
  search: 24,
  teamRights: 25,
  leaves: 26,
} as const

const inside = ([from, to]: readonly [number, number], n: number) => n >= from && n <= to

export const isWeekend = (n: number) => [0, 6].includes(new Date(FIRST_DAY + n * DAY).getUTCDay())

export type Presence = 'works' | 'free' | 'travels' | 'holiday' | 'gone'

/** What somebody does on a day. Two in a hundred working days are lost to a cold. */
export function presence({ cast, luck }: Stage, person: Person, n: number): Presence {
  if (person.index === cast.joiner.index && n < WHEN.joins) return 'gone'
  if (person.index === cast.leaver.index && n >= WHEN.leaves) return 'gone'
  if (person.index === cast.firstAway.index && inside(WHEN.firstAway, n)) return 'holiday'
  if (person.index === cast.secondAway.index && inside(WHEN.secondAway, n)) return 'holiday'
  if (person.index === cast.traveller.index && inside(WHEN.trip, n)) return 'travels'
  if (isWeekend(n)) return 'free'
  const named = Object.values(cast).some(other => 'index' in other && other.index === person.index)
  return !named && luck('cold', person.index, n) < 0.02 ? 'free' : 'works'
}

/** Of those who have a desk in the office every third works from home on one day of the week. */
export function isHome(person: Person, n: number): boolean {
  if (person.place === 'home') return true
  return person.index % 3 === 1 && (FIRST_DAY / DAY + n) % 7 === person.index % 5
}
