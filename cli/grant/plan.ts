import { PERMISSIONS, type Permission, RESOURCES } from '../../core/permissions.ts'
import type { Directory, Principal } from './directory.ts'

/** What is to be done about one permission. */
export type Step = { readonly permission: Permission } & (
  | { readonly state: 'granted' }
  /** Granting takes this role of this resource. */
  | { readonly state: 'missing'; readonly resource: Principal; readonly role: string }
  /** The resource has no service principal in this tenant. */
  | { readonly state: 'no-resource' }
  | { readonly state: 'not-offered' }
)

/** The required permission, and the optional ones that somebody asked for. Ids are looked up, as the tenant has them. */
export async function planGrants(
  directory: Directory,
  principal: string,
  wanted: ReadonlySet<string>,
): Promise<Step[]> {
  const granted = await directory.assignments(principal)
  const resources = new Map<string, Principal | undefined>()
  const steps: Step[] = []
  for (const permission of PERMISSIONS) {
    if (permission.need === 'optional' && !wanted.has(permission.value)) continue
    const { appId } = RESOURCES[permission.resource]
    if (!resources.has(appId)) resources.set(appId, await directory.find('appId', appId))
    const resource = resources.get(appId)
    const role = resource?.roles.get(permission.value)
    if (resource === undefined) steps.push({ permission, state: 'no-resource' })
    else if (role === undefined) steps.push({ permission, state: 'not-offered' })
    else {
      const has = granted.some(one => one.resourceId === resource.id && one.appRoleId === role)
      steps.push(has ? { permission, state: 'granted' } : { permission, state: 'missing', resource, role })
    }
  }
  return steps
}
