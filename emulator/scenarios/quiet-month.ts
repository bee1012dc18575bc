import { DAY } from '../clock.ts'
import type { AuditRecord } from '../records/index.ts'
import type { Day } from './day.ts'
import type { Firm } from './firm.ts'
import { adminWeek } from './month/admin-week.ts'
import { appsLetIn } from './month/apps.ts'
import { DAYS, FIRST_DAY, isWeekend } from './month/calendar.ts'
import { newDevices } from './month/enrolment.ts'
import { beforeHolidays } from './month/holidays.ts'
import { joining } from './month/joiner.ts'
import { leaving } from './month/leaver.ts'
import { type Life, makeLife } from './month/life.ts'
import { guesses } from './month/log-ins.ts'
import { type Month, makeMonth } from './month/month.ts'
import { housekeeping, officeWork } from './month/noise.ts'
import { forwardInside, rulesMade } from './month/rules.ts'
import { crmRuns, nightlyBackup } from './month/services.ts'
import { makeTeam } from './month/team.ts'
import { type Truth, truthOf } from './month/truth.ts'
import type { Occurrence } from './scenario.ts'
import { microsoftServices } from './shared-mail.ts'

/** What an honest administrator of the firm would have told the product about it. Plain data. */
export interface Declarations {
  readonly internalDomains: readonly string[]
  readonly trustedApps: readonly { readonly appId: string; readonly name: string; readonly reason: string }[]
  /** CIDR */
  readonly trustedNetworks: readonly string[]
}

export interface QuietMonth {
  readonly name: 'quiet-month'
  readonly about: string
  readonly tenant: Firm
  /** Midnight UTC of the first day. */
  readonly firstDay: number
  readonly days: number
  readonly declared: Declarations
  readonly truth: Truth
  /** A day by its number, from 0: what other scenarios take place on. */
  day(n: number): Day
  /** Everything that happened, in order of time. Each call tells the same month from its beginning. */
  occurrences(): Generator<Occurrence>
  records(): Generator<AuditRecord>
}

/** Thirty days of the quiet day's firm, in which a lot goes on and nobody takes anything. */
export function quietMonth(options: { seed?: number; tenantId?: string } = {}): QuietMonth {
  const month = makeMonth(options)
  const { crm, backup } = month.cast
  return {
    name: 'quiet-month',
    about:
      'November 2026 in a firm of fifty: somebody comes, somebody leaves, two are on holiday, one travels; an administrator’s ' +
      'week, a CRM, a nightly backup, a sales desk. Nothing to find.',
    tenant: month.firm,
    firstDay: FIRST_DAY,
    days: DAYS,
    declared: {
      internalDomains: month.firm.domains,
      trustedApps: [
        { ...crm, reason: 'reads sales, orders and accounts' },
        { ...backup, reason: 'copies every mailbox each night' },
      ].map(({ appId, name, reason }) => ({ appId, name, reason })),
      trustedNetworks: [month.firm.officeNetwork],
    },
    truth: truthOf(month),
    day: month.day,
    occurrences: () => told(makeMonth(options)),
    *records() {
      for (const { record } of told(makeMonth(options))) yield record
    },
  }
}

function* told(month: Month): Generator<Occurrence> {
  const everybody = [...month.firm.people, month.cast.joiner]
  const lives: readonly Life[] = [...everybody.map(person => makeLife(month, person)), makeTeam(month)]
  // Those who read mail over midnight are few, but the next day's first records must not come before their last.
  let late: Occurrence[] = []
  for (let n = 0; n < DAYS; n++) {
    const day = month.day(n)
    const all = [
      ...late,
      ...lives.flatMap(life => life(day, n)),
      ...STORIES.flatMap(story => story(month, day, n)),
    ]
    const midnight = day.midnight + DAY
    late = all.filter(({ at }) => at >= midnight)
    yield* all.filter(({ at }) => at < midnight).sort((a, b) => a.at - b.at)
  }
  yield* late.sort((a, b) => a.at - b.at)
}

type Story = (month: Month, day: Day, n: number) => Occurrence[]

/** On weekends the services find little to do. */
const services: Story = (_, day, n) => {
  const visits = microsoftServices(day)
  return isWeekend(n) ? visits.filter((_visit, i) => i % 4 === 0) : visits
}

const STORIES: readonly Story[] = [
  nightlyBackup,
  crmRuns,
  services,
  officeWork,
  housekeeping,
  guesses,
  appsLetIn,
  joining,
  leaving,
  newDevices,
  beforeHolidays,
  rulesMade,
  forwardInside,
  adminWeek,
]
