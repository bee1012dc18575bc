import { MINUTE, SECOND } from '../../clock.ts'
import { APPS, type RecordKit, signIn } from '../../records/index.ts'
import type { Day } from '../day.ts'
import type { Person } from '../firm.ts'
import { happens, type Occurrence } from '../scenario.ts'
import type { Moment } from './moments.ts'
import { accessOf, type Month } from './month.ts'
import type { Kind } from './places.ts'

/** An application asks for a new token after about so long, and each time leaves a record. */
const RENEWAL = 150 * MINUTE

/** Sign-ins of a person's day: before the first look on each device, and whenever a token has run out. */
export function logIns(
  month: Month,
  day: Day,
  person: Person,
  n: number,
  moments: readonly Moment[],
): Occurrence[] {
  const kit = day.kit(`sign-ins/${person.upn}`)
  const signedIn = (time: number, kind: Kind, what: Attempt = {}) =>
    attempt(kit, month, day, person, n, { time, kind }, what)
  return (['desk', 'phone'] as const).flatMap(kind => {
    const times = moments.filter(moment => moment.kind === kind).map(({ time }) => time)
    const [first] = times
    if (first === undefined) return []
    const start = first - kit.random.int(8, 40) * SECOND
    const mistyped = kit.random.chance(0.03) ? signedIn(start - 40 * SECOND, kind, { failed: true }) : []
    if (kind === 'phone') return [...mistyped, ...signedIn(start, kind)]
    let last = first
    const renewals = times.filter(time => {
      if (time - last < RENEWAL) return false
      last = time
      return true
    })
    return [
      ...mistyped,
      ...signedIn(start, kind),
      ...signedIn(start + 3 * SECOND, kind, { applicationId: APPS.teams }),
      ...renewals.flatMap(time => signedIn(time - 5 * SECOND, kind)),
    ]
  })
}

interface Attempt {
  readonly applicationId?: string
  readonly failed?: boolean
}

function attempt(
  kit: RecordKit,
  month: Month,
  day: Day,
  person: Person,
  n: number,
  { time, kind }: Moment,
  what: Attempt,
): Occurrence[] {
  const access = accessOf(month, day, person, n, time, kind)
  if (access === undefined) return []
  const { at, ip, device, login } = access
  const { applicationId, userAgent, os, browser } = device
  const input = { at, person, ip, applicationId, userAgent, os, browser, device: device.id }
  return [happens('Audit.AzureActiveDirectory', signIn(kit, { ...input, session: login.session, ...what }))]
}

/** From where strangers try passwords of everybody on the internet. */
const STRANGERS = ['2001:db8:bad:1::9', '2001:db8:bad:7::31', '2001:db8:bad:2c::4']

/** Guessed passwords, a few on most days, all of them wrong: no tenant is without. */
export function guesses(_: Month, day: Day): Occurrence[] {
  const kit = day.kit('guesses')
  const { random } = kit
  return Array.from({ length: random.int(0, 6) }, () =>
    happens(
      'Audit.AzureActiveDirectory',
      signIn(kit, {
        at: day.midnight + random.int(0, 86_399) * SECOND,
        person: random.pick(day.firm.people),
        ip: random.pick(STRANGERS),
        applicationId: APPS.exchangeOnline,
        userAgent: 'BAV2ROPC',
        os: 'Windows',
        browser: 'Other',
        session: random.guid(),
        failed: true,
      }),
    ),
  )
}
