export { type ActivityArchive, makeActivityArchive } from './activity/archive.ts'
export { type ActivityEntry, activityEntry, type GraphCall } from './activity/entry.ts'
export type { BlobAudit, ClientAudit } from './audit.ts'
export * from './clock.ts'
export {
  CONTENT_TYPES,
  type ContentBlob,
  type ContentType,
  type PublishOptions,
  type TimelineEntry,
} from './content.ts'
export type { Aim, Fault, FaultSchedule, RequestKind } from './faults.ts'
export type { Directory } from './graph/directory.ts'
export { type GraphEntry, type GraphLog, graphEntries } from './graph/entries.ts'

export type { GrantOffice, ServicePrincipal } from './graph/grant-office.ts'
export type { HuntingEvent } from './graph/hunting.ts'
export type { GraphUser, Mailboxes, PlantedRule } from './graph/mailboxes.ts'
export { type ApplicationSignIn, applicationSignIn, publishedAgain } from './graph/sign-ins.ts'
export { OWN_APP } from './identity.ts'
export { DEFAULT_TENANT_ID, type Role, type TenantOptions } from './options.ts'
export { makeRandom, type Random } from './random.ts'
export * as records from './records/index.ts'
export type { Firm, Person, ServiceAccount } from './scenarios/firm.ts'
export { networkOf } from './scenarios/networks.ts'
export { makeScenario, playScenario, SCENARIOS } from './scenarios/play.ts'
export { quietDay } from './scenarios/quiet-day.ts'
export { type Declarations, type QuietMonth, quietMonth } from './scenarios/quiet-month.ts'
export type { DetectionId, Expectation, Occurrence, Scenario, ScenarioOptions } from './scenarios/scenario.ts'
export { attackOn, takeover } from './scenarios/takeover.ts'
export type { Card, WebhookDelivery } from './sinks.ts'
export { type StorageRefusal, startRefusingStorage } from './storage-refusal.ts'
export { startTenant, type Tenant } from './tenant.ts'
