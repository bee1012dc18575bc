import { tenantFacts } from '../../core/pipeline/tenant-domains.ts'

/** The tenant of the tests, without all that the chain needs besides. */
export const TENANT = 't'
export const facts = tenantFacts(TENANT, new Set(), true)
