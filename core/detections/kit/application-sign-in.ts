import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { actors, described } from './entra.ts'
import { valueNamed } from './name-values.ts'
import { personalNetwork } from './places.ts'
import { isExchange, isMailResource } from './sign-in-apps.ts'
import { signInPlace } from './sign-in-context.ts'

/**
 * Whose days tell whether an application is new. Neither the tenant's days do nor those of `app:<id>`, which are of mail as well:
 * the feed of sign-ins may begin long after the others, and not everything is new then.
 */
const ALL = 'application sign-ins'

/**
 * Measures under the application, its credential and its place: `exchange`, `graph`, `federated`; sign-ins elsewhere make
 * both known and are nothing else. A token for Exchange opens nothing but mail and its settings, so whoever gets one holds
 * mail permissions, and it counts for `graph` as well; one for Graph opens what was granted, which no sign-in tells. Under
 * all applications: `first-exchange`, `first-graph`.
 */
export function applicationSignIns(
  record: AuditRecord<'ServicePrincipalLoggedIn'>,
  tenant: TenantFacts,
): readonly Signal[] {
  const { app, api, body, succeeded } = record
  if (!succeeded || app === undefined || tenant.isTrustedApp(app, record.address)) return []
  const { credential, isFederated } = proofOf(body.ExtendedProperties)
  const place = placeOf(record, tenant)
  const key = [app, app, credential, ...(place === undefined ? [] : [place])] as const
  const first = [ALL, app] as const
  const note = `"${described(actors(body)).name?.slice(0, 60) ?? 'without a name'}"`
  const says = (measures: readonly string[], at: Signal['key'] = key) =>
    measures.map(measure => ({ key: at, measure, note }))
  if (!isMailResource(api)) return says(['elsewhere'])
  const federated = isFederated ? ['federated'] : []
  return isExchange(api)
    ? [...says(['exchange', 'graph', ...federated]), ...says(['first-exchange', 'first-graph'], first)]
    : [...says(['graph', ...federated]), ...says(['first-graph'], first)]
}

/** The secret, certificate or foreign token it proved itself with; `none` where Entra does not name it. */
function proofOf(properties: unknown) {
  const federated = valueNamed(properties, 'FederatedCredentialId')
  const credential = federated ?? valueNamed(properties, 'ServicePrincipalCredentialKeyId') ?? 'none'
  return { credential: credential.slice(0, 60), isFederated: federated !== undefined }
}

/** `AS64500` where Graph tells it: addresses of a data centre change from call to call. Else the network. */
function placeOf(record: AuditRecord, tenant: TenantFacts): string | undefined {
  if (record.address !== undefined && tenant.isTrustedNetwork(record.address)) return undefined
  return signInPlace(record.body.ExtendedProperties).provider ?? personalNetwork(record, tenant)
}
