import type { CloudName } from '../feeds/management/clouds.ts'
import { isObject, json, text } from '../model/values.ts'
import { exchange } from '../net/exchange.ts'
import type { TenantCloud } from './observation.ts'

/** What the sign-in document calls the clouds that share an authority with others. */
const SUB_SCOPES: ReadonlyMap<string, CloudName> = new Map([
  ['GCC', 'gcc'],
  ['DODCON', 'gcc-high'],
  ['DOD', 'dod'],
])

/**
 * The cloud of a tenant, from its public sign-in document: no sign-in is needed, and the audit feed itself says the same of a
 * wrong cloud as of auditing that is off. Authorities are asked in turn; each knows its own tenants only. Throws where none
 * could be asked.
 */
export async function findCloud(
  tenant: string,
  authorities: readonly string[],
  signal: AbortSignal,
): Promise<TenantCloud> {
  for (const authority of authorities) {
    const url = `${authority}/${tenant}/v2.0/.well-known/openid-configuration`
    const options = { signal, timeoutMs: 15_000, maxBytes: 64 * 1024 }
    const { body, status } = await exchange({ method: 'GET', url }, options)
    const document = json(body)
    if (status === 200 && isObject(document)) return cloudOf(document)
    if (status !== 400 && status !== 404) throw new Error(`${URL.parse(authority)?.host} answered ${status}`)
  }
  return 'absent'
}

export function cloudOf(document: Readonly<Record<string, unknown>>): TenantCloud {
  const instance = text(document.cloud_instance_name) ?? ''
  const part = text(document.tenant_region_sub_scope)
  const region = [text(document.tenant_region_scope), part, instance].filter(Boolean).join(', ')
  const known = part === undefined ? undefined : SUB_SCOPES.get(part.toUpperCase())
  if (known !== undefined) return { cloud: known, region }
  if (/(^|\.)microsoftonline\.us$/i.test(instance)) return { cloud: 'gcc-high', region }
  return { cloud: /(^|\.)microsoftonline\.com$/i.test(instance) ? 'worldwide' : undefined, region }
}
