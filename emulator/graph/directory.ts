import type { Faults, RequestSubject } from '../faults.ts'
import { type Call, jsonReply, type Reply } from '../http.ts'
import type { Role } from '../options.ts'
import { enterGraph, type GraphHost, pageOf } from './enter.ts'
import type { PageLinks } from './links.ts'
import { badRequest, notFound, notPermitted } from './replies.ts'

type Fields = Readonly<Record<string, unknown>>

/** The directory as it is at the moment, in Graph's own words. */
export interface Directory {
  readonly domains: readonly (Fields & { readonly id: string; readonly isVerified: boolean })[]
  readonly users: readonly (Fields & { readonly id: string })[]
  readonly contacts: readonly (Fields & { readonly id: string })[]
  readonly servicePrincipals: readonly (Fields & { readonly id: string; readonly appId: string })[]
  readonly appRoleAssignments: readonly (Fields & {
    readonly principalId: string
    readonly resourceId: string
    readonly appRoleId: string
  })[]
  readonly oauth2PermissionGrants: readonly (Fields & {
    readonly clientId: string
    readonly consentType: 'AllPrincipals' | 'Principal'
    readonly scope: string
  })[]
}

export const EMPTY_DIRECTORY: Directory = {
  domains: [],
  users: [],
  contacts: [],
  servicePrincipals: [],
  appRoleAssignments: [],
  oauth2PermissionGrants: [],
}

/** Collection → the least permission it takes; `Directory.Read.All` opens every one. */
const ROLES: Readonly<Record<string, Role>> = {
  domains: 'Domain.Read.All',
  users: 'User.ReadBasic.All',
  contacts: 'OrgContact.Read.All',
  servicePrincipals: 'Application.Read.All',
  oauth2PermissionGrants: 'Directory.Read.All',
}

const PATH =
  /^\/(?:v1\.0|beta)\/(domains|users|contacts|oauth2PermissionGrants|servicePrincipals(?:\/([0-9a-f-]{36})\/(appRoleAssignedTo|appRoleAssignments))?)$/

export const isDirectoryPath = (path: string) => PATH.test(path)

/** The directory of one tenant. It has a quota of its own, far above what a small tenant needs. */
export function makeDirectoryApi(
  deps: GraphHost & { faults: Faults; links: PageLinks; directory(): Directory; base(): string },
): (call: Call) => Reply {
  return call => {
    const subject = pageOf('directory', call)
    return enterGraph(deps, call, { subject, answer: roles => answer(deps, call, roles, subject) })
  }
}

function answer(
  { settings, faults, links, directory: current, base }: Parameters<typeof makeDirectoryApi>[0],
  call: Call,
  roles: readonly Role[],
  subject: RequestSubject,
): Reply {
  const directory = current()
  const [, path = '', principal, relation] = PATH.exec(call.path) ?? []
  const collection = path.split('/')[0] ?? ''
  const role = ROLES[collection]
  if (role === undefined || !(roles.includes(role) || roles.includes('Directory.Read.All')))
    return notPermitted()
  const start = links.startOf(call)
  if (start === undefined) return badRequest('Skip token is null or expired.')
  if (collection === 'domains' && call.query.has('$top')) return badRequest('$top is not supported.')
  const top = Number(call.query.get('$top') ?? 100)
  if (!Number.isInteger(top) || top < 1 || top > 999) return badRequest('Invalid page size specified.')
  if (principal !== undefined && !directory.servicePrincipals.some(({ id }) => id === principal))
    return notFound(principal)

  const all = entriesOf(directory, collection, principal, relation)
  const wanted = filtered(all, call.query.get('$filter'))
  if (wanted === undefined) return badRequest('Invalid filter clause.')
  const end = start + Math.min(top, settings.graphPageSize)
  const next = faults.strike(subject, 'endless-pages') ? start : end < wanted.length ? end : undefined
  return jsonReply(200, {
    '@odata.context': `${base()}/v1.0/$metadata#${path}`,
    ...(next === undefined ? {} : { '@odata.nextLink': links.linkTo(call, next, subject) }),
    value: wanted.slice(start, end).map(entry => selected(entry, call.query.get('$select'))),
  })
}

function entriesOf(
  directory: Directory,
  collection: string,
  principal: string | undefined,
  relation: string | undefined,
): readonly Fields[] {
  if (relation === undefined) return directory[collection as keyof Directory]
  const end = relation === 'appRoleAssignedTo' ? 'resourceId' : 'principalId'
  return directory.appRoleAssignments.filter(given => given[end] === principal)
}

/** Of filters, `appId in ('…','…')` alone. */
function filtered(all: readonly Fields[], filter: string | undefined): readonly Fields[] | undefined {
  if (filter === undefined) return all
  const wanted = /^appId in \(((?:'[0-9a-f-]{36}',?)+)\)$/.exec(filter)?.[1]
  return wanted === undefined ? undefined : all.filter(({ appId }) => wanted.includes(`'${appId}'`))
}

function selected(entry: Fields, select: string | undefined): Fields {
  if (select === undefined) return entry
  return Object.fromEntries(select.split(',').map(name => [name, entry[name] ?? null]))
}
