import { makeRandom } from '../random.ts'
import { type Day, makeDay } from './day.ts'
import { deliver } from './delivery.ts'
import { directoryChanges } from './directory.ts'
import { makeFirm } from './firm.ts'
import { holidayCalendars, honestRules, provisioningNoise } from './housekeeping.ts'
import { fileNoise, signIns, teamsNoise } from './other-workloads.ts'
import { ownMail } from './reading.ts'
import { defaults, type Occurrence, type Scenario, type ScenarioOptions } from './scenario.ts'
import { crmApp, delegates, microsoftServices } from './shared-mail.ts'

/** What happens on any working day. */
export const background = (day: Day): Occurrence[] =>
  [
    ownMail,
    delegates,
    crmApp,
    microsoftServices,
    provisioningNoise,
    honestRules,
    holidayCalendars,
    signIns,
    directoryChanges,
    teamsNoise,
    fileNoise,
  ].flatMap(part => part(day))

export function dayOf(options: ScenarioOptions): Day {
  const { seed, day, tenantId } = defaults(options)
  const random = makeRandom(seed)
  return makeDay(random, makeFirm(random.fork('firm'), tenantId), day)
}

export function quietDay(options: ScenarioOptions = {}): Scenario {
  const day = dayOf(options)
  return {
    name: 'quiet-day',
    about:
      'A working day of fifty people: reading, syncing, delegates, a CRM app, Microsoft’s own services. Nothing to find.',
    tenant: day.firm,
    timeline: deliver(day.random.fork('delivery'), day.midnight, background(day)),
    expected: [],
  }
}
