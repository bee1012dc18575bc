import { randomUUID } from 'node:crypto'
import { type Call, jsonReply, type Reply } from '../http.ts'
import type { Identity } from '../identity.ts'
import type { GrantOffice } from './grant-office.ts'
import { badRequest, badToken, notFound, notPermitted } from './replies.ts'

const PATH = /^\/v1\.0\/servicePrincipals(?:\/([^/]+)\/appRoleAssignments)?$/
const PAGE = 2

/** `servicePrincipals` and their `appRoleAssignments`; asked only in a tenant that has such an office. */
export function makeGrants(office: GrantOffice | undefined, identity: Identity, base: () => string) {
  function answer(call: Call): Reply {
    if (!identity.accept(call.headers.authorization, 'graph') || office === undefined) return badToken()
    const principal = PATH.exec(call.path)?.[1]
    if (call.method === 'GET')
      return principal === undefined ? find(call, office) : assignments(call, office, principal)
    if (call.method !== 'POST') return notFound('servicePrincipals')
    if (!office.mayWrite) return notPermitted()
    const body = JSON.parse(call.body)
    return principal === undefined ? create(body.appId, office) : assign(body, office, principal)
  }

  function assignments(call: Call, { assignments: all }: GrantOffice, principalId: string): Reply {
    const own = all.filter(one => one.principalId === principalId)
    const skip = Number(call.query.get('$skiptoken') ?? 0)
    const next = skip + PAGE < own.length && `${base()}${call.path}?$skiptoken=${skip + PAGE}`
    return jsonReply(200, { value: own.slice(skip, skip + PAGE), ...(next && { '@odata.nextLink': next }) })
  }

  return Object.assign(answer, { claims: (path: string) => office !== undefined && PATH.test(path) })
}

function find(call: Call, office: GrantOffice): Reply {
  const [, property, value] = /^(id|appId) eq '([^']+)'$/.exec(call.query.get('$filter') ?? '') ?? []
  if (property === undefined) return badRequest('Unsupported or invalid query filter clause.')
  const found = office.servicePrincipals.filter(one => Reflect.get(one, property) === value)
  if (office.unseen > 0 && office.absent.some(({ appId }) => appId === value) && found.length > 0) {
    office.unseen--
    return jsonReply(200, { value: [] })
  }
  return jsonReply(200, { value: found })
}

function create(appId: string, office: GrantOffice): Reply {
  const known = office.absent.find(one => one.appId === appId)
  if (known === undefined || office.servicePrincipals.includes(known))
    return badRequest('The service principal cannot be created, updated, or restored.')
  office.servicePrincipals.push(known)
  return jsonReply(201, known)
}

function assign(
  body: GrantOffice['assignments'][number],
  { assignments, servicePrincipals }: GrantOffice,
  id: string,
): Reply {
  const resource = servicePrincipals.find(one => one.id === body.resourceId)
  if (body.principalId !== id || !resource?.appRoles.some(role => role.id === body.appRoleId))
    return badRequest('Permission being assigned was not found on application.')
  if (assignments.some(one => one.principalId === id && one.appRoleId === body.appRoleId))
    return badRequest('Permission being assigned already exists on the object.')
  assignments.push(body)
  return jsonReply(201, { id: randomUUID(), ...body })
}
