import { MINUTE, SECOND } from '../../clock.ts'
import { deviceNames, directoryChange, type Principal, userNames } from '../../records/index.ts'
import type { Day } from '../day.ts'
import type { Person } from '../firm.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { WHEN } from './calendar.ts'
import type { Device } from './devices.ts'
import type { Month } from './month.ts'

const REGISTRATION: Principal = {
  name: 'Device Registration Service',
  appId: '01cb2876-7ebd-4aa4-9cc9-d28bd4d359a9',
  objectId: '6b1c2f0e-5a57-4c0b-9d43-0e7f3a1c9b22',
}

/** A device is made known to the directory; a phone becomes somebody's second factor as well. */
export function enrolled(day: Day, person: Person, device: Device, at: number): Occurrence[] {
  const kit = day.kit(`enrolled/${device.id}`)
  const target = deviceNames(device.name, device.id)
  const known = ['Add device', 'Add registered owner to device', 'Add registered users to device'].map(
    (operation, i) =>
      directoryChange(kit, {
        at: at + i * SECOND,
        operation,
        by: i === 0 ? REGISTRATION : person,
        target: i === 0 ? target : userNames(person),
        category: 'Device',
        changes: i === 0 ? {} : { 'Device.DisplayName': ['', `"${device.name}"`] },
      }),
  )
  const factor = [
    { operation: 'User registered security info', changes: {} },
    {
      operation: 'Update user',
      changes: {
        StrongAuthenticationPhoneAppDetail: ['[]', `[{"DeviceName": "${device.name}"}]`],
        'Included Updated Properties': ['', 'StrongAuthenticationPhoneAppDetail'],
      },
    },
  ] as const
  const registered = factor.map(({ operation, changes }, i) =>
    directoryChange(kit, {
      at: at + 2 * MINUTE + i * SECOND,
      operation,
      by: person,
      target: userNames(person),
      category: 'User',
      changes,
    }),
  )
  return [...known, ...(device.kind === 'phone' ? registered : [])].map(record =>
    happens('Audit.AzureActiveDirectory', record),
  )
}

/** A new phone, and a new laptop: both replace one that worked until the day before. */
export function newDevices(month: Month, day: Day, n: number): Occurrence[] {
  const { newPhone, newLaptop } = month.cast
  return [
    { person: newPhone, since: WHEN.newPhone },
    { person: newLaptop, since: WHEN.newLaptop },
  ].flatMap(({ person, since }) =>
    n === since
      ? month
          .devices(person)
          .filter(device => device.since === since)
          .flatMap(device => enrolled(day, person, device, day.midnight + 6.2 * 60 * MINUTE))
      : [],
  )
}
