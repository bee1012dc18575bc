import { newGrants, tokens } from '../../detections/kit/consent.ts'
import { directoryApp } from '../../detections/kit/directory-apps.ts'
import { isGrant, mailGranted } from '../../detections/kit/mail-grants.ts'
import { grantedRole, isMailScope, RESOURCES, scopeName } from '../../detections/kit/permissions.ts'
import type { Graph } from '../../feeds/graph/transport.ts'
import type { AuditRecord } from '../../model/audit-record.ts'
import type { Held, MailRight } from '../../model/tenant-context.ts'
import { HOUR } from '../../model/time.ts'
import { isObject, list, lower, text } from '../../model/values.ts'
import { entriesOf, guid, type Part, TOP } from './part.ts'
import { nameless, principals } from './principals.ts'

/** What a permission of Microsoft's looks like. Of other APIs' anybody chooses the names, and storage's keys are short. */
const isPermission = (name: string) => /^[\w.-]{1,60}$/.test(name)

const ROLE = 'Add app role assignment to service principal'

/** Rights on mail that need no user: what was handed out of the roles of Graph and Exchange. */
export function appRoles(graph: Graph, tenant: string): Part<'app-roles'> {
  const subject = {
    what: 'applications',
    permission: 'Application.Read.All',
    adds: 'which names applications on cards and shows rights on mail that no record told of',
  }
  const select = 'id,appId,appRoles'
  const filter = `appId in (${RESOURCES.map(id => `'${id}'`).join(',')})`
  const apis = { path: '/servicePrincipals', select, filter, subject }
  return {
    part: 'app-roles',
    what: 'rights of applications on everybody’s mail',
    every: 6 * HOUR,
    async read(signal) {
      const apps = await principals(graph, tenant, subject, signal)
      const found = new Map<string, MailRight>()
      for await (const api of entriesOf(graph, apis, signal)) {
        const resource = guid(api.id)
        if (resource === undefined) continue
        const values = new Map(
          list(api.appRoles).flatMap(role => (isObject(role) ? [[guid(role.id), text(role.value)]] : [])),
        )
        const path = `/servicePrincipals/${resource}/appRoleAssignedTo`
        for await (const given of entriesOf(graph, { path, top: TOP, subject }, signal)) {
          const [app, id] = [guid(given.principalId), guid(given.appRoleId)]
          const role = grantedRole({ id, value: values.get(id), resource: lower(api.appId) })
          const isApp = lower(given.principalType) === 'serviceprincipal'
          if (app === undefined || role === undefined || !isApp || !isPermission(role.name)) continue
          found.set(`${app}.app.${role.name}`, {
            app: apps.get(app) ?? nameless(app),
            permission: role.name,
            how: 'app',
            reach: role.reach,
          })
        }
      }
      return found
    },
    wants: record => (record.operation === ROLE ? grantSubject(record) : undefined),
    watch: { isExplained, observation },
  }
}

/** Rights on mail in the name of people: the scopes they, or an administrator for everybody, consented to. */
export function consents(graph: Graph, tenant: string): Part<'consents'> {
  const subject = {
    what: 'consents to applications',
    permission: 'Directory.Read.All',
    adds: 'which shows applications that people let into their mail, also where no record told of it',
  }
  return {
    part: 'consents',
    what: 'consents of people that let applications into mail',
    every: 6 * HOUR,
    async read(signal) {
      const apps = await principals(graph, tenant, subject, signal)
      const found = new Map<string, MailRight>()
      for await (const grant of entriesOf(
        graph,
        { path: '/oauth2PermissionGrants', top: TOP, subject },
        signal,
      )) {
        const app = guid(grant.clientId)
        if (app === undefined) continue
        const how = lower(grant.consentType) === 'allprincipals' ? 'everybody' : 'people'
        for (const scope of tokens(text(grant.scope)).filter(isMailScope).filter(isPermission))
          found.set(`${app}.${how}.${scope}`, {
            app: apps.get(app) ?? nameless(app),
            permission: scopeName(scope),
            how,
          })
      }
      return found
    },
    wants: record =>
      isGrant(record.operation) && record.operation !== ROLE ? grantSubject(record) : undefined,
    watch: { isExplained, observation },
  }
}

/** `<ids of the application> <its new rights>`, as far as a key of storage holds them. */
function grantSubject(record: AuditRecord): string | undefined {
  const given = mailGranted(record).filter(isPermission)
  const { appId, objectId } = directoryApp(record.body)
  const named = [appId, objectId, ...newGrants(record.body).map(({ client }) => client)]
  const ids = [...new Set(named.flatMap(id => guid(id) ?? []))]
  return given.length === 0 || ids.length === 0
    ? undefined
    : `${ids.slice(0, 3).join(',')} ${given.join(',')}`.slice(0, 250)
}

function isExplained({ app, permission }: MailRight, subject: string): boolean {
  const [ids = '', given = ''] = subject.split(' ')
  const named = ids.split(',')
  return (named.includes(app.objectId) || named.includes(app.appId)) && given.split(',').includes(permission)
}

function observation({ item, since }: Held<MailRight>) {
  const { app, how, permission, reach } = item
  return {
    operation: 'MailPermissionFound',
    at: since,
    object: app.objectId,
    observed: { ...app, how, permission, ...(reach !== undefined && { reach }) },
  } as const
}
