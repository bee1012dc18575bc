import type { Graph, GraphQuery } from '../../core/feeds/graph/transport.ts'
import { guidIn } from '../../core/feeds/graph/wire.ts'
import { isObject, list, text } from '../../core/model/values.ts'
import { PERMISSIONS } from '../../core/permissions.ts'
import { plain } from '../../core/sinks/text.ts'

/** A service principal of the tenant, with what it offers. */
export interface Principal {
  readonly id: string
  readonly appId: string
  readonly name: string
  readonly kind: string | undefined
  /** Application permissions by name. */
  readonly roles: ReadonlyMap<string, string>
}

export interface Assignment {
  readonly resourceId: string
  readonly appRoleId: string
}

/** What granting needs of the directory. Throws `FeedError`. */
export interface Directory {
  /** By object id or by application id. */
  find(property: 'id' | 'appId', value: string): Promise<Principal | undefined>
  assignments(principal: string): Promise<Assignment[]>
  create(appId: string): Promise<void>
  assign(principal: string, assignment: Assignment): Promise<void>
}

/** No page of assignments is that long; a link that never ends must not hold us. */
const MAX_PAGES = 50

export function makeDirectory(graph: Graph, signal: AbortSignal): Directory {
  const query = (what: string, path: string, more: Partial<GraphQuery> = {}): GraphQuery => ({
    ...{ family: 'directory', version: 'v1.0', path },
    subject: { what, permission: PERMISSIONS[0]?.value ?? '' },
    ...more,
  })
  const post = (what: string, path: string, body: Readonly<Record<string, unknown>>) =>
    graph.object(query(what, path, { body }), { signal, retries: 0 })

  return {
    async find(property, value) {
      const filter = `${property} eq '${value}'`
      const select = 'id,appId,displayName,servicePrincipalType,appRoles'
      const { entries } = await graph.page(query('applications', '/servicePrincipals', { filter, select }), {
        signal,
      })
      return principalOf(entries[0])
    },

    async assignments(principal) {
      const asked = query('granted permissions', `/servicePrincipals/${principal}/appRoleAssignments`)
      const found: Assignment[] = []
      let page = await graph.page(asked, { signal })
      for (let pages = 1; ; pages++) {
        found.push(...page.entries.flatMap(assignmentOf))
        if (page.next === undefined || pages === MAX_PAGES) return found
        page = await graph.follow(page.next, asked, { signal })
      }
    },

    async create(appId) {
      await post('applications', '/servicePrincipals', { appId })
    },

    async assign(principal, { appRoleId, resourceId }) {
      const path = `/servicePrincipals/${principal}/appRoleAssignments`
      await post('granted permissions', path, { principalId: principal, resourceId, appRoleId })
    },
  }
}

/** Ids go into commands that an administrator copies into a shell, and names onto the terminal. */
function principalOf(entry: unknown): Principal | undefined {
  if (!isObject(entry)) return undefined
  const [id, appId] = [guidIn(entry.id), guidIn(entry.appId)]
  if (id === undefined || appId === undefined) return undefined
  const roles = list(entry.appRoles).flatMap((role): [string, string][] => {
    if (!isObject(role) || !list(role.allowedMemberTypes).includes('Application')) return []
    const [value, roleId] = [text(role.value), guidIn(role.id)]
    return value === undefined || roleId === undefined ? [] : [[value, roleId]]
  })
  return {
    ...{ id, appId, name: plain(text(entry.displayName) ?? appId), kind: text(entry.servicePrincipalType) },
    roles: new Map(roles),
  }
}

function assignmentOf(entry: unknown): Assignment[] {
  if (!isObject(entry)) return []
  const [resourceId, appRoleId] = [guidIn(entry.resourceId), guidIn(entry.appRoleId)]
  return resourceId === undefined || appRoleId === undefined ? [] : [{ resourceId, appRoleId }]
}
