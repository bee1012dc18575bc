import { DAY } from '../../clock.ts'
import { DEFAULT_TENANT_ID } from '../../options.ts'
import { makeRandom } from '../../random.ts'
import { type Day, makeDay } from '../day.ts'
import type { Person } from '../firm.ts'
import { microsoftIp } from '../networks.ts'
import { FIRST_DAY } from './calendar.ts'
import { type Stage, stageOf } from './cast.ts'
import { type Device, devicesOf, inUse, loginOf } from './devices.ts'
import { type MailFlow, makeMailFlow } from './mail-flow.ts'
import { addressOf, type Kind } from './places.ts'

/** What everything in the month is made from. */
export interface Month extends Stage {
  readonly mail: MailFlow
  devices(person: Person): readonly Device[]
  /** A day by its number, from 0. Its randomness is its own. */
  day(n: number): Day
}

export function makeMonth({ seed = 1, tenantId = DEFAULT_TENANT_ID } = {}): Month {
  const random = makeRandom(seed)
  const stage = stageOf(seed, random, tenantId)
  const known = new Map<number, readonly Device[]>()
  return {
    ...stage,
    mail: makeMailFlow(random),
    day: n => makeDay(random.fork(`day/${n}`), stage.firm, FIRST_DAY + n * DAY, microsoftIp),
    devices: person => {
      const devices = known.get(person.index) ?? devicesOf(stage, person)
      known.set(person.index, devices)
      return devices
    },
  }
}

/** What every record of somebody's program has in common, at a time of day in milliseconds. */
export function accessOf(month: Month, day: Day, person: Person, n: number, time: number, kind: Kind) {
  const device = inUse(month.devices(person), kind, n)
  if (device === undefined) return undefined
  return {
    at: day.midnight + time,
    client: device.client,
    ip: addressOf(month, person, n, time, kind),
    login: loginOf(month, device, n),
    device,
  }
}
