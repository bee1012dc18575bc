import {
  APPS,
  type Client,
  type Login,
  OUTLOOK_ANDROID,
  OUTLOOK_CLASSIC,
  OUTLOOK_IOS,
  OUTLOOK_NEW,
} from '../../records/index.ts'
import type { Person } from '../firm.ts'
import { WHEN } from './calendar.ts'
import type { Stage } from './cast.ts'
import type { Kind } from './places.ts'

export interface Device {
  readonly id: string
  readonly kind: Kind
  readonly name: string
  readonly client: Client
  /** What it signs in as and with. */
  readonly applicationId: string
  readonly userAgent: string
  readonly os: string
  readonly browser: string
  /** The day it is used from, 0 where it has always been there. */
  readonly since: number
}

const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'
const OFFICE = 'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Microsoft Outlook 16.0.18429)'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) PKeyAuth/1.0'
const PIXEL = 'Dalvik/2.1.0 (Linux; U; Android 16; Pixel 9 Build/BP2A.250805.005) PKeyAuth/1.0'

const PHONES = {
  ios: { client: OUTLOOK_IOS, userAgent: IPHONE, os: 'Ios 19.1', browser: 'Mobile Safari' },
  android: { client: OUTLOOK_ANDROID, userAgent: PIXEL, os: 'Android 16', browser: 'Chrome Mobile' },
} as const

const DESK = { kind: 'desk', os: 'Windows10', browser: 'Edge' } as const
const desk = (id: string, name: string, client: Client, since: number): Device => ({
  ...DESK,
  id,
  name,
  client,
  since,
  applicationId:
    client === OUTLOOK_CLASSIC ? APPS.office : client === OUTLOOK_NEW ? APPS.outlook : APPS.exchangeOnline,
  userAgent: client === OUTLOOK_CLASSIC ? OFFICE : EDGE,
})

/** Everything somebody has in the month, in the order it came. */
export function devicesOf({ cast, random }: Stage, person: Person): readonly Device[] {
  const ids = random.fork(`devices/${person.upn}`)
  const initials = person.name.replace(/[^A-Z]/g, '')
  const first = desk(ids.guid(), `BW-${initials}${person.index}`, person.desktop, 0)
  const phone = (which: keyof typeof PHONES, since: number): Device => ({
    ...PHONES[which],
    kind: 'phone',
    id: ids.guid(),
    name: which === 'ios' ? 'iPhone' : 'Pixel 9',
    applicationId: APPS.outlookMobile,
    since,
  })
  const has = (other: Person) => other.index === person.index
  return [
    first,
    ...(person.phone
      ? [phone(person.phone === OUTLOOK_IOS ? 'ios' : 'android', has(cast.joiner) ? WHEN.joins + 1 : 0)]
      : []),
    ...(has(cast.newPhone) ? [phone('android', WHEN.newPhone)] : []),
    ...(has(cast.newLaptop)
      ? [desk(ids.guid(), `BW-${initials}${person.index}-2`, person.desktop, WHEN.newLaptop)]
      : []),
    // The same machine, another program on it.
    ...(has(cast.newClient) ? [{ ...desk(first.id, first.name, OUTLOOK_NEW, WHEN.newClient) }] : []),
  ]
}

/** What is in use on a day. */
export const inUse = (devices: readonly Device[], kind: Kind, n: number) =>
  devices.filter(device => device.kind === kind && device.since <= n).at(-1)

/** The session on a device. A browser signs in every morning; Outlook and phones keep theirs for months. */
export function loginOf({ random }: Stage, { id, client }: Device, n: number): Login {
  const inBrowser = client !== OUTLOOK_CLASSIC && client.ClientInfoString.startsWith('Client=OWA')
  const session = random.fork(`session/${id}/${client.AppId}/${inBrowser ? n : ''}`).guid()
  return { session, device: id, token: random.fork(`token/${session}/${n}`).hex(22) }
}
