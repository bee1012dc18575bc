import type { ContentBlob } from '../content.ts'
import { graphEntries } from '../graph/entries.ts'
import { graphUsers, plantedRules } from '../graph/from-scenario.ts'
import type { AuditRecord } from '../records/index.ts'
import type { Tenant } from '../tenant.ts'
import { quietDay } from './quiet-day.ts'
import type { Scenario, ScenarioOptions } from './scenario.ts'
import { takeover } from './takeover.ts'
import { directoryOf } from './tenant-directory.ts'

export const SCENARIOS: Readonly<Record<string, (options?: ScenarioOptions) => Scenario>> = {
  'quiet-day': quietDay,
  takeover,
}

/** Throws when there is no scenario of this name, and names those there are. */
export function makeScenario(name: string, options?: ScenarioOptions): Scenario {
  const make = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined
  if (!make)
    throw new Error(`There is no scenario "${name}"; there are ${Object.keys(SCENARIOS).join(' and ')}.`)
  return make(options)
}

/**
 * Publishes the whole day ahead; each blob shows itself when the tenant's clock comes to it. Graph's logs have the same
 * sign-ins and changes of the directory, an hour earlier, and its mailboxes the rules as soon as they are made.
 */
export function playScenario(tenant: Tenant, scenario: Scenario): ContentBlob[] {
  if (tenant.tenantId !== scenario.tenant.tenantId) {
    throw new Error(
      `The scenario is about tenant ${scenario.tenant.tenantId}, and this one is ${tenant.tenantId}: give both the same tenantId.`,
    )
  }
  tenant.setDirectory(directoryOf(scenario.tenant))
  // A record that the Management API repeats in a later blob is one event, and in Graph one entry.
  const directory = scenario.timeline.filter(
    ({ contentType }) => contentType === 'Audit.AzureActiveDirectory',
  )
  const records = directory.flatMap(blob => blob.records as readonly AuditRecord[])
  const events = new Map(records.map(record => [record.Id, record]))
  tenant.publishGraph([...events.values()].flatMap(graphEntries))
  tenant.mailboxes.addUsers(graphUsers(scenario.tenant))
  for (const planted of plantedRules(scenario)) tenant.mailboxes.plant(planted)
  return tenant.publishAll(scenario.timeline)
}
